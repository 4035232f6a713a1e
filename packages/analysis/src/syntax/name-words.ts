import { remembered } from '../remembered.ts';

/** The words of a name, in lower case: `save_toMuP2` is save, to, mu, p2; `HTTPServer` is http, server. */
export const wordsOf: (name: string) => readonly string[] = remembered((name) =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_.]+/)
    .filter((word) => word !== ''),
);

/** Words that stand one by one in a text. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}
