import { expect, test } from 'vitest';
import { kindsOnPage } from './harness/reliability-page.ts';
import { KINDS } from './kinds/kinds.ts';

test('docs/reliability.md has the totals of every kind, in their order', () => {
  expect(kindsOnPage()).toEqual(KINDS.map(({ name }) => name));
});
