const KNOWN = new WeakMap<object, ReadonlySet<string>>();

/** Every word of a part of the syntax tree, whatever it stands for; looked for once. */
export function wordsIn(part: object): ReadonlySet<string> {
  const known = KNOWN.get(part);
  if (known !== undefined) return known;
  const words = new Set<string>();
  const ahead: unknown[] = [part];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node === 'string') addWords(node, words);
    else if (Array.isArray(node)) ahead.push(...node);
    else if (typeof node === 'object' && node !== null && !('end' in node)) addParts(node, ahead);
  }
  KNOWN.set(part, words);
  return words;
}

function addWords(text: string, words: Set<string>): void {
  if (words.has(text)) return;
  if (!/\W/.test(text)) words.add(text);
  else for (const word of text.split(/\W+/)) words.add(word);
}

/** A loop over names, as most of the work on a long file is here and an array of them takes twice as long. */
function addParts(node: object, ahead: unknown[]): void {
  for (const name in node) {
    const part = node[name as keyof typeof node] as unknown;
    if (typeof part === 'string' || (typeof part === 'object' && part !== null)) ahead.push(part);
  }
}
