import { readFileSync } from 'node:fs';

/** A network as text, with what is known of it. */
export interface GraphVector {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly string[];
}

/** Networks whose exponents were derived apart from this code, most of them measured in trained PyTorch networks too. */
export const GRAPH_VECTORS: readonly GraphVector[] = readFileSync(
  new URL('graph-vectors.txt', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n\n')
  .map((text) => ({ name: text.slice(2, text.indexOf('\n')), text, lines: text.split('\n') }));
