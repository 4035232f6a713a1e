import { type OptimizerSpec, REMEMBERED } from '../../model/optimizer.ts';
import type { LayerScaling } from '../../parametrization/scaling.ts';
import { FLOAT32_BYTES, type WasmMemory } from './wasm-memory.ts';

/**
 * One weight as it is trained: W = W₀ + Δ. Updates are added up by themselves, so that one far below the last digit of an
 * entry of W is not lost; products read W, rounded to float32, and what is measured W₀ + Δ.
 *
 * Where the change is of few rows it stays in factors, Δ = LᵀR; products read W₀, rounded as it begins, and then the factors.
 */
export interface WasmLayer extends LayerScaling {
  /** W; W₀ where the change stays in factors. */
  readonly w: number;
  readonly start: number;
  /** 0 where it stays in factors. */
  readonly change: number;
  readonly factors: WasmFactors | null;
  /** What the update rule remembers of every entry, or of every row of L; 0 where it does not. */
  readonly mean: number;
  readonly square: number;
  readonly gradient: number;
}

export interface WasmFactors {
  /** L [rank, fanOut] and R [rank, fanIn], as far as they have rows. */
  readonly left: number;
  readonly right: number;
}

/** @param rank rows that a change in factors has room for; 0 for one with all its entries */
export function wasmLayer(
  scaling: LayerScaling,
  {
    optimizer,
    rank,
    memory,
  }: { readonly optimizer: OptimizerSpec; readonly rank: number; readonly memory: WasmMemory },
): WasmLayer {
  const { fanIn, fanOut } = scaling;
  const entries = (): number => memory.take(FLOAT32_BYTES * fanIn * fanOut);
  const rows = (length: number): number => memory.take(FLOAT32_BYTES * rank * length);
  const remembered = (place: number): number =>
    place >= REMEMBERED[optimizer.kind] ? 0 : rank > 0 ? rows(fanOut) : entries();
  const start = entries();
  return {
    ...scaling,
    start,
    ...(rank > 0
      ? { w: start, change: 0, factors: { left: rows(fanOut), right: rows(fanIn) } }
      : { w: entries(), change: entries(), factors: null }),
    mean: remembered(0),
    square: remembered(1),
    gradient: remembered(2),
  };
}
