import { type AdamSpec, biasCorrections, type OptimizerSpec } from '../../model/optimizer.ts';
import type { WasmLayer } from './wasm-layer.ts';
import { FLOAT32_BYTES, type WasmMemory } from './wasm-memory.ts';

/** The update rules of `optimizerOf`, on the kernels: each adds to Δ. */
export interface WasmOptimizer {
  /** Forgets what is remembered of earlier weights. */
  reset(): void;
  begin(): void;
  update(index: number, product: GradientProduct, rate: number): void;
}

/** Eᵀx over the samples of a batch, which m times over is the gradient with respect to w. */
export interface GradientProduct {
  readonly samples: number;
  readonly error: number;
  readonly below: number;
}

/** Takes room for what the rule remembers of each layer. */
export function wasmOptimizer(
  spec: OptimizerSpec,
  layers: readonly WasmLayer[],
  memory: WasmMemory,
): WasmOptimizer {
  const { kernels } = memory;
  const sizeOf = ({ fanIn, fanOut }: WasmLayer): number => fanIn * fanOut;
  const buffers = (): number[] => layers.map((layer) => memory.take(FLOAT32_BYTES * sizeOf(layer)));
  const clear = (places: readonly number[]): void =>
    places.forEach((at, index) => {
      memory.float32(at, sizeOf(layers[index])).fill(0);
    });
  /** C ← α·(Eᵀx) + β·C. */
  const multiply = (
    index: number,
    { samples, error, below }: GradientProduct,
    { to, alpha, beta }: { readonly to: number; readonly alpha: number; readonly beta: number },
  ): void => {
    const { fanIn, fanOut } = layers[index];
    kernels.gemm(fanOut, fanIn, samples, error, 1, fanOut, below, fanIn, 1, to, fanIn, alpha, beta);
  };

  switch (spec.kind) {
    case 'sgd':
      return {
        reset() {},
        begin() {},
        update(index, product, rate) {
          const { change, multiplier } = layers[index];
          multiply(index, product, { to: change, alpha: -(rate * multiplier), beta: 1 });
        },
      };
    case 'momentum': {
      const velocities = buffers();
      return {
        reset: () => clear(velocities),
        begin() {},
        update(index, product, rate) {
          const { change, multiplier } = layers[index];
          const to = velocities[index];
          multiply(index, product, { to, alpha: multiplier, beta: spec.momentum });
          kernels.addMultiple(change, to, -rate, sizeOf(layers[index]));
        },
      };
    }
    case 'adam': {
      const [means, squares, gradients] = [buffers(), buffers(), buffers()];
      let corrections = biasCorrections(spec);
      return {
        reset() {
          clear(means);
          clear(squares);
          corrections = biasCorrections(spec);
        },
        begin: () => corrections.begin(),
        update(index, product, rate) {
          const { change, multiplier } = layers[index];
          const to = gradients[index];
          multiply(index, product, { to, alpha: multiplier, beta: 0 });
          const [mean, square, size] = [means[index], squares[index], sizeOf(layers[index])];
          const [step, correction] = [rate / corrections.ofMean, 1 / corrections.ofSquare];
          const { beta1, beta2, epsilon }: AdamSpec = spec;
          kernels.adam(
            ...([change, to, mean, square, size, step, correction] as const),
            ...([beta1, 1 - beta1, beta2, 1 - beta2, epsilon] as const),
          );
        },
      };
    }
  }
}
