/**
 * What the compiled kernels export (`assembly/kernels.ts`). Addresses are in bytes, sizes and strides in entries; vectors
 * of float32 begin at a multiple of 16 and have room for a multiple of four entries.
 */
export interface WasmKernels {
  readonly memory: { readonly buffer: ArrayBufferLike; grow(pages: number): number };
  /** Takes the memory that products need; returns where what is free begins. */
  reserve(): number;
  /** What the square of a float32 is off by after one rounding; 0 in kernels that round a product before they add to it. */
  squareError(x: number): number;
  /** C ← α·A·B + β·C in float32, of any layout; with β = 0, C is not read. */
  gemm(
    m: number,
    n: number,
    k: number,
    a: number,
    aRow: number,
    aCol: number,
    b: number,
    bRow: number,
    bCol: number,
    c: number,
    cRow: number,
    alpha: number,
    beta: number,
  ): void;
  /** H ← α·X·Wᵀ in float32, with the bits of `gemm`: X [samples, fanIn], W [fanOut, fanIn], H [samples, fanOut]. */
  multiplyByWeight(
    samples: number,
    fanOut: number,
    fanIn: number,
    x: number,
    w: number,
    h: number,
    alpha: number,
  ): void;
  /** Δ ← α·A·B + Δ and W ← W₀ + Δ in float32, with the bits of `gemm` and `addChange`. */
  gemmOfChange(
    m: number,
    n: number,
    k: number,
    a: number,
    aRow: number,
    aCol: number,
    b: number,
    bRow: number,
    bCol: number,
    change: number,
    row: number,
    alpha: number,
    start: number,
    w: number,
  ): void;
  /** x ← φ(h) in float32, φ by its place in `ACTIVATION_NAMES`. */
  activate(kind: number, h: number, x: number, count: number): void;
  /** e ← e ∘ φ′(h) in float32, given x = φ(h). */
  multiplyByDerivative(kind: number, e: number, h: number, x: number, count: number): void;
  /**
   * Y ← α·X·(W₀ + Δ)ᵀ: X [m, k] and Y [m, n] float64 with room for a multiple of four rows, W₀ and Δ [n, k] float32 and
   * added exactly. `pair` has room for two rows of float64.
   */
  multiplyByRows(
    m: number,
    n: number,
    k: number,
    x: number,
    start: number,
    change: number,
    y: number,
    alpha: number,
    pair: number,
  ): void;
  /** Y ← α·X·Wᵀ in float64: X [m, k] and Y [m, n] with room for a multiple of four rows, W [n, k]. */
  multiplyRows(m: number, n: number, k: number, x: number, w: number, y: number, alpha: number): void;
  /** The lower triangle of G ← α·X·Xᵀ in float64: X [m, k] and G [m, m] with room for a multiple of four rows. */
  lowerGram(m: number, k: number, x: number, gram: number, alpha: number): void;
  /**
   * Eigenvalues into `d` of the lower triangle of `a` [n, n] in float64, entries at most 1; `a` is overwritten, `e`, `v` and
   * `w` are room for n numbers. 0 if they did not converge.
   */
  symmetricEigenvalues(a: number, n: number, d: number, e: number, v: number, w: number): number;
  /** Into `values`, of vectors [count, length ≥ count] in float64, entries at most 1, overwritten; `rows` [count, count] is room. */
  singularValues(vectors: number, count: number, length: number, rows: number, values: number): void;
  /** y ← f·(A v + y) and out ← Aᵀy in float32: A [rows, cols]. */
  gramTimes(rows: number, cols: number, a: number, v: number, y: number, out: number, factor: number): void;
  /** y ← f·(A v + y) in float32: A [rows, cols]. */
  addProducts(rows: number, cols: number, a: number, v: number, y: number, factor: number): void;
  /** out ← out + Aᵀy in float32: A [rows, cols]. */
  addTransposed(rows: number, cols: number, a: number, y: number, out: number): void;
  /** The next `count` of a stream of normals into `out`, float64 with room for a multiple of four; `state` has its words. */
  fillNormals(state: number, count: number, out: number, std: number): void;
  /** The same numbers as weights begin with: W₀ in float32, and Δ, which that leaves of them. */
  drawWeights(state: number, count: number, std: number, w: number, start: number, change: number): void;
  /** The same of standard normals that are there: `from` has room for a multiple of four. */
  splitNormals(from: number, count: number, std: number, w: number, start: number, change: number): void;
  /** W₀ of them in float32, alone. */
  drawRounded(state: number, count: number, std: number, start: number): void;
  /** W ← W₀ + Δ in float32. */
  addChange(w: number, start: number, change: number, count: number): void;
  /** The loss of all samples of a {@link WasmProgram}. */
  evaluate(program: number): number;
  /** So many updates of a {@link WasmProgram}: `order` numbers the samples of each batch, `losses` takes its loss before. */
  train(program: number, steps: number, order: number, losses: number): void;
}
