/** One thing that theory states, beside what the product computes of it. */
export interface TheoryRow {
  readonly id: string;
  readonly states: string;
  readonly expected: string;
  readonly computed: string;
  readonly holds: boolean;
}

/** The largest difference of two lists, relative where asked. */
export function largestDifference(
  computed: readonly number[],
  expected: readonly number[],
  kind: 'absolute' | 'relative' = 'absolute',
): number {
  return Math.max(
    ...expected.map(
      (value, at) => Math.abs(computed[at] - value) / (kind === 'relative' ? Math.abs(value) : 1),
    ),
  );
}

/** A difference in two digits: `3.1e-9`. */
export function differenceText(difference: number): string {
  return difference === 0 ? '0' : difference.toExponential(1);
}
