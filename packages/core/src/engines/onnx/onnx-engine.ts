import type { Engine } from '../engine.ts';
import type { EngineName } from '../engine-names.ts';
import { GraphSession } from '../graph/graph-session.ts';
import type { ExactKernels } from '../wasm/exact-kernels.ts';
import { type OnnxRuntime, onnxGraphs } from './onnx-runtime.ts';

export type OnnxEngineName = Extract<EngineName, `onnx${string}`>;

/** The numeric version of the `onnx` engine, by the kernels that measure; the runtime's own is not part of it. */
const ONNX_NUMERICS = { plain: 1, fused: 2 } as const;

/**
 * Trains in float32 on an ONNX runtime, an update being one graph, and measures in float64.
 *
 * @param exact what measures: products and spectra of float64
 * @param name of where the runtime computes: other devices round otherwise
 */
export function onnxEngine(runtime: OnnxRuntime, exact: ExactKernels, name: OnnxEngineName = 'onnx'): Engine {
  const graphs = onnxGraphs(runtime);
  return {
    name,
    numerics: ONNX_NUMERICS[exact.fuses ? 'fused' : 'plain'],
    precision: 'float32',
    linalg: exact.linalg,
    open: (spec) => new GraphSession(spec, graphs, exact),
  };
}
