const BACKSLASH = 92;
const LINE_FEED = 10;

/** Where the string is over whose quote stands at `at`; one that is not triple-quoted ends with its line at the latest. */
export function stringEnd(text: string, at: number): number {
  const quote = text.charAt(at);
  const long = text.startsWith(quote.repeat(3), at);
  const closing = long ? quote.repeat(3) : quote;
  const last = quote.charCodeAt(0);
  for (let here = at + closing.length; here < text.length; here++) {
    const sign = text.charCodeAt(here);
    if (sign === BACKSLASH) here++;
    else if (sign === LINE_FEED && !long) return here;
    else if (sign === last && text.startsWith(closing, here)) return here + closing.length;
  }
  return text.length;
}
