import { PARAMETRIZATIONS } from '@widthwise/core';
import { expect, test } from 'vitest';
import { curveStyles, PALETTE } from './palette.ts';

const named = (...labels: string[]) => labels.map((label) => ({ name: label, label }));

test('a parametrization has its color whatever stands beside it', () => {
  expect(curveStyles(named('mine', 'μP')).get('μP')).toEqual(curveStyles(named('SP, η/n', 'μP')).get('μP'));
});

test('the five of the paper have styles of their own, SP with a constant rate by its dots', () => {
  const styles = curveStyles(Object.values(PARAMETRIZATIONS));
  expect(new Set([...styles.values()].map((style) => JSON.stringify(style))).size).toBe(5);
  expect(styles.get('sp')!.color).toBe(styles.get('sp-constant')!.color);
});

test('names of the user take colors that no table row has, and dots when these are spent', () => {
  const styles = curveStyles([...Object.values(PARAMETRIZATIONS), ...named('a', 'b', 'c', 'd')]);
  expect(new Set([...styles.values()].map((style) => JSON.stringify(style))).size).toBe(9);
});

test('exponents under the name of another parametrization have not its color', () => {
  const disguised = curveStyles([{ name: 'mup', label: 'mup' }]).get('mup')!;
  expect(disguised.color).not.toBe(curveStyles(named('μP')).get('μP')!.color);
});

test('no two colors look alike in the editor either', () => {
  expect(new Set(Object.values(PALETTE).map(({ token }) => token)).size).toBe(Object.keys(PALETTE).length);
});

test.each(['constructor', '__proto__', 'toString'])(
  'a parametrization called %s has a style of its own',
  (name) => {
    const { color } = curveStyles([{ name, label: name }]).get(name)!;
    expect(PALETTE[color].hex).toMatch(/^#/);
  },
);
