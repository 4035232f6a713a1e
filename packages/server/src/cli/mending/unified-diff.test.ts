import { describe, expect, test } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

const lines = (count: number): string => Array.from({ length: count }, (_, at) => `${at + 1}\n`).join('');
const insertAt = (at: number, what: string) => {
  return { span: { start: at, end: at }, text: what };
};

describe('a diff', () => {
  test('has three lines around what changes, and hunks that count', () => {
    const text = lines(30);
    const [second, far] = [text.indexOf('2\n') + 1, text.indexOf('25\n') + 2];
    expect(unifiedDiff('a.py', text, [insertAt(second, ' * f'), insertAt(far, 'x')])).toBe(
      '--- a.py\n+++ a.py\n@@ -1,5 +1,5 @@\n 1\n-2\n+2 * f\n 3\n 4\n 5\n' +
        '@@ -22,7 +22,7 @@\n 22\n 23\n 24\n-25\n+25x\n 26\n 27\n 28\n',
    );
  });

  test('joins changes that are near, and adds whole lines', () => {
    const text = lines(8);
    const edits = [insertAt(text.indexOf('2\n'), 'new\n'), insertAt(text.indexOf('6\n') + 1, '!')];
    expect(unifiedDiff('a.py', text, edits)).toBe(
      '--- a.py\n+++ a.py\n@@ -1,8 +1,9 @@\n 1\n+new\n 2\n 3\n 4\n 5\n-6\n+6!\n 7\n 8\n',
    );
  });

  test('keeps CRLF, and says where no line ends the file', () => {
    expect(unifiedDiff('a.py', 'a\r\nb', [insertAt(4, 'c')])).toBe(
      '--- a.py\n+++ a.py\n@@ -1,2 +1,2 @@\n a\r\n-b\n\\ No newline at end of file\n+bc\n\\ No newline at end of file\n',
    );
  });
});
