import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TextEdit } from '../finding.ts';
import { edited, editsInTurn } from './text-edits.ts';

/** Edits of a text so long, in order and apart. */
const editsOf = (length: number): fc.Arbitrary<readonly TextEdit[]> =>
  fc
    .tuple(
      fc.uniqueArray(fc.nat(length), { maxLength: 8 }),
      fc.array(fc.string({ maxLength: 3 }), { minLength: 4, maxLength: 4 }),
    )
    .map(([places, texts]) => {
      const inOrder = [...places].sort((one, other) => one - other);
      return texts.flatMap((text, at) => {
        const [start, end] = inOrder.slice(2 * at, 2 * at + 2);
        return start === undefined || end === undefined ? [] : [{ span: { start, end }, text }];
      });
    });

test('edits of a text and edits of what they make are together edits of the text', () => {
  fc.assert(
    fc.property(
      fc
        .string({ maxLength: 30 })
        .chain((text) =>
          editsOf(text.length).chain((first) =>
            editsOf(edited(text, first).length).map((second) => ({ text, first, second })),
          ),
        ),
      ({ text, first, second }) => {
        const both = editsInTurn(text.length, first, second);
        expect(edited(text, both)).toBe(edited(edited(text, first), second));
        expect(both.every(({ span }, at) => span.start >= (both[at - 1]?.span.end ?? 0))).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
