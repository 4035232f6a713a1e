/** Longer texts are not what code says again and again. */
const LONGEST = 100;
const MOST = 4096;

/** The same function of a text, which works out once what it is asked often. */
export function remembered<Result>(work: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, { readonly result: Result }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.result;
    const result = work(text);
    if (text.length > LONGEST) return result;
    if (known.size >= MOST) known.clear();
    known.set(text, { result });
    return result;
  };
}
