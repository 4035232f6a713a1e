/** A tensor of TensorFlow.js, wherever its numbers lie. */
export interface TfTensor {
  /** A copy of its entries. */
  dataSync(): ArrayLike<number>;
  dispose(): void;
}

/** What the engine needs of `@tensorflow/tfjs-core`, whoever has found it, with a backend that computes. */
export interface TensorLibrary {
  tensor(values: Float32Array, shape: readonly number[], type: 'float32'): TfTensor;
  scalar(value: number, type: 'float32'): TfTensor;
  /** Disposes what was made inside, but for what is kept. */
  tidy<Result>(work: () => Result): Result;
  keep(tensor: TfTensor): TfTensor;
  matMul(a: TfTensor, b: TfTensor, transposeA: boolean, transposeB: boolean): TfTensor;
  add(a: TfTensor, b: TfTensor): TfTensor;
  sub(a: TfTensor, b: TfTensor): TfTensor;
  mul(a: TfTensor, b: TfTensor): TfTensor;
  div(a: TfTensor, b: TfTensor): TfTensor;
  greater(a: TfTensor, b: TfTensor): TfTensor;
  where(condition: TfTensor, a: TfTensor, b: TfTensor): TfTensor;
  erf(a: TfTensor): TfTensor;
  exp(a: TfTensor): TfTensor;
  relu(a: TfTensor): TfTensor;
  sigmoid(a: TfTensor): TfTensor;
  softmax(a: TfTensor, axis: number): TfTensor;
  sqrt(a: TfTensor): TfTensor;
  tanh(a: TfTensor): TfTensor;
}
