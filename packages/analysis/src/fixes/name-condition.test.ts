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
  ['no item of a list in which others are alike', ['net.2.weight'], ['net.0.weight', 'net.4.weight'], null],
])('parameters are told apart by %s', ([, paths, others, condition]) => {
  expect(nameCondition(paths, others)).toBe(condition);
});
