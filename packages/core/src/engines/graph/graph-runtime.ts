import type { Graph } from './graph.ts';

/** A tensor of float32. */
export interface GraphTensor {
  /** Its entries, to be read and written between runs; what is written has to be written before the next. */
  readonly data: Float32Array;
}

/** A graph that is ready to be run. */
export interface LoadedGraph {
  /** Computes every output into the tensor given for it. */
  run(inputs: Readonly<Record<string, GraphTensor>>, outputs: Readonly<Record<string, GraphTensor>>): void;
  dispose(): void;
}

/** What runs graphs. */
export interface GraphRuntime {
  load(graph: Graph): LoadedGraph;
  /** @param data its entries; it may be kept */
  tensor(data: Float32Array, shape: readonly number[]): GraphTensor;
  /** Lets go of what a tensor keeps outside of the memory that is collected by itself. */
  release(tensor: GraphTensor): void;
}
