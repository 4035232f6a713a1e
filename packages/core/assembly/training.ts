import { activate, multiplyByDerivative } from './activations';
import { addChanged, addChangedError, keepFactors } from './factors';
import { gemm, gemmOfChange } from './gemm';
import { crossEntropies, crossEntropySignal, squareSignal, squares } from './losses';
import { Layer, layerOf, Network } from './network';
import { multiplyByWeight } from './weight-product';
import { adam, addChange, addMultiple } from './weights';

const CROSS_ENTROPY: i32 = 1;
const MOMENTUM: i32 = 1;
const ADAM: i32 = 2;

/**
 * Updates every weight `steps` times, each error passing through its weight before that moves.
 *
 * @param order rows of each batch one after the other, as numbers of samples; not read where a batch is all of them
 * @param losses of each batch before its update: [steps] in float64, overwritten
 */
export function train(at: usize, steps: i32, order: usize, losses: usize): void {
  const network = changetype<Network>(at);
  const partial = network.rows < network.samples;
  for (let step = 0; step < steps; step++) {
    if (partial) gather(network, order + ((<usize>(step * network.rows)) << 2));
    if (partial || network.evaluated === 0) forward(network, network.batchInputs, network.rows);
    const loss = network.batchFactor * lossOf(network, network.batchTargets, network.rows);
    store<f64>(losses + ((<usize>step) << 3), loss);
    fillErrors(network);
    descend(network);
    network.evaluated = 0;
  }
}

/** The loss of all samples. */
export function evaluate(at: usize): f64 {
  const network = changetype<Network>(at);
  const rows = network.rows;
  const samples = network.samples;
  if (rows === samples) {
    if (network.evaluated === 0) forward(network, network.inputs, samples);
    network.evaluated = 1;
    return network.factor * lossOf(network, network.targets, samples);
  }
  let total: f64 = 0;
  for (let row = 0; row < samples; row += rows) {
    const count = min(rows, samples - row);
    forward(network, network.inputs + ((<usize>(row * network.inputDim)) << 2), count);
    total += lossOf(network, network.targets + ((<usize>(row * network.outputDim)) << 3), count);
  }
  return network.factor * total;
}

/** Copies the samples of one batch to where a batch stands. */
function gather(network: Network, order: usize): void {
  const inputBytes = (<usize>network.inputDim) << 2;
  const targetBytes = (<usize>network.outputDim) << 3;
  for (let row: usize = 0; row < <usize>network.rows; row++) {
    const sample = <usize>load<i32>(order + (row << 2));
    memory.copy(network.batchInputs + row * inputBytes, network.inputs + sample * inputBytes, inputBytes);
    memory.copy(
      network.batchTargets + row * targetBytes,
      network.targets + sample * targetBytes,
      targetBytes,
    );
  }
}

function forward(network: Network, inputs: usize, rows: i32): void {
  let below = inputs;
  for (let index = 0; index < network.layerCount; index++) {
    const layer = layerOf(network, index);
    const fanIn = layer.fanIn;
    const fanOut = layer.fanOut;
    multiplyByWeight(rows, fanOut, fanIn, below, layer.w, layer.h, <f32>layer.multiplier);
    if (layer.rank > 0) addChanged(network, layer, below, rows);
    if (layer.x === 0) return;
    activate(network.activation, layer.h, layer.x, rows * fanOut);
    below = layer.x;
  }
}

/** Without its factor. */
function lossOf(network: Network, targets: usize, rows: i32): f64 {
  const f = layerOf(network, network.layerCount - 1).h;
  if (network.loss === CROSS_ENTROPY) return crossEntropies(f, targets, rows, network.outputDim);
  return 0.5 * squares(f, targets, rows * network.outputDim);
}

function fillErrors(network: Network): void {
  const readout = layerOf(network, network.layerCount - 1);
  const rows = network.rows;
  const cols = network.outputDim;
  const factor = network.batchFactor;
  if (network.loss === CROSS_ENTROPY)
    crossEntropySignal(readout.error, readout.h, network.batchTargets, rows, cols, factor);
  else squareSignal(readout.error, readout.h, network.batchTargets, rows * cols, factor);
}

function descend(network: Network): void {
  network.power1 *= network.beta1;
  network.power2 *= network.beta2;
  const rows = network.rows;
  for (let index = network.layerCount - 1; index >= 0; index--) {
    const layer = layerOf(network, index);
    let below = network.batchInputs;
    if (index > 0) {
      const lower = layerOf(network, index - 1);
      const fanIn = layer.fanIn;
      const fanOut = layer.fanOut;
      gemm(
        rows,
        fanIn,
        fanOut,
        layer.error,
        fanOut,
        1,
        layer.w,
        fanIn,
        1,
        lower.error,
        fanIn,
        <f32>layer.multiplier,
        0,
      );
      if (layer.rank > 0) addChangedError(network, layer, lower.error);
      multiplyByDerivative(network.activation, lower.error, lower.h, lower.x, rows * fanIn);
      below = lower.x;
    }
    if (layer.left !== 0) {
      keepFactors(network, layer, below);
      continue;
    }
    update(network, layer, below);
  }
}

/** Adds to Δ, and so to W, what the rule makes of the gradient m·Eᵀx. */
function update(network: Network, layer: Layer, below: usize): void {
  if (network.optimizer !== MOMENTUM && network.optimizer !== ADAM) {
    const fanIn = layer.fanIn;
    const fanOut = layer.fanOut;
    const rate = <f32>-(layer.rate * layer.multiplier);
    const change = layer.change;
    gemmOfChange(
      fanOut,
      fanIn,
      network.rows,
      layer.error,
      1,
      fanOut,
      below,
      fanIn,
      1,
      change,
      fanIn,
      rate,
      layer.start,
      layer.w,
    );
    return;
  }
  const size = layer.fanIn * layer.fanOut;
  const multiplier = layer.multiplier;
  const rate = layer.rate;
  if (network.optimizer === MOMENTUM) {
    multiplyGradient(network, layer, below, layer.mean, <f32>multiplier, <f32>network.beta1);
    addMultiple(layer.change, layer.mean, <f32>-rate, size);
  } else {
    multiplyGradient(network, layer, below, layer.gradient, <f32>multiplier, 0);
    const step = <f32>(rate / (1 - network.power1));
    const correction = <f32>(1 / (1 - network.power2));
    const beta1 = network.beta1;
    const beta2 = network.beta2;
    adam(
      layer.change,
      layer.gradient,
      layer.mean,
      layer.square,
      size,
      step,
      correction,
      <f32>beta1,
      <f32>(1 - beta1),
      <f32>beta2,
      <f32>(1 - beta2),
      <f32>network.epsilon,
    );
  }
  addChange(layer.w, layer.start, layer.change, size);
}

/** C ← α·Eᵀx + β·C over the rows of a batch. */
function multiplyGradient(
  network: Network,
  layer: Layer,
  below: usize,
  to: usize,
  alpha: f32,
  beta: f32,
): void {
  const fanIn = layer.fanIn;
  const fanOut = layer.fanOut;
  gemm(fanOut, fanIn, network.rows, layer.error, 1, fanOut, below, fanIn, 1, to, fanIn, alpha, beta);
}
