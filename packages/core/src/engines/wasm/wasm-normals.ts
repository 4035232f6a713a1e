import type { NormalDraw } from '../../random/normal.ts';
import { FLOAT64_BYTES, type WasmMemory } from './wasm-memory.ts';

const STATE_BYTES = 16;
/** Numbers that are copied at a time. */
const CHUNK = 65_536;

/** What `drawNormals` gives, with the same bits. */
export function wasmNormals(memory: WasmMemory, { count, std, rng }: NormalDraw): Float64Array {
  const out = new Float64Array(count);
  if (std === 0) return out;
  memory.release();
  const state = stateOf(rng, memory);
  const room = memory.take(FLOAT64_BYTES * Math.min(count, CHUNK) + 2 * STATE_BYTES);
  for (let from = 0; from < count; from += CHUNK) {
    const size = Math.min(CHUNK, count - from);
    memory.kernels.fillNormals(state, size, room, std);
    out.set(memory.float64(room, size), from);
  }
  return out;
}

/** The address of a stream as the kernels read on in it. */
export function stateOf(rng: NormalDraw['rng'], memory: WasmMemory): number {
  const at = memory.take(STATE_BYTES);
  memory.int32(at, 4).set(rng.words());
  return at;
}
