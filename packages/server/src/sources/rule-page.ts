/** Where a rule is documented. */
export function rulePage(code: string): string {
  return `https://github.com/widthwise/widthwise/blob/main/docs/rules/${code}.md`;
}
