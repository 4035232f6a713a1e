import { describe, expect, test } from 'vitest';
import { decodeSource } from './decode-source.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

/** The bytes are those of Python's `str.encode`. */
describe('the declared encoding is that of the text', () => {
  test.each([
    ['latin-1', [0xe9], 'é'],
    ['iso-8859-1', [0xdf], 'ß'],
    ['iso_8859_15', [0xa4], '€'],
    ['iso8859-15', [0xa4], '€'],
    ['cp1252', [0x80], '€'],
    ['cp1251', [0xd8, 0xe8, 0xf0], 'Шир'],
    ['koi8_r', [0xfb, 0xc9, 0xd2], 'Шир'],
    ['gbk', [0xbf, 0xed, 0xb6, 0xc8], '宽度'],
    ['gb2312', [0xbf, 0xed, 0xb6, 0xc8], '宽度'],
    ['cp936', [0xbf, 0xed, 0xb6, 0xc8], '宽度'],
    ['big5', [0xbc, 0x65, 0xab, 0xd7], '寬度'],
    ['shift_jis', [0x95, 0x9d], '幅'],
    ['cp932', [0x95, 0x9d], '幅'],
    ['euc_jp', [0xc9, 0xfd], '幅'],
    ['cp949', [0xb3, 0xca, 0xba, 0xf1], '너비'],
    ['utf-8', [0xc3, 0xa9], 'é'],
    ['utf8', [0xc3, 0xa9], 'é'],
    ['utf-8-sig', [0xc3, 0xa9], 'é'],
    ['UTF_8', [0xc3, 0xa9], 'é'],
  ])('%s', (encoding, encoded, text) => {
    const head = `# -*- coding: ${encoding} -*-\nname = "`;
    expect(decodeSource(bytes(head, encoded, '"\n'))).toEqual({ text: `${head}${text}"\n` });
  });
});

const E_ACUTE = [0xe9];

test.each([
  ['#!/usr/bin/env python\n# vim: set fileencoding=latin-1 :\n', 'é'],
  ['# coding=latin-1\r', 'é'],
  ['import torch\n# coding: latin-1\n', '\uFFFD'],
  ['\n\n# coding: latin-1\n', '\uFFFD'],
  ['# the encoding of this file\n', '\uFFFD'],
  ['', '\uFFFD'],
])('it is declared by a comment in the first two lines, before any code: %j', (head, text) => {
  expect(decodeSource(bytes(head, E_ACUTE))).toEqual({ text: head + text });
});

test('a byte order mark is not of the text, and says UTF-8 whatever else is said', () => {
  const text = '# coding: latin-1\né';
  expect(decodeSource(Buffer.from(`\uFEFF${text}`))).toEqual({ text });
});

test.each([
  ['UTF-16', Buffer.from('\uFEFFimport torch', 'utf16le'), /^is UTF-16/],
  ['UTF-16, high byte first', bytes([0xfe, 0xff, 0, 0x69]), /^is UTF-16/],
  ['UTF-16 without a mark', Buffer.from('import torch', 'utf16le'), /^holds NUL bytes/],
  ['a binary', bytes('import torch', [0]), /^holds NUL bytes/],
  ['an encoding that is not known', bytes('# coding: cp437\n', [0x82]), /^is in the encoding 'cp437'/],
])('%s is not read, and why is said', (_, source, why) => {
  expect(decodeSource(source)).toEqual({ why: expect.stringMatching(why) });
});

test('an encoding that is not known does not matter to a text that is ASCII', () => {
  expect(decodeSource(bytes('# coding: uft8\nx = 1\n'))).toEqual({ text: '# coding: uft8\nx = 1\n' });
});
