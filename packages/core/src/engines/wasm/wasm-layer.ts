import { type OptimizerSpec, REMEMBERED } from '../../model/optimizer.ts';
import type { LayerScaling } from '../../parametrization/scaling.ts';
import { FLOAT32_BYTES, type WasmMemory } from './wasm-memory.ts';

/**
 * One weight as it is trained: W = W₀ + Δ. Updates are added up by themselves, so that one far below the last digit of an
 * entry of W is not lost; products read W, rounded to float32, and what is measured W₀ + Δ.
 */
export interface WasmLayer extends LayerScaling {
  readonly w: number;
  readonly start: number;
  readonly change: number;
  /** What the update rule remembers of every entry; 0 where it does not. */
  readonly mean: number;
  readonly square: number;
  readonly gradient: number;
}

export function wasmLayer(scaling: LayerScaling, { kind }: OptimizerSpec, memory: WasmMemory): WasmLayer {
  const entries = (): number => memory.take(FLOAT32_BYTES * scaling.fanIn * scaling.fanOut);
  const remembered = (place: number): number => (place < REMEMBERED[kind] ? entries() : 0);
  return {
    ...scaling,
    w: entries(),
    start: entries(),
    change: entries(),
    mean: remembered(0),
    square: remembered(1),
    gradient: remembered(2),
  };
}
