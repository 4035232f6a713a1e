import { knownExponent } from '../../growth/growth.ts';
import { toNumber } from '../../growth/rational.ts';
import { ROUNDING } from '../../growth/rounding.ts';
import type { Tensor } from '../../network/graph.ts';
import { isLayerOutput } from '../../outline/forward/matrix-product.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { isStartedByMup } from '../4-mup/width-in-mup-init.ts';
import type { Cause } from '../cause.ts';
import { startLimitOf } from '../start-limit.ts';

/** Every way that the weight may have been initialized makes what it makes grow. */
export function isSurelyTooLarge(weight: Weight, model: Model): boolean {
  const limit = limitOf(weight, model);
  return (
    weight.role === 'hidden' &&
    !isStartedByMup(weight) &&
    limit !== null &&
    weight.inits.every(({ write, std }) => write.span !== null && toNumber(std.low) > ROUNDING - limit)
  );
}

export function limitOf(weight: Weight, model: Model): number | null {
  const known = model.judgement?.limits.get(weight) ?? null;
  if (known !== null) return known;
  const limit = startLimitOf(weight, model);
  const isSized = weight.applications.every(({ side }) => side !== null && comesFromLayer(side.other));
  return limit === null || (limit.ofUnknown && !isSized) ? null : limit.b;
}

/** Whether what a weight is applied to is what a layer makes, with an activation: then that layer's size is its own affair. */
function comesFromLayer(input: Tensor): boolean {
  let tensor = input;
  while (tensor.op === 'act' || tensor.op === 'view') tensor = tensor.of;
  return isLayerOutput(tensor);
}

/** The power of n by which a start is too large; null where that is not known. */
export function tooLargeBy({ weight, std }: Cause, model: Model): number | null {
  const growth = knownExponent(std);
  const limit = limitOf(weight, model);
  return growth === null || limit === null ? null : growth + limit;
}
