import type { NormalDraw } from '../../random/normal.ts';
import { FLOAT32_BYTES, FLOAT64_BYTES, type WasmMemory } from './wasm-memory.ts';
import { stateOf } from './wasm-normals.ts';

/** Where a weight begins. */
interface Begun {
  readonly w: number;
  readonly start: number;
  readonly change: number;
}

/** More numbers than these are drawn anew: kept, they would take more memory than the network. */
export const MOST_KEPT: number = 2 ** 22;
/** Numbers that are in the memory of the kernels at a time. */
const CHUNK = 65_536;

/**
 * The standard normals of the weights of the last network: parametrizations and rates of one seed and width begin with the
 * same, each times a std of its own.
 */
export class KeptNormals {
  #kept: ReadonlyMap<string, Float64Array> = new Map();
  #next = new Map<string, Float64Array>();
  #count = 0;

  /** What is drawn from here on takes the place of what is kept. */
  begin(): void {
    this.#kept = this.#next;
    this.#next = new Map();
    this.#count = 0;
  }

  /** W = W₀ + Δ of such a draw. */
  draw({ count, std, rng }: NormalDraw, { w, start, change }: Begun, memory: WasmMemory): void {
    const mark = memory.mark();
    const { kernels } = memory;
    const key = `${count} ${rng.words().join(' ')}`;
    const known = this.#kept.get(key);
    const state = stateOf(rng, memory);
    if (known === undefined && this.#count + count > MOST_KEPT) {
      kernels.drawWeights(state, count, std, w, start, change);
    } else {
      const normals = known ?? new Float64Array(count);
      const room = memory.take(FLOAT64_BYTES * Math.min(count, CHUNK) + 2 * FLOAT64_BYTES);
      for (let from = 0; from < count; from += CHUNK) {
        const size = Math.min(CHUNK, count - from);
        const [part, here] = [normals.subarray(from, from + size), memory.float64(room, size)];
        if (known !== undefined) here.set(part);
        else {
          kernels.fillNormals(state, size, room, 1);
          part.set(here);
        }
        const to = FLOAT32_BYTES * from;
        kernels.splitNormals(room, size, std, w + to, start + to, change + to);
      }
      this.#next.set(key, normals);
      this.#count += count;
    }
    memory.release(mark);
  }
}
