/** Pixels to a tenth: nobody sees more, and files stay small. */
export function px(value: number): string {
  return Number(value.toFixed(1)).toString();
}
