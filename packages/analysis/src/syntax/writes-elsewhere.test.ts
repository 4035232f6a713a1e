import { expect, test } from 'vitest';
import { loadTestParser } from '../../test/load-analyser.ts';
import { Budget } from '../budget.ts';
import { writesElsewhere } from './writes-elsewhere.ts';

const parser = await loadTestParser();

function writes(lines: string): boolean {
  const [statement] = parser.parse(`def f(m, given):\n    ${lines}\n`, new Budget()).body;
  if (statement?.kind !== 'function') throw new Error('no function');
  return writesElsewhere(statement);
}

test.each([
  "x = getattr(m, 'blocks'); x[0] = given",
  "x = vars(m)['cfg']; x['scale'] = given",
  'x = m.cfg or {}; x["scale"] = given',
  'x = m.cfg if given else {}; x["scale"] = given',
  'x = {}; x = m.cfg; x["scale"] = given',
  'given = given or {}; given["scale"] = 1',
  'if m: given = {}\n    given["scale"] = 1',
  'for m.scale in given: pass',
  'for x[0] in given: pass',
  'del m.head',
  'del m.blocks[0]',
])('what somebody else may have is written to: %s', (lines) => {
  expect(writes(lines)).toBe(true);
});

test.each([
  'x = {}; x["scale"] = given',
  'x = [0] * 4; x[0] = given',
  'x = dict(a=1); x["a"] = given',
  'x = [i for i in given]; x[0] = 1',
  'x, y = 1, 2\n    for x in given: pass\n    del x',
])('what it makes is its own: %s', (lines) => {
  expect(writes(lines)).toBe(false);
});
