import fc from 'fast-check';
import type { Kind } from '../harness/kind.ts';

/** Pieces that mean something to some reader of names. */
const PIECES = [
  ...[
    '![x](https://evil.example/p.png)',
    '[go](command:workbench.action.terminal.new)',
    '[ref]: https://evil.example',
  ],
  ...[
    '<img src=https://evil.example/x.png>',
    '</code><script>alert(1)</script>',
    '<https://evil.example>',
    '<!--',
    ']]>',
  ],
  ...[
    'https://evil.example',
    'www.evil.example',
    'someone@evil.example',
    'javascript:alert(1)',
    '&lt;',
    '&#x60;',
  ],
  ...[
    '`',
    '``',
    '```',
    '~~~',
    '|',
    '\\',
    '\\|',
    '*',
    '**',
    '_',
    '#',
    '- ',
    '> ',
    '1. ',
    '===',
    '$x$',
    '$(command)',
    ':smile:',
  ],
  ...[
    '\n',
    '\n\n',
    '\r\n',
    '\t',
    '    ',
    ' ',
    '\u001b[2J',
    '\u001b]8;;https://evil.example\u0007',
    '\u0007',
    '\b',
    '\u007f',
    '\u009b31m',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u2028',
    '\u00ad',
    '\u{e0041}',
    '\ud800',
    '\udc00',
    '漢字',
    'e\u0301',
    '🦜',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '%s',
    '%n',
    '{0}',
    "'",
    '"',
    '"""',
    '::error::',
    'weight',
    '.',
    '*.weight',
  ],
];

const NAME = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join('')),
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), { minLength: 1, maxLength: 8 })
    .map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(...PIECES).map((piece) => piece.repeat(2000)),
);

/** Names of layers that mean something to Markdown, HTML, terminals or JavaScript. */
export const names: Kind = {
  name: 'names',
  summary:
    'names of layers that Markdown, HTML and terminals would take for more, through hover, explain and lint',
  judge: 'names',
  counts: { short: 8, usual: 200, long: 1000 },
  together: 1,
  timeoutMs: 40_000,
  inputs: () => ({ named: [], drawn: fc.record({ names: fc.array(NAME, { minLength: 1, maxLength: 5 }) }) }),
};
