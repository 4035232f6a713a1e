import { expect, test } from 'vitest';
import { knownLanguage } from './language.ts';

test('the language of a machine without a locale, at which Intl throws, is English', () => {
  expect(() => new Intl.NumberFormat('en-US@posix')).toThrow(RangeError);
  expect(new Intl.NumberFormat(knownLanguage('en-US@posix')).format(1234.5)).toBe('1,234.5');
});

test('a language that Intl knows stays', () => {
  expect(knownLanguage('de-CH')).toBe('de-CH');
});
