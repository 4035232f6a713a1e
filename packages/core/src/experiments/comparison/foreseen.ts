import { dependentPairs, pairText } from '../judging/dependent-pairs.ts';
import type { ComparisonRequest } from './request.ts';
import { RANK_DEFICIENT, whyNotMeasurable } from './richness.ts';

/**
 * What is known of richness before anything is trained, a clause each: probe samples that are dependent by the data alone,
 * and why λ_min will not be judged. One width has no slope to judge.
 */
export function foreseenOfRichness(
  request: Pick<ComparisonRequest, 'dataset' | 'probe' | 'activation' | 'seeds' | 'widths'>,
): readonly string[] {
  const pairs = dependentPairs(request);
  const obstacle = pairs.length > 0 ? RANK_DEFICIENT : whyNotMeasurable(request);
  const unmeasured = obstacle !== null && request.widths.length > 1;
  return [...pairs.map(pairText), ...(unmeasured ? [`richness will not be measured: ${obstacle}`] : [])];
}
