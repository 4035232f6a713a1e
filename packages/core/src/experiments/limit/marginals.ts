import { slopeOf } from '../../statistics/log-log-slope.ts';
import { bandDistance } from '../../statistics/quantile-bands.ts';
import { logMeans } from '../../statistics/width-means.ts';
import { byWidth } from './by-width.ts';
import type { EndedRun } from './ended-run.ts';
import type { Marginals } from './report.ts';
import type { LimitRequest } from './request.ts';

/** The law of units of the last hidden layer after the last step beside that of the limit's neuron. */
export function marginalsOf({ limit, widths }: LimitRequest, runs: readonly EndedRun[]): Marginals | null {
  const law = limit?.law ?? null;
  if (law === null) return null;
  const { start, trained } = law;
  const own = runs.flatMap(({ width, result: { marginals } }) =>
    marginals === undefined ? [] : [{ width, marginals }],
  );
  const means = logMeans(
    own.map(({ width, marginals }) => ({ width, value: relativeDistance(marginals, trained) })),
  );
  return {
    slope: slopeOf(means),
    byWidth: 'reason' in means ? [] : byWidth(means),
    samples: trained.map((bands, sample) => ({
      sample,
      start: start[sample],
      limit: bands,
      byWidth: widths.flatMap((width) => {
        const seeds = own.filter((run) => run.width === width).map((run) => run.marginals[sample]);
        if (seeds.length === 0) return [];
        const mean = bands.map((_, at) => seeds.reduce((sum, seed) => sum + seed[at], 0) / seeds.length);
        return [{ width, bands: mean }];
      }),
    })),
  };
}

/** Mean over samples of the distance of laws, by the root mean square of the limit's around its mean; without those of which the limit is one number. */
function relativeDistance(
  measured: readonly (readonly number[])[],
  limit: readonly (readonly number[])[],
): number {
  const each = limit.flatMap((bands, sample) => {
    const spread = spreadOf(bands);
    return spread > 0 ? [bandDistance(measured[sample], bands) / spread] : [];
  });
  return each.reduce((sum, value) => sum + value, 0) / each.length;
}

function spreadOf(bands: readonly number[]): number {
  const mean = bands.reduce((sum, value) => sum + value, 0) / bands.length;
  return Math.sqrt(bands.reduce((sum, value) => sum + (value - mean) ** 2, 0) / bands.length);
}
