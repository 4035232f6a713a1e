import { expect, test } from 'vitest';
import { factorText } from './factor-text.ts';

const factor = (base: string, from: 'setting' | 'calls' | 'default' = 'default') => ({
  text: `(${base} / width)`,
  ratio: `${base} / width`,
  base,
  width: 'width',
  from,
  declares: null,
});

test('a base width that is a number of the file is told as one that somebody may have replaced', () => {
  expect(factorText(1, factor('4_096'))).toBe(
    'a factor `(4_096 / width)` leaves it as it is at `width = 4_096`, the number that the code gives it unless it is told another',
  );
  expect(factorText(1, factor('256', 'calls'))).toContain(
    '`width = 256`, the number that the code makes it with',
  );
  expect(factorText(1, factor('192', 'setting'))).toContain('`width = 192`, the base width of the settings');
  expect(factorText(1, factor('base_width'))).toBe(
    'a factor `(base_width / width)` leaves it as it is at `width = base_width`',
  );
});
