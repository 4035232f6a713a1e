import { expect, test } from 'vitest';
import { nameCondition } from './name-condition.ts';

test.for<[string, readonly string[], readonly string[], string | null]>([
  ['one name', ['mix.weight'], ['embed.weight'], "name == 'mix.weight'"],
  ['names', ['a.weight', 'b.weight'], ['c.weight'], "name in ('a.weight', 'b.weight')"],
  [
    'the ends of what blocks have, however many there are',
    ['h.0.c_attn.weight', 'h.1.c_attn.weight', 'h.0.c_fc.weight'],
    ['h.0.ln.weight', 'wte.weight'],
    "name.endswith(('.c_attn.weight', '.c_fc.weight'))",
  ],
  [
    'a list by its name',
    ['layers.0.weight', 'layers.1.weight'],
    ['head.weight'],
    "name.startswith('layers.')",
  ],
  [
    'a list without its biases, and a name beside it',
    ['layers.0.weight', 'mid.weight'],
    ['layers.0.bias', 'head.weight'],
    "((name.startswith('layers.') and name.endswith('.weight')) or name == 'mid.weight')",
  ],
])('parameters are told apart by %s', ([, paths, others, condition]) => {
  const rows = paths.map((path) => ({ path, row: path.replaceAll(/\b\d+(?=\.)/g, '*') }));
  expect(nameCondition(rows, others)).toBe(condition);
});

test('no item of a list in which others are alike is told from them', () => {
  const row = { path: 'net.2.weight', row: 'net.*.weight' };
  expect(nameCondition([row], ['net.0.weight', 'net.4.weight'])).toBe(null);
});

test.for<[string, string, readonly string[], string]>([
  ['net.2.weight', 'net.2.weight', ['net.0.weight', 'net.4.weight'], "name == 'net.2.weight'"],
  [
    'layers.0.1.net.0.weight',
    'layers.*.1.net.0.weight',
    ['layers.0.0.norm.weight', 'layers.0.1.net.2.weight', 'head.0.weight'],
    "name.endswith('.1.net.0.weight')",
  ],
  [
    'up.0.1.weight',
    'up.*.1.weight',
    ['up.0.0.weight', 'down.0.1.weight'],
    "(name.startswith('up.') and name.endswith('.1.weight'))",
  ],
])('a place that no other like it has tells %s from the others', ([path, row, others, condition]) => {
  expect(nameCondition([{ path, row }], others)).toBe(condition);
});
