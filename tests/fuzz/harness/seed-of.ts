/** A seed of 31 bits made of words: FNV-1a, so that one campaign's inputs have nothing to do with another's. */
export function seedOf(words: string): number {
  let hash = 0x811c9dc5;
  for (const unit of words) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193);
  return hash >>> 1;
}
