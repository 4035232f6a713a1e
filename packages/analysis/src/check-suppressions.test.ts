import { describe, expect, test } from 'vitest';
import { chainModel } from '../test/chain-model.ts';
import { analyse } from '../test/check-findings.ts';

const LOUD = 'nn.init.normal_(self.b.weight, std=0.02)';

/** What is said of comments, with the comment behind a start that is too large, or behind one that is right. */
const said = (comment: string, line: string = LOUD, options: Parameters<typeof analyse>[1] = {}) => {
  const source = chainModel({ init: `${line}  ${comment}` });
  return analyse(source, options)
    .findings.filter(({ code }) => code === 'MUP003')
    .map(({ message, severity, span }) => {
      expect(source.slice(span.start, span.end)).toBe(comment);
      return `${severity} ${message}`;
    });
};

const RIGHT = 'nn.init.normal_(self.b.weight, std=n ** -0.5)';

describe('a comment that silences', () => {
  test('a finding is used, by its code, by none, and as noqa', () => {
    for (const comment of ['# widthwise: ignore[MUP101]', '# widthwise: ignore', '# noqa: MUP101, E501'])
      expect(said(comment)).toEqual([]);
  });

  test('is read in round brackets as in square ones', () => {
    const source = (init: string, before = '') => `${before}${chainModel({ init })}`;
    const codes = (text: string) => analyse(text).findings.map(({ code }) => code);
    const told = codes(source(LOUD));
    expect(told).toContain('MUP101');
    const others = told.filter((code) => code !== 'MUP101');
    expect(codes(source(`${LOUD}  # widthwise: ignore(MUP101)`))).toEqual(others);
    expect(codes(source(LOUD, '# widthwise: off(MUP101)\n'))).toEqual(others);
    expect(codes(source(`${LOUD}  # widthwise: ignore(MUP102)`))).toEqual(
      expect.arrayContaining(['MUP003', 'MUP101']),
    );
  });

  test('nothing is told at the comment', () => {
    expect(said('# widthwise: ignore[MUP101]', RIGHT)).toEqual([
      'hint nothing of `MUP101` is found here, so this comment has no effect',
    ]);
    expect(said('# noqa: MUP101, E501', RIGHT).length).toBe(1);
    expect(said('# widthwise: ignore', RIGHT)).toEqual([
      'hint nothing is found here, so this comment has no effect',
    ]);
    expect(said('# widthwise: ignore[MUP104]').length).toBe(1);
  });

  test('a rule that is off is left alone, as its findings are not looked for', () => {
    expect(said('# widthwise: ignore[MUP101]', RIGHT, { rules: { MUP101: 'off' } })).toEqual([]);
    expect(said('# widthwise: ignore[MUP101]', RIGHT, { profile: 'advisory' })).toEqual([]);
  });

  test('a rule that there is not is told, with the one that its name means', () => {
    expect(said('# widthwise: ignore[MUP999]')).toEqual([
      'hint no rule has the code `MUP999`, so this comment does not silence it',
    ]);
    const source = chainModel({ init: `${LOUD}  # widthwise: ignore[constant-hidden-init]` });
    const [finding] = analyse(source).findings.filter(({ code }) => code === 'MUP003');
    expect(finding?.fixes.map(({ text }) => text)).toEqual(['Write `MUP101`.']);
  });

  test('a word or rule that there is not is told without a word of μP, too, and an unused comment is not', () => {
    const advisory = { profile: 'advisory' } as const;
    expect(said('# widthwise: widht(n)', RIGHT, advisory)).toEqual([
      "hint `widht` asks for nothing (did you mean 'width'?), so this comment has no effect",
    ]);
    expect(said('# widthwise: ignore[MUP999]', RIGHT, advisory).length).toBe(1);
    expect(said('# widthwise: ignore', RIGHT, advisory)).toEqual([]);
  });

  test('a mistyped word is told, with the one that it may mean', () => {
    expect(said('# widthwise: ingore[MUP101]')).toEqual([
      "hint `ingore` asks for nothing (did you mean 'ignore'?), so this comment has no effect",
    ]);
    expect(said('# widthwise: disable=MUP101', RIGHT)).toEqual([
      'hint `disable` asks for nothing, so this comment has no effect: what does is `ignore[…]`, `off`, `on` and `width(…)`',
    ]);
    expect(said('# widthwise: width(n)', RIGHT)).toEqual([]);
    const source = chainModel({ init: `${LOUD}  # widthwise: ignore-line` });
    expect(analyse(source).findings.map(({ code }) => code)).toContain('MUP101');
  });

  test('a list that does not end is told', () => {
    const lacks = (word: string, bracket: string) => [
      `hint the list behind \`${word}\` has no closing \`${bracket}\`, so this comment has no effect`,
    ];
    expect(said('# widthwise: ignore[MUP101')).toEqual(lacks('ignore', ']'));
    expect(said('# widthwise: off[MUP101, MUP104')).toEqual(lacks('off', ']'));
    expect(said('# widthwise: ignore(MUP101')).toEqual(lacks('ignore', ')'));
    expect(said('# widthwise: width(n')).toEqual(lacks('width', ')'));
    expect(said('# widthwise: width(n', LOUD, { profile: 'advisory' })).toEqual(lacks('width', ')'));
    expect(said('# widthwise: width(n) as [the paper has it')).toEqual([]);
    expect(said('# widthwise: ignore  as (the paper')).toEqual([]);
  });

  test("another tool's codes is no matter of ours", () => {
    expect(said('# noqa: E501', RIGHT)).toEqual([]);
    expect(said('# noqa', RIGHT)).toEqual([]);
  });

  test('something in a model of which nothing is known to scale, or sizes are numbers, is left alone', () => {
    const numbers = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 64)
        self.b = nn.Linear(64, 64)  # widthwise: ignore[MUP101]
        self.c = nn.Linear(64, 1)

    def forward(self, x):
        return self.c(self.b(self.a(x)))
`;
    expect(analyse(numbers).findings).toEqual([]);
  });
});
