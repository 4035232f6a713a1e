import { expect, test } from 'vitest';
import { opaque, parametrizationColors, parametrizationDash } from './colors.ts';

test('a parametrization has its color whatever stands beside it', () => {
  expect(parametrizationColors(['mine', 'mup']).get('mup')).toBe(
    parametrizationColors(['sp', 'mup']).get('mup'),
  );
});

test('names of the user take colors that no table row has', () => {
  const colors = parametrizationColors(['sp', 'ntp', 'ip', 'mup', 'mine', 'yours']);
  expect(new Set(colors.values()).size).toBe(6);
});

test('SP with a constant rate is dotted, since it shares the color of SP', () => {
  const colors = parametrizationColors(['sp', 'sp-constant']);
  expect(colors.get('sp')).toBe(colors.get('sp-constant'));
  expect(parametrizationDash('sp-constant')).not.toEqual(parametrizationDash('sp'));
});

test.each([
  ['#d186167c', '#d18616'],
  ['rgba(209, 134, 22, 0.49)', 'rgb(209, 134, 22)'],
  ['#89d185', '#89d185'],
  ['rgb(1, 2, 3)', 'rgb(1, 2, 3)'],
])('%s is drawn as %s', (given, drawn) => {
  expect(opaque(given)).toBe(drawn);
});
