import type { Engine } from '../engine.ts';
import { GraphSession } from '../graph/graph-session.ts';
import type { ExactKernels } from '../wasm/exact-kernels.ts';
import type { TensorLibrary } from './tensor-library.ts';
import { tfjsGraphs } from './tfjs-graphs.ts';

/** The numeric version of the `tfjs` engine, by the kernels that measure; TensorFlow's own is not part of it. */
const TFJS_NUMERICS = { plain: 1, fused: 2 } as const;

/**
 * Trains in float32 on TensorFlow.js, on whatever its backend computes, and measures in float64.
 *
 * @param exact what measures: products and spectra of float64
 */
export function tfjsEngine(library: TensorLibrary, exact: ExactKernels): Engine {
  const graphs = tfjsGraphs(library);
  return {
    name: 'tfjs',
    numerics: TFJS_NUMERICS[exact.fuses ? 'fused' : 'plain'],
    precision: 'float32',
    linalg: exact.linalg,
    open: (spec) => new GraphSession(spec, graphs, exact),
  };
}
