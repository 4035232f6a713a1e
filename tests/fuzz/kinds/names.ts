import { EVIL_NAMES } from '@widthwise/core/testing';
import fc from 'fast-check';
import type { Kind } from '../harness/kind.ts';

/** What stands well alone and may do something beside another. */
const JOINTS = [
  '`',
  '|',
  '\\',
  '*',
  '_',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  ' ',
  '<!--',
  ']]>',
  '%s',
  '{0}',
  '"""',
  '.weight',
];

const PIECE = fc.constantFrom(...EVIL_NAMES, ...JOINTS);

const NAME = fc.oneof(
  PIECE,
  fc.array(PIECE, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join('')),
  fc
    .array(fc.oneof(PIECE, fc.string({ maxLength: 6 })), { minLength: 1, maxLength: 8 })
    .map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(...JOINTS).map((joint) => joint.repeat(2000)),
);

/** Names of layers that mean something to Markdown, HTML, terminals or JavaScript. */
export const names: Kind = {
  name: 'names',
  summary:
    'names of layers that Markdown, HTML and terminals would take for more, through hover, explain and lint',
  judge: 'names',
  counts: { short: 8, usual: 200, long: 1000 },
  together: 1,
  timeoutMs: 90_000,
  inputs: () => ({
    named: [{ name: 'all evil names in one model', make: () => ({ names: EVIL_NAMES }) }],
    drawn: fc.record({ names: fc.array(NAME, { minLength: 1, maxLength: 5 }) }),
  }),
};
