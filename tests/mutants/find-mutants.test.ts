import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { draw, mutate } from './draw.ts';
import { findMutants } from './find-mutants.ts';
import { TypeChecker } from './type-checker.ts';

const SOURCE = `
export function slope(points: readonly number[], bound?: { most: number }): number | undefined {
  if (points.length < 2) return undefined;
  let sum = 0;
  for (const point of points) sum += point;
  return sum > (bound?.most ?? 7) ? sum : -sum;
}
`;

function withSource<T>(use: (checker: TypeChecker, file: string) => T): T {
  const root = mkdtempSync(path.join(os.tmpdir(), 'find-mutants-'));
  const folder = path.join(root, 'packages/one');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true, "types": [] } }');
  writeFileSync(path.join(folder, 'slope.ts'), SOURCE);
  const checker = new TypeChecker(root);
  try {
    return use(checker, path.join(folder, 'slope.ts'));
  } finally {
    checker.close();
    rmSync(root, { recursive: true });
  }
}

test('every operator, condition, branch, return, statement and literal is a place', () => {
  const found = withSource((checker, file) =>
    findMutants(checker.source(file), file).map(
      ({ kind, start, end }) => `${kind} ${SOURCE.slice(start, end)}`,
    ),
  );
  expect(found).toEqual([
    'condition points.length < 2',
    'branch return undefined;',
    'operator <',
    'number 2',
    'return undefined',
    'number 0',
    'statement sum += point;',
    'operator +=',
    'return sum > (bound?.most ?? 7) ? sum : -sum',
    'condition sum > (bound?.most ?? 7)',
    'branch sum > (bound?.most ?? 7) ? sum : -sum',
    'operator >',
    'operator ??',
    'chain ?.',
    'number 7',
    'operator -sum',
  ]);
});

test('the same seed draws the same mutants, and every one of them compiles', () => {
  withSource((checker, file) => {
    const first = draw(checker, [file], { seed: 3, count: 16 });
    const second = draw(checker, [file], { seed: 3, count: 16 });
    expect(second).toEqual(first);
    expect(first.mutants.length + first.refused).toBe(16);
    for (const mutant of first.mutants) {
      writeFileSync(file, mutate(SOURCE, mutant));
      expect.soft(checker.accepts(file), mutant.now).toBe(true);
    }
  });
});
