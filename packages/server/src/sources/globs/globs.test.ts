import { matchesGlob } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readGlobs, takenBy } from './globs.ts';

function taken(glob: string, path: string): boolean {
  const globs = readGlobs([glob]);
  if ('problem' in globs) throw new Error(globs.problem);
  return takenBy(globs, path);
}

const name = fc.string({ unit: fc.constantFrom('a', 'b', 'Z', '1', '-', '.py'), minLength: 1, maxLength: 5 });
const path = fc
  .array(name, { minLength: 1, maxLength: 4 })
  .map((names) => names.join('/'))
  .filter((file) => !/(?:^|\/)\./.test(file));
const segment = fc
  .array(fc.constantFrom('a', 'b', '1', '*', '?', '[ab]', '[!a]', '[a-z]', '{a,b}', '{,1}', '{a*,b?}'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''))
  // Stars side by side, and what is empty with its braces written out, are read in more ways than one.
  .filter((text) => !/\*\*|\*\{,?a?\*/.test(text) && !/^(?:\{,1\}|\*)*$/.test(text));
const glob = fc
  .array(fc.oneof({ weight: 4, arbitrary: segment }, fc.constantFrom('**', '*')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((segments) => segments.join('/'));

property.prop([glob, path], { seed: 1, numRuns: 3000 })(
  'globs take what those of Node take',
  (pattern, file) => {
    expect(taken(pattern, file)).toBe(matchesGlob(file, pattern));
  },
);

test.each([
  ['old/**', ['old/a.py', 'old/.hidden/a.py', 'old/a/b.py'], ['older/a.py', 'a/old/b.py']],
  ['**/gen/*.py', ['gen/a.py', 'x/y/gen/a.py'], ['gen/x/a.py', 'gena.py']],
  ['./a.py', ['a.py'], ['b/a.py']],
  ['v[0-9][!x].py', ['v1a.py'], ['v1x.py', 'vaa.py']],
  ['{a,b{c,d}}/*.{py,pyi}', ['a/x.py', 'bc/x.pyi', 'bd/x.py'], ['b/x.py', 'bc/x.txt']],
  ['\\*\\{a,b}.py', ['*{a,b}.py'], ['x{a,b}.py']],
  ['{a}.py', ['{a}.py'], ['a.py']],
  ['🙂?.py', ['🙂🙂.py'], ['🙂.py']],
])('%s takes %j and not %j', (pattern, inside, outside) => {
  expect([...inside, ...outside].filter((file) => taken(pattern, file))).toEqual(inside);
});

test.each([
  ['!keep.py', "begins with '!', which takes nothing back here"],
  ['+(*)z', 'has a list in parentheses; write {a,b}'],
  ['v{1..9}.py', 'has a range in braces; write {1,2,3}'],
  ['v[0-9.py', "has a '[' that is not closed"],
  ['old\\', 'ends with a backslash'],
  ['a'.repeat(1001), 'is longer than 1000 characters'],
  ['{a,b}'.repeat(100), 'makes the globs longer than 20000 characters, braces written out'],
])('%s is refused, and why is said', (pattern, problem) => {
  expect(readGlobs(['*.py', pattern])).toEqual({ index: 1, problem });
});

describe('a glob takes time in proportion to its length and the path', () => {
  // A matcher that tries the stars one in another takes more steps than there are atoms: here none would end.
  test.each([
    [`${'*a'.repeat(400)}z`, `${'a'.repeat(250)}.py`],
    [`${'[a-z]*'.repeat(150)}z`, `${'a'.repeat(250)}.py`],
    [`${'**/'.repeat(300)}z`, `${'a/'.repeat(1000)}a.py`],
    [`${'**/a/'.repeat(180)}z`, `${'a/'.repeat(1000)}a.py`],
    [`${'**/*a*a*a/'.repeat(90)}z`, `${'aaaa/'.repeat(800)}a.py`],
    ['{'.repeat(990), 'a.py'],
    ['{a,'.repeat(330), 'a.py'],
    [`${'{'.repeat(450)}a${'}'.repeat(450)}`, 'a.py'],
  ])('%#', (pattern, file) => {
    expect(taken(pattern, file)).toBe(false);
  });

  test('also where there are as many as there may be', () => {
    const globs = readGlobs(Array.from({ length: 20 }, () => `${'*a'.repeat(490)}z`));
    expect('problem' in globs || takenBy(globs, `${'a/'.repeat(1500)}${'a'.repeat(250)}`)).toBe(false);
    expect(readGlobs(Array.from({ length: 30 }, () => `${'*a'.repeat(490)}z`))).toMatchObject({ index: 20 });
  });
});
