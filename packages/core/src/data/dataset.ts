/** Samples and targets as a run reads them: preprocessing done, one sample a row. */
export interface Dataset {
  /** ξ, shape [samples, inputDim], row-major. */
  readonly inputs: Float64Array;
  /** y, shape [samples, outputDim], row-major. */
  readonly targets: Float64Array;
  readonly samples: number;
  readonly inputDim: number;
  readonly outputDim: number;
}

/** What a RunSpec says of its data: where it came from, in words, and the hash of what was read (SHA-256, hex). */
export interface DataIdentity {
  /** `digits`, `mixture`, `csv`, … */
  readonly kind: string;
  readonly hash: string;
}
