import type { GraphRuntime, LoadedGraph } from '../graph/graph-runtime.ts';
import { serializedModel } from './onnx-model.ts';

/** A tensor of float32 in the memory of the caller: what a run writes stands in `data`. */
export interface OnnxTensor {
  readonly data: Float32Array;
}

/** What the engine needs of an ONNX runtime, whoever has found one. */
export interface OnnxRuntime {
  /** @param model as ONNX serializes it */
  load(model: Uint8Array): LoadedGraph;
  tensor(data: Float32Array, shape: readonly number[]): OnnxTensor;
}

/** Graphs on an ONNX runtime. */
export function onnxGraphs(runtime: OnnxRuntime): GraphRuntime {
  return {
    load: (graph) => runtime.load(serializedModel(graph)),
    tensor: (data, shape) => runtime.tensor(data, shape),
    release() {},
  };
}
