import { knownExponent } from '../../growth/growth.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Multiple, Tensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import { exponentsOf } from '../../outline/exponents.ts';
import { isBiased } from '../../outline/forward/kept-size.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Span } from '../../syntax/span.ts';
import { excessOf } from '../3-rate/rate-effects.ts';

/** A factor on a readout that falls with the width, but too slowly. */
export interface ReadoutFactor {
  readonly weight: Weight;
  readonly factor: Multiple;
  readonly span: Span;
  /** The power of 1/n that it lacks. */
  readonly lack: number;
}

/** The factor of a readout that starts constant in width, where it is all that is wrong with it; null where that is not proved. */
export function readoutFactorOf(weight: Weight, model: Model): ReadoutFactor | null {
  const { role, isTied, mayBe, inits, applications } = weight;
  const { a, b, c } = exponentsOf(weight);
  if (role !== 'output' || isTied || mayBe.length > 0 || a === null) return null;
  if (b !== 0 || inits.some(({ write }) => write.kind !== 'random')) return null;
  const lack = 1 - a;
  if (
    a < ROUNDING ||
    lack < ROUNDING ||
    (c !== null && Math.abs(excessOf(weight, model) - lack) > ROUNDING)
  ) {
    return null;
  }
  const judged = model.judgement?.weights.get(weight)?.init ?? null;
  if (judged !== null && judged > -ROUNDING) return null;
  const factors = applications.map((application) => fallingOn(application, model));
  const [factor = null] = factors;
  if (factor === null || factor.span === null || factors.some((one) => one !== factor)) return null;
  return { weight, factor, span: factor.span, lack };
}

/** Whether something is still what a product gives: in another order, multiplied, or with its bias. */
function goesOn(tensor: Tensor): boolean {
  if (tensor.op === 'add') return isBiased(tensor.of);
  return tensor.op === 'scale' || tensor.op === 'view';
}

/** The one factor that falls with the width on what a product is given or gives. */
function fallingOn(application: Weight['applications'][number], model: Model): Multiple | null {
  const [only = null, ...others] = fallingFactors(application, model);
  return others.length === 0 ? only : null;
}

/** The factors that fall with the width on what a product is given or gives, from the product outwards. */
export function fallingFactors(
  { tensor, side }: Weight['applications'][number],
  { pass, widths }: Model,
): readonly Multiple[] {
  const isFalling = (one: Multiple) => (knownExponent(widths.growthOf(one.factor)) ?? 0) < -ROUNDING;
  const found: Multiple[] = [];
  for (let one: Tensor | undefined = side?.other; one?.op === 'scale' || one?.op === 'view'; one = one.of) {
    if (one.op === 'scale' && isFalling(one)) found.push(one);
  }
  const behind = new Set<Tensor>([tensor]);
  for (const one of pass.tensors) {
    if (!goesOn(one) || !operandsOf(one).some((before) => behind.has(before))) continue;
    behind.add(one);
    if (one.op === 'scale' && isFalling(one)) found.push(one);
  }
  return found;
}
