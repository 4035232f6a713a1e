import { expect, test } from 'vitest';
import { inLines, inOneLine } from './broken-lines.ts';

const lines = (code: string, more: { indent?: string; step?: string; isOpen?: boolean } = {}) => {
  const { indent = '', step = '    ' } = more;
  const place = { indent, column: indent.length, behind: 1, step, lineEnd: '\n', ...more };
  return inLines(code, place).split('\n');
};

const NAMED = 'p for name, p in model.named_parameters()';

test('a group that fits stays on its line', () => {
  expect(lines("{'params': model.parameters(), 'lr': 1e-3}")).toHaveLength(1);
});

test('one that does not has an entry a line, and parameters that do not fit on theirs what they are taken from and which, in the given indentation', () => {
  const isLong = "name == 'first.attention.weight' and p.dim() > 1";
  const group = `{'params': [${NAMED} if ${isLong}], 'lr': rate * (64 / width), 'lr_scale': (64 / width)}`;
  expect(lines(group, { indent: '\t', step: '\t' })).toEqual([
    '{',
    "\t\t'params': [",
    '\t\t\tp',
    '\t\t\tfor name, p in model.named_parameters()',
    `\t\t\tif ${isLong}`,
    '\t\t],',
    "\t\t'lr': rate * (64 / width),",
    "\t\t'lr_scale': (64 / width),",
    '\t}',
  ]);
});

test('parameters that fit on a line of their own have one', () => {
  const group = `{'params': [${NAMED} if name == 'first.attention.weight'], 'lr': rate * (64 / width), 'lr_scale': 1}`;
  expect(lines(group)).toContain(`        ${NAMED} if name == 'first.attention.weight'`);
});

test('a long condition is broken at its parts, and long names at their commas', () => {
  const names = ['encoder', 'decoder', 'between'].map((part) => `'${part}.attention.projection.weight'`);
  const group = `{'params': [${NAMED} if p.requires_grad and name in (${names.join(', ')})]}`;
  expect(lines(group)).toEqual([
    '{',
    "    'params': [",
    '        p',
    '        for name, p in model.named_parameters()',
    '        if p.requires_grad',
    '        and name in (',
    ...names.map((name) => `            ${name},`),
    '        )',
    '    ],',
    '}',
  ]);
});

test('names in brackets within brackets have a line each', () => {
  const names = ['query', 'key', 'value', 'output'].map((part) => `'.${part}.weight_of_it'`);
  expect(lines(`and not name.endswith((${names.join(', ')}))`)).toEqual([
    'and not name.endswith((',
    ...names.map((name) => `    ${name},`),
    '))',
  ]);
});

test('commas, brackets and words in texts are none', () => {
  const texts = ["'a, b (c'", '"for x in [y"', "'it\\'s, or'"];
  const call = `f(${texts.join(', ')}, ${'long_name_of_something'.repeat(3)})`;
  expect(lines(call)).toEqual([
    'f(',
    ...[...texts, 'long_name_of_something'.repeat(3)].map((one) => `    ${one},`),
    ')',
  ]);
});

test('code without a place to break it stays as it is', () => {
  const code = `'lr': ${'a_very_long_name'.repeat(6)} * (64 / width)`;
  expect(lines(code)).toEqual([code]);
});

test('what stands over lines is joined, and broken again where it was', () => {
  const group = "{\n    'params': some,\n    'lr': 1e-3,\n}";
  expect(inOneLine(group)).toBe("{'params': some, 'lr': 1e-3}");
  expect(lines(inOneLine(group) ?? '', { isOpen: true }).join('\n')).toBe(group);
  expect(inOneLine('[\r\n  p\r\n  for p in some(\r\n    all\r\n  )\r\n]')).toBe('[p for p in some(all)]');
});

test.each(['[\n  p  # all\n]', '"""a\nb"""', '(1 + \\\n 2)'])('nothing is joined in %j', (code) => {
  expect(inOneLine(code)).toBeNull();
});

test('what a call is given stands on one line of its own where that is enough, and a choice goes over lines at its words', () => {
  const call = (std: string) =>
    `some.module.of.initializers.normal_(self.module.weight, mean=0.0, std=${std})`;
  expect(lines(call('0.02 * (256 / width)'))).toEqual([
    'some.module.of.initializers.normal_(',
    '    self.module.weight, mean=0.0, std=0.02 * (256 / width)',
    ')',
  ]);
  const choice = '0.02 * ((256 / self.config.width) ** 0.5 if module not in (self.first, self.last) else 1)';
  expect(lines(call(choice), { indent: '        ' }).slice(3)).toEqual([
    '            std=0.02 * (',
    '                (256 / self.config.width) ** 0.5',
    '                if module not in (self.first, self.last)',
    '                else 1',
    '            ),',
    '        )',
  ]);
});
