import { gemm } from './gemm';
import { Layer, Network } from './network';
import { addMultiple, scaled } from './weights';

/** A change of few rows, Δ = LᵀR: each update by gradients adds the errors of a batch to L and the features below to R. */

/** h ← h + m·(x Rᵀ)L. */
export function addChanged(network: Network, layer: Layer, x: usize, rows: i32): void {
  const fanIn = layer.fanIn;
  const fanOut = layer.fanOut;
  const rank = layer.rank;
  const inner = network.inner;
  gemm(rows, rank, fanIn, x, fanIn, 1, layer.right, 1, fanIn, inner, rank, 1, 0);
  gemm(rows, fanOut, rank, inner, rank, 1, layer.left, fanOut, 1, layer.h, fanOut, <f32>layer.multiplier, 1);
}

/** e ← e + m·(E Lᵀ)R, E being the error of the layer and e what passes through its weight. */
export function addChangedError(network: Network, layer: Layer, below: usize): void {
  const fanIn = layer.fanIn;
  const fanOut = layer.fanOut;
  const rank = layer.rank;
  const inner = network.inner;
  const rows = network.rows;
  gemm(rows, rank, fanOut, layer.error, fanOut, 1, layer.left, 1, fanOut, inner, rank, 1, 0);
  gemm(rows, fanIn, rank, inner, rank, 1, layer.right, fanIn, 1, below, fanIn, <f32>layer.multiplier, 1);
}

/**
 * Adds an update to the factors; with momentum, the rows of what is remembered, M, stand beside those of L, and the features
 * belong to both: M ← βM, M_new = mE, L ← L − ηM.
 */
export function keepFactors(network: Network, layer: Layer, x: usize): void {
  const fanOut = layer.fanOut;
  const rank = layer.rank;
  const count = network.rows * fanOut;
  const left = layer.left + ((<usize>(rank * fanOut)) << 2);
  const inputs = (<usize>layer.fanIn) << 2;
  memory.copy(layer.right + <usize>rank * inputs, x, <usize>network.rows * inputs);
  if (layer.mean === 0) {
    scaled(left, layer.error, <f32>-(layer.rate * layer.multiplier), count);
  } else {
    scaled(layer.mean, layer.mean, <f32>network.beta1, rank * fanOut);
    scaled(layer.mean + ((<usize>(rank * fanOut)) << 2), layer.error, <f32>layer.multiplier, count);
    memory.fill(left, 0, (<usize>count) << 2);
    addMultiple(layer.left, layer.mean, <f32>-layer.rate, rank * fanOut + count);
  }
  layer.rank = rank + network.rows;
}
