/** A number with three digits, as short as code would write it: `0.0025`, `1e-7`. */
export function numberText(number: number): string {
  return String(Number(number.toPrecision(3)));
}
