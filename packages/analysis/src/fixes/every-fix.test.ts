import { expect, test } from 'vitest';
import { cases } from '../../test/check-case.ts';
import { analyse } from '../../test/check-findings.ts';
import { ruleExamples } from '../../test/rule-examples.ts';
import { edited } from './text-edits.ts';

/** The examples of every rule's page, and the cases that say what is right of them. */
const SOURCES: readonly { readonly name: string; readonly source: string }[] = [
  ...ruleExamples(),
  ...cases(),
];

/** Every edit that leaves its finding, makes another, or gives a weight that it is not about another exponent. */
function wrongFixes(source: string): readonly string[] {
  const before = analyse(source);
  const known = new Set(before.findings.map(keyOf));
  return before.findings.flatMap((finding) =>
    finding.fixes.flatMap(({ text, edits }) => {
      if (edits.length === 0) return [];
      const mended = edited(source, edits);
      const after = analyse(mended);
      const keys = after.findings.map(keyOf);
      const isDone = !keys.includes(keyOf(finding)) && keys.every((key) => known.has(key));
      const rows = rowsOf(after);
      const changed = [...rowsOf(before)].filter(([name, exponents]) => {
        const now = rows.get(name) ?? [];
        // Another model may have the model of the finding in it.
        const isAbout = finding.weights.some((one) => name === one || name.endsWith(`.${one}`));
        return !isAbout && exponents.some((one, at) => now[at] !== null && now[at] !== one);
      });
      return isDone && changed.length === 0 ? [] : [`${finding.code} ${text}\n${mended}`];
    }),
  );
}

function keyOf({ code, model, weights }: ReturnType<typeof analyse>['findings'][number]): string {
  return [code, model, ...weights].join(' ');
}

function rowsOf({ models }: ReturnType<typeof analyse>): ReadonlyMap<string, readonly unknown[]> {
  return new Map(
    models.flatMap(({ weights }) => weights.map(({ name, a, b, c }) => [name, [a, b, c]] as const)),
  );
}

test.for(SOURCES)('a fix mends its finding and nothing else in $name', ({ source }) => {
  expect(wrongFixes(source)).toEqual([]);
});
