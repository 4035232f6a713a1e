/** A tensor of float32 in the memory of the caller: what a run writes stands in `data`. */
export interface OnnxTensor {
  readonly data: Float32Array;
}

/** A model that has been loaded. */
export interface OnnxModel {
  /** Computes every output into the tensor given for it. */
  run(inputs: Readonly<Record<string, OnnxTensor>>, outputs: Readonly<Record<string, OnnxTensor>>): void;
  dispose(): void;
}

/** What the engine needs of an ONNX runtime, whoever has found one. */
export interface OnnxRuntime {
  /** @param model as ONNX serializes it */
  load(model: Uint8Array): OnnxModel;
  tensor(data: Float32Array, shape: readonly number[]): OnnxTensor;
}
