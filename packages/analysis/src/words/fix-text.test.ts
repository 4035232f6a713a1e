import { expect, test } from 'vitest';
import type { Fix } from '../finding.ts';
import { fixText, unmadeText } from './fix-text.ts';

const FIX: Fix = { text: 'Make it smaller.', safety: 'identical-at-base', edits: [] };
const EDIT = { span: { start: 0, end: 0 }, text: 'x' };

test('a fix without edits says why, where there might have been some', () => {
  expect(fixText({ ...FIX, why: 'the width has no name' })).toBe(
    'Make it smaller. No edit: the width has no name.',
  );
  expect(fixText(FIX)).toBe('Make it smaller.');
  expect(fixText({ ...FIX, edits: [EDIT] })).toBe('Make it smaller.');
});

test('every fix without edits has a reason, and none with edits', () => {
  expect(unmadeText({ ...FIX, why: 'the width has no name' })).toBe('the width has no name');
  expect(unmadeText(FIX)).toBe('no edits are written for fixes of this kind');
  expect(unmadeText({ ...FIX, safety: 'needs-decision' })).toBe('it hangs on what only its author knows');
  expect(unmadeText({ ...FIX, edits: [EDIT] })).toBe(null);
});
