import { resolve, sep } from 'node:path';
import { expect, test } from 'vitest';
import { shownPath } from './shown-path.ts';

const HERE = resolve('here');

test.each([
  ['what lies below, from here', `${HERE}${sep}a.py`, 'a.py'],
  ['what lies below and is called like the folder above', `${HERE}${sep}..a.py`, '..a.py'],
  ['the folder itself, as it was given', '.', '.'],
  ['what lies elsewhere, as it was given', '../a.py', '../a.py'],
  ['what lies elsewhere, absolute as it was given', resolve('a.py'), resolve('a.py')],
])('shows %s', (_, path, shown) => {
  expect(shownPath(path, HERE)).toBe(shown);
});
