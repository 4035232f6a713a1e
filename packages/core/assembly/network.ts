/** What `wasm-network.ts` writes into memory: one layer after the other, in this order of fields. */

/** Of one weight W = W₀ + Δ (W₀ alone where Δ stays in factors), whose multiplier stays apart, and of what it makes: h of a batch, x = φ(h), ∂loss/∂h. */
@unmanaged
export class Layer {
  w: usize;
  start: usize;
  change: usize;
  h: usize;
  /** 0 of the readout. */
  x: usize;
  error: usize;
  /** What the rule remembers of the weight; 0 where it does not. */
  mean: usize;
  square: usize;
  gradient: usize;
  fanIn: i32;
  fanOut: i32;
  multiplier: f64;
  rate: f64;
  /** Of a change that stays in factors, Δ = LᵀR: L [rank, fanOut], 0 where all its entries are kept, and R [rank, fanIn]. */
  left: usize;
  right: usize;
  rank: i32;
}

@unmanaged
export class Network {
  layers: usize;
  layerCount: i32;
  /** In the order of `ACTIVATION_NAMES`. */
  activation: i32;
  /** 0 of squares, 1 of cross-entropy. */
  loss: i32;
  /** 0 of gradient descent, 1 with momentum, 2 of Adam. */
  optimizer: i32;
  samples: i32;
  /** Rows of a batch. */
  rows: i32;
  inputDim: i32;
  outputDim: i32;
  /** ξ in float32 and y in float64 of all samples. */
  inputs: usize;
  targets: usize;
  /** The same of a batch; those of all samples where a batch is all of them. */
  batchInputs: usize;
  batchTargets: usize;
  /** 1 where h and x are of all samples at these weights. */
  evaluated: i32;
  /** ∂loss/∂f is so many times f − y, for all samples and for a batch. */
  factor: f64;
  batchFactor: f64;
  /** Of the update rule; a remembered factor is β₁. */
  beta1: f64;
  beta2: f64;
  epsilon: f64;
  /** β₁ᵗ and β₂ᵗ. */
  power1: f64;
  power2: f64;
  /** Room for products with factors: [rows, rank]. */
  inner: usize;
}

/** Bytes of a {@link Layer}. */
const LAYER_BYTES: usize = 80;

export function layerOf(network: Network, index: i32): Layer {
  return changetype<Layer>(network.layers + <usize>index * LAYER_BYTES);
}
