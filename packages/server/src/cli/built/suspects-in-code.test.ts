import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '@widthwise/analysis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StaticReading } from '../../built/against-static.ts';
import type { BuiltSuspect } from '../../built/coordinates/suspects.ts';
import { suspectsInCode } from './suspects-in-code.ts';

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'widthwise-suspects-'));
  writeFileSync(join(cwd, 'model.py'), 'self.fc = nn.Linear(config.hidden, config.hidden)\n');
  writeFileSync(join(cwd, 'train.py'), 'def make(width):\n    return Adam(net.parameters(), lr=rate)\n');
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** What is said to mend a rate that a line sets, where the linter says this of the model's file. */
async function mendedIn(
  file: string,
  text: string,
  parameters: readonly string[] = ['fc.weight'],
): Promise<string | undefined> {
  const suspect: Partial<BuiltSuspect> = {
    cause: 'rate',
    parameters,
    exponent: { name: 'c', is: 0, wants: 1 },
    line: [join(cwd, file), 1],
  };
  const finding: Partial<Finding> = {
    code: 'MUP301',
    weights: ['fc.weight'],
    fixes: [{ text, safety: 'changes-numbers', edits: [] }],
  };
  const readings = parameters.map((name) => [name, { row: { name } }]);
  // SAFETY: no more of them is read.
  const given = {
    suspects: [suspect as BuiltSuspect],
    findings: [finding as Finding],
    readings: new Map(readings as [string, StaticReading][]),
  };
  const { suspects, ...rest } = given;
  const [said] = await suspectsInCode(suspects, { ...rest, source: join(cwd, 'model.py'), cwd });
  return said?.mending;
}

test.each([
  ['model.py', 'Divide it by `config.hidden`.', 'Divide it by `config.hidden`'],
  ['model.py', 'Divide it by `base_width`.', 'Divide it by `base_width`'],
  ['train.py', 'Divide it by `config.hidden`.', 'make its learning rate proportional to 1/n'],
  ['train.py', 'Divide `rate` by `net.hidden`.', 'Divide `rate` by `net.hidden`'],
  ['train.py', 'Give it a group of its own.', 'Give it a group of its own'],
])('what mends a line of %s names nothing of another file: %s', async (file, text, said) => {
  expect(await mendedIn(file, text)).toBe(said);
});

test('a fix of some of the weights is not what mends all of them', async () => {
  const [text, own] = ['Divide it by `config.hidden`.', 'make their learning rate proportional to 1/n'];
  expect(await mendedIn('model.py', text, ['fc.weight', 'out.weight'])).toBe(own);
});
