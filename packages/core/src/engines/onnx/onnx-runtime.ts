import { Graph } from '../graph/graph.ts';
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

/**
 * Has a runtime compute one sum: one that loads may find no device.
 *
 * @throws what the runtime throws
 */
export function tryOnnx(runtime: OnnxRuntime): void {
  const graph = new Graph();
  const one = graph.input('one', [1]);
  graph.output('two', graph.add('Add', [one, one]), [1]);
  const loaded = runtime.load(serializedModel(graph));
  const two = runtime.tensor(new Float32Array(1), [1]);
  loaded.run({ one: runtime.tensor(Float32Array.of(1), [1]) }, { two });
  loaded.dispose();
  if (two.data[0] !== 2) throw new Error(`1 + 1 is ${two.data[0]} there`);
}
