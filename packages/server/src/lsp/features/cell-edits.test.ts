import type { TextEdit } from '@widthwise/analysis';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cellEdits } from './cell-edits.ts';

/** Edits of cells that are read as one text, as the cells that they make; undefined where they cannot be made. */
function made(cells: readonly string[], edits: readonly TextEdit[]): readonly string[] | undefined {
  let start = 0;
  const places = cells.map((text, index) => {
    const cell = TextDocument.create(`cell:${index}`, 'python', index + 7, text);
    const span = { start, end: start + text.length };
    start = span.end + 1;
    return { cell, span };
  });
  const changes = cellEdits(places, edits);
  return (
    changes &&
    places.map(({ cell }) => {
      const own = changes.filter(({ textDocument: { uri } }) => uri === cell.uri);
      expect(own.every(({ textDocument: { version } }) => version === cell.version)).toBe(true);
      return TextDocument.applyEdits(cell, own.flatMap((change) => change.edits) as never);
    })
  );
}

const at = (start: number, end: number, text: string): TextEdit => ({ span: { start, end }, text });

test('each edit is of the cell that it lies in, up to its end', () => {
  expect(made(['a = 1', 'b = 2'], [at(5, 5, '\nc = 3'), at(10, 11, '4')])).toEqual(['a = 1\nc = 3', 'b = 4']);
  expect(made(['a = 1', 'b = 2'], [at(6, 6, 'c = 3\n')])).toEqual(['a = 1', 'c = 3\nb = 2']);
});

test('an edit over the border of two cells is none, nor is any that was to go with it', () => {
  expect(made(['a = 1', 'b = 2'], [at(0, 1, 'd'), at(4, 7, 'c')])).toBe(undefined);
});

test.each([
  ['replaced', '%pip install x\na = 1', at(0, 21, 'a = 2')],
  ['pushed from the top', '%%time\na = 1', at(0, 0, 'b = 2\n')],
  ['given Python', '%%bash\nls', at(9, 9, '\nb = 2')],
  ['made of Python', 'a = 1', at(0, 0, '%%bash\n')],
])('a magic is not %s', (_what, text, edit) => {
  expect(made([text], [edit])).toBe(undefined);
});

test('beside a magic is room', () => {
  expect(made(['%pip install x\na = 1'], [at(0, 0, '# widthwise: off[MUP101]\n')])).toEqual([
    '# widthwise: off[MUP101]\n%pip install x\na = 1',
  ]);
  expect(made(['%%time\na = 1'], [at(7, 12, 'a = 2')])).toEqual(['%%time\na = 2']);
});
