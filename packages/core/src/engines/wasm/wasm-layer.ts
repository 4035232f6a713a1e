import type { LayerScaling } from '../../parametrization/scaling.ts';

/**
 * One weight as it is trained: W = W₀ + Δ. Updates are added up by themselves, so that one far below the last digit of an
 * entry of W is not lost; products read W, rounded to float32, and what is measured W₀ + Δ.
 */
export interface WasmLayer extends LayerScaling {
  readonly w: number;
  readonly start: number;
  readonly change: number;
}
