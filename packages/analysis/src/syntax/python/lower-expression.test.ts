import { expect, test } from 'vitest';
import { loadTestParser } from '../../../test/load-analyser.ts';
import { Budget } from '../../budget.ts';

const parser = await loadTestParser();

/** Every part of a tree, as often as a walk over it comes to it. */
function partsIn(tree: object): readonly object[] {
  const parts: object[] = [];
  const ahead: unknown[] = [tree];
  while (ahead.length > 0) {
    const part = ahead.pop();
    if (typeof part !== 'object' || part === null) continue;
    if ('kind' in part) parts.push(part);
    ahead.push(...Object.values(part));
  }
  return parts;
}

test('each part of an expression stands in one place, so that subscripts within subscripts cost no more than others', () => {
  const text = `x = a[b[0]]
y[c[1:d[2]], ..., (e, f)[0]] = a[g[:]][...]
z = {h: i[(j, k)] for h, i in m.items() if n[o]}
def p(q: r[s] = t[u], *v, w=1):
    return q if x[y] else f"{z[0]}", lambda a=b[c]: a[b], not d[e], [*f[g]], h(*i[j], k=l[m], **n)
`;
  const parts = partsIn(parser.parse(text, new Budget()).body);
  expect(parts.length).toBeGreaterThan(60);
  expect(new Set(parts).size).toBe(parts.length);
});

test('a line that goes on behind \\ within brackets is no part of what stands there', () => {
  const kindsOf = (text: string) =>
    partsIn(parser.parse(text, new Budget()).body).map((part) => (part as { kind: string }).kind);
  for (const text of ['f(a, #b=c)\n', 'def f(a, #b=c): pass\n', 'x = [a, #b]\n', 'x = a[b:#c]\n'])
    expect(kindsOf(text.replace('#', '\\\n  '))).toEqual(kindsOf(text.replace('#', '')));
});
