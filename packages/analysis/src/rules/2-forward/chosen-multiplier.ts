import { knownExponent } from '../../growth/growth.ts';
import { alternativesOf, exactValue, type Quantity } from '../../growth/quantity.ts';
import { toNumber } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Multiple, Tensor } from '../../network/graph.ts';
import { decidingOf, type Guard } from '../../network/guard.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { Application } from '../../outline/factors.ts';
import { isBiased, keepsSize } from '../../outline/forward/kept-size.ts';
import type { Model } from '../../outline/model.ts';
import type { Widths } from '../../outline/widths.ts';
import { asksForSettings } from '../asked-settings.ts';

/** A factor that a setting turns on, and the power of the width that it has there. */
interface ChosenMultiple {
  readonly factor: Multiple;
  readonly growth: number;
}

/**
 * A factor on what a weight makes that grows with the width where some condition wants it, and is not there, or 1, where it
 * does not: who turns it on has it. Null where another way has another factor or the condition decides more than that, so
 * that it may be one between parametrizations, and where anything in front or behind may make up for it.
 */
export function chosenMultipleOf(
  { tensor: product, side, factor: ofAllWays }: Application,
  { pass, widths }: Pick<Model, 'pass' | 'widths'>,
): ChosenMultiple | null {
  const isLarge = toNumber(ofAllWays.low) >= -ROUNDING && knownExponent(ofAllWays) === null;
  if (side === null || !isLarge || !isBare(side.of) || !isBare(side.other)) return null;
  const made = multiplesOf(product, pass.tensors);
  const isAmongThem = (one: Tensor) => made.has(one);
  const choices = [...made].filter((one) => one.op === 'choice');
  if (!choices.every(({ of }) => of.every(isAmongThem))) return null;
  const scales = [...made].filter(
    (one) => one.op === 'scale' && knownExponent(widths.growthOf(one.factor)) !== 0,
  );
  const [factor, ...others] = scales;
  if (factor?.op !== 'scale' || others.length > 0) return null;
  const deciding = [...choices.map(({ guard }) => guard), decidingOf(factor.factor)].filter(
    (guard) => guard !== undefined,
  );
  const isBySettings = deciding.every((guard) => guard !== null && asksForSettings(guard, widths));
  if (deciding.length === 0 || !isBySettings || decidesMore(deciding, pass.tensors, isAmongThem)) return null;
  const growth = growthWhereChosen(factor.factor, widths);
  return growth === null ? null : { factor, growth };
}

/** A parameter itself, or what comes from outside. */
function isBare(tensor: Tensor): boolean {
  return tensor.op === 'view' ? isBare(tensor.of) : tensor.op === 'weight' || tensor.op === 'input';
}

/** What is made of a product by factors, biases and conditions. */
function multiplesOf(product: Tensor, tensors: readonly Tensor[]): ReadonlySet<Tensor> {
  const made = new Set([product]);
  for (const tensor of tensors) {
    if (!operandsOf(tensor).some((one) => made.has(one))) continue;
    if (tensor.op === 'add' && !isBiased(tensor.of)) continue;
    if (tensor.op === 'choice' || keepsSize(tensor)) made.add(tensor);
  }
  return made;
}

/** Whether a condition decides anything besides, as one between parametrizations does. */
function decidesMore(
  deciding: readonly (Guard | null)[],
  tensors: readonly Tensor[],
  isAmongThem: (one: Tensor) => boolean,
): boolean {
  const decidedOf = (one: Tensor) =>
    one.op === 'choice' ? one.guard : one.op === 'scale' ? (decidingOf(one.factor) ?? null) : null;
  return tensors.some((one) => {
    const guard = decidedOf(one);
    return guard !== null && deciding.includes(guard) && !isAmongThem(one);
  });
}

/** The exponent of a factor, or of the one that is not 1 of what it may be; null where that is not known or none that grows. */
function growthWhereChosen(factor: Quantity, widths: Widths): number | null {
  const [first, ...more] = alternativesOf(factor).filter((one) => !isOne(one));
  const growth = first === undefined || more.length > 0 ? null : knownExponent(widths.growthOf(first));
  return growth !== null && growth > ROUNDING ? growth : null;
}

function isOne(quantity: Quantity): boolean {
  const exact = exactValue(quantity);
  return exact !== undefined && toNumber(exact) === 1;
}
