import type { WasmKernels } from './wasm-kernels.ts';

export const FLOAT32_BYTES = 4;
export const FLOAT64_BYTES = 8;
/** Rows that a product of float64 takes at once: a buffer has room for a whole number of them. */
export const ROWS = 4;

const PAGE_BYTES = 65_536;
const ALIGNMENT = 16;

/** The memory of one instance of the kernels, handed out from the bottom to the top; it grows and never shrinks. */
export class WasmMemory {
  readonly kernels: WasmKernels;
  readonly #bottom: number;
  #top: number;

  constructor(kernels: WasmKernels) {
    this.kernels = kernels;
    this.#bottom = kernels.reserve();
    this.#top = this.#bottom;
    this.#ensure(this.#bottom);
  }

  /** Where what comes next will begin: what is taken from here on can be let go with {@link release}. */
  mark(): number {
    return this.#top;
  }

  /** Lets go of everything that was taken since a mark, or of everything. */
  release(mark: number = this.#bottom): void {
    this.#top = mark;
  }

  /**
   * @returns the address of so many bytes, and of as many more as fill the last vector
   * @throws RangeError where 4 GiB are not enough
   */
  take(bytes: number): number {
    const at = Math.ceil(this.#top / ALIGNMENT) * ALIGNMENT;
    const top = at + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    this.#ensure(top);
    this.#top = top;
    return at;
  }

  /** A view that ends with the next `take`. */
  float32(at: number, length: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, at, length);
  }

  /** A view that ends with the next `take`. */
  int32(at: number, length: number): Int32Array {
    return new Int32Array(this.kernels.memory.buffer, at, length);
  }

  /** A view that ends with the next `take`. */
  float64(at: number, length: number): Float64Array {
    return new Float64Array(this.kernels.memory.buffer, at, length);
  }

  #ensure(top: number): void {
    const { memory } = this.kernels;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
}
