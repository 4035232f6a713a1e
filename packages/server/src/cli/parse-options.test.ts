import { expect, test } from 'vitest';
import type { CommandSpec } from './command-spec.ts';
import { type ParsedArgs, parseOptions } from './parse-options.ts';

const SPEC: CommandSpec = {
  name: 'knit',
  summary: 'knit a sock',
  operands: 'YARN…',
  options: [
    { name: 'needles', short: 'n', value: 'N,N,…', summary: 'sizes' },
    { name: 'left', summary: 'for the left foot' },
  ],
};

function parse(...args: string[]): ParsedArgs {
  return parseOptions(SPEC, args);
}

test.each([
  [['--needles', '3,4']],
  [['--needles=3,4']],
  [['-n', '3,4']],
  [['--needles', '7', '--needles', '3,4']],
])('%j gives the needles 3,4', (args) => {
  expect(parse(...args).value('needles')).toBe('3,4');
});

test.each(['-1,0,0,1', '-.5', '-inf', '-2'])('a value may be negative: %s', (value) => {
  expect(parse('--needles', value, 'wool').value('needles')).toBe(value);
  expect(parse('--needles', value, 'wool').operands).toEqual(['wool']);
});

test('what follows -- is an operand, whatever it looks like', () => {
  expect(parse('--left', '--', '--needles').operands).toEqual(['--needles']);
  expect(parse('--left').has('left')).toBe(true);
  expect(parse().has('left')).toBe(false);
});

test.each([
  [
    ['--needels', '3'],
    "unknown flag '--needels' of knit (did you mean '--needles'?); it takes --needles --left --help",
  ],
  [['--needles'], '--needles needs a value: --needles N,N,…'],
  [['--needles', '--left'], '--needles needs a value: --needles N,N,…'],
  [['--needles='], '--needles needs a value: --needles N,N,…'],
  [['--left=yes'], "--left takes no value, got 'yes'"],
])('%j is refused', (args, message) => {
  expect(() => parse(...args)).toThrow(message);
});

test('a command without operands refuses one', () => {
  const { operands: _, ...bare } = SPEC;
  expect(() => parseOptions(bare, ['wool'])).toThrow("knit takes flags only, got 'wool'");
  const python = { ...bare, options: [{ name: 'python', value: 'FILE:FACTORY', summary: 'knits yours' }] };
  const given = () => parseOptions(python, ['net.py:make']);
  expect(given).toThrow("knit takes flags only, got 'net.py:make': a factory goes with --python");
});
