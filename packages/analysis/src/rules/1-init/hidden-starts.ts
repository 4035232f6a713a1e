import { codeSpan } from '@widthwise/core';
import { knownExponent } from '../../growth/growth.ts';
import { toNumber } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Tensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import { isEntrywise } from '../../outline/forward/contraction-side.ts';
import { parameterIn } from '../../outline/forward/forward-pass.ts';
import { isLayerOutput } from '../../outline/forward/matrix-product.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Widths } from '../../outline/widths.ts';
import { isStartedByMup } from '../4-mup/width-in-mup-init.ts';
import { asksForSettings } from '../asked-settings.ts';
import type { Cause } from '../cause.ts';
import { startLimitOf } from '../start-limit.ts';

/**
 * Every way that the code may have initialized the weight makes what it makes grow. Where a setting may leave it at its
 * layer's default, whoever turns on what the code does has what that says.
 */
export function isSurelyTooLarge(weight: Weight, model: Model): boolean {
  const limit = limitOf(weight, model);
  const { inits } = weight;
  const written = inits.filter(({ write }) => write.span !== null);
  return (
    weight.role === 'hidden' &&
    !isStartedByMup(weight) &&
    limit !== null &&
    written.length > 0 &&
    written.every(({ std }) => toNumber(std.low) > ROUNDING - limit) &&
    (written.length === inits.length || inits.every((one) => isBySetting(one, model.widths)))
  );
}

/** Whether settings decide that it is this start, and not what the model is given. */
function isBySetting({ write: { when = [] } }: Weight['inits'][number], widths: Widths): boolean {
  return when.length > 0 && when.every(({ guard }) => !guard.ofCall && asksForSettings(guard, widths));
}

/** What settings have to be so that a start is the one that the code gives and not the layer's default. */
export function settingsAssumed(causes: readonly Cause[]): readonly string[] {
  const conditions = causes.flatMap(({ weight, write }) =>
    weight.inits.some((other) => other.write.span === null) ? (write.when ?? []) : [],
  );
  return [
    ...new Set(
      conditions.map(
        ({ guard, holds }) => `Assumes that ${codeSpan(guard.text)} ${holds ? 'holds' : 'does not hold'}.`,
      ),
    ),
  ];
}

/** The b from which on a hidden weight starts right; null where that is not proved. */
export function limitOf(weight: Weight, model: Model): number | null {
  const known = model.judgement?.limits.get(weight) ?? null;
  if (known !== null) return known;
  const limit = startLimitOf(weight, model);
  const isSized = weight.applications.every(
    ({ side }) => side !== null && hasSizeOfItsOwn(side.other, model),
  );
  return limit === null || (limit.ofUnknown && !isSized) ? null : limit.b;
}

/**
 * Whether what a weight is applied to is what a layer makes, with an activation: then that layer's size is its own affair.
 * What a normalization makes is Θ(1) whatever it is made of.
 */
function hasSizeOfItsOwn(input: Tensor, model: Model, depth = 0): boolean {
  let tensor = input;
  for (;;) {
    if (tensor.op === 'norm') return true;
    const before = tensor.op === 'act' || tensor.op === 'view' ? tensor.of : gained(tensor, model);
    if (before === undefined) return isLayerOutput(tensor) || isGated(tensor, model, depth);
    tensor = before;
  }
}

/** Whether what layers make is multiplied entry by entry, as by the gates of an LSTM, and summed behind that. */
function isGated(tensor: Tensor, model: Model, depth: number): boolean {
  if (depth > MOST_GATES) return false;
  const isProduct = tensor.op === 'contract' && isEntrywise(tensor);
  if (!isProduct && (tensor.op !== 'add' || depth === 0)) return false;
  return operandsOf(tensor).every(
    (one) => parameterIn(one) === null && hasSizeOfItsOwn(one, model, depth + 1),
  );
}

/** More products in one another than cells of recurrent networks have in two steps. */
const MOST_GATES = 8;

/**
 * What has a gain or a bias of a normalization, each of which starts alike at every width. Of what has an unknown shape
 * that is not read as a product.
 */
function gained(tensor: Tensor, { weights }: Model): Tensor | undefined {
  const [one, ...others] = operandsOf(tensor).filter((term) => parameterIn(term) === null);
  const gains = operandsOf(tensor).flatMap((term) => parameterIn(term) ?? []);
  if (one === undefined || others.length > 0 || gains.length === 0) return undefined;
  const isOfNorm = one.op === 'norm' && gains.every(({ layer }) => layer.family === 'norm');
  const isGain = tensor.op === 'unread' ? isOfNorm : tensor.op === 'contract' && isEntrywise(tensor);
  if (!isGain) return tensor.op === 'add' ? one : undefined;
  const isConstant = gains.every((gain) =>
    weights.some(
      ({ uses, inits }) => uses.includes(gain) && inits.every(({ std }) => knownExponent(std) === 0),
    ),
  );
  return isConstant ? one : undefined;
}

/** The power of n by which a start is too large; null where that is not known. */
export function tooLargeBy({ weight, std }: Cause, model: Model): number | null {
  const growth = knownExponent(std);
  const limit = limitOf(weight, model);
  return growth === null || limit === null ? null : growth + limit;
}
