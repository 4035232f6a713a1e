import type { EngineSession } from '../engines/engine.ts';
import { BANDED_SAMPLES, quantileBands } from '../statistics/quantile-bands.ts';

/** How h of the last hidden layer is spread over its units now, for the first few samples: [sample, band]. */
export function unitMarginals(session: EngineSession, depth: number): readonly (readonly number[])[] {
  const { rows, cols, data } = session.features(depth, 'preactivation');
  return Array.from({ length: Math.min(BANDED_SAMPLES, rows) }, (_, sample) =>
    quantileBands(data.subarray(sample * cols, (sample + 1) * cols)),
  );
}
