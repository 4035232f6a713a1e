/** What `measure_models.py` writes: real models built in PyTorch, their parameters measured at three widths. */
export interface Measured {
  readonly models: readonly MeasuredModel[];
}

export interface MeasuredModel {
  readonly name: string;
  /** Relative to the folder of clones. */
  readonly file: string;
  readonly class: string;
  /** The modes of the class: what is said of it holds in each. Absent where it could not be built. */
  readonly variants?: readonly { readonly mode: string; readonly parameters: readonly MeasuredParameter[] }[];
  readonly failure?: string;
}

export interface MeasuredParameter {
  readonly name: string;
  /** Its other names, where it is tied. */
  readonly others: readonly string[];
  readonly shape: readonly number[];
  /** Of each dimension, the exponent by which its length grows. */
  readonly speeds: readonly number[];
  /** The dimensions that its use sums over; null where that is not known. */
  readonly summed: readonly number[] | null;
  readonly trained: boolean;
  readonly a: number;
  /** Minus the slope of the entries' root mean square; null where it starts at 0 at some widths only. */
  readonly b: number | 'zero' | null;
  /** The standard error of that slope, as there are so many entries; absent in older measurements. */
  readonly error?: number;
  readonly c: number | null;
}

/** What grows of a parameter's use: the sum's side, the other side, both, neither. Null is not known. */
export function roleOf({ speeds, summed, shape }: MeasuredParameter): string | null {
  if (summed === null && shape.length > 1) return null;
  const grows = (dimensions: readonly number[]): boolean =>
    dimensions.some((dimension) => speeds[dimension]! > 0.25);
  const sums = summed ?? [];
  const rest = speeds.map((_, dimension) => dimension).filter((dimension) => !sums.includes(dimension));
  if (grows(sums)) return grows(rest) ? 'hidden' : 'output';
  return grows(rest) ? 'input' : 'finite';
}
