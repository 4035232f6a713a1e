import { quoted } from '../../words/shown-text.ts';
import { planRuns } from '../plan-runs.ts';
import type { PlannedRun } from '../planned-run.ts';
import type { ComparisonRequest } from './request.ts';

/**
 * The runs of a comparison.
 *
 * @throws RangeError with fewer than two widths, without a seed or a parametrization, with two parametrizations of
 *   one name, or with one for another optimizer than the one that trains
 */
export function planComparison(request: ComparisonRequest): readonly PlannedRun[] {
  requireComparable(request);
  return planRuns(request, request.parametrizations);
}

function requireComparable({ parametrizations, widths, seeds }: ComparisonRequest): void {
  if (new Set(widths).size < 2) {
    throw new RangeError(`widths: expected at least two different ones, got ${widths.join(', ') || 'none'}`);
  }
  if (!(seeds >= 1)) throw new RangeError(`seeds: expected at least 1, got ${seeds}`);
  if (parametrizations.length === 0)
    throw new RangeError('parametrizations: expected at least one, got none');
  const names = parametrizations.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    throw new RangeError(`parametrizations: expected each name once, got ${quoted(twice)} twice`);
  }
}
