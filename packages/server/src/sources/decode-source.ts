import { quoted } from '@widthwise/core';

/** The text of a source file, or why it has none: one clause behind the file's name. */
export type Source = { readonly text: string } | { readonly why: string };

/**
 * Decodes Python source as Python does: UTF-8, or what a comment in the first two lines declares. Bytes that are no
 * UTF-8 though none other is declared become U+FFFD, one a sequence: the code around them can be read all the same.
 *
 * @see PEP 263
 */
export function decodeSource(bytes: Uint8Array): Source {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) {
    return { why: 'is UTF-16, which Python does not run either: save it as UTF-8' };
  }
  if (bytes.includes(0)) return { why: 'holds NUL bytes: it is binary, or UTF-16' };
  const declared = declaredEncoding(bytes);
  const decoder = declared === undefined ? new TextDecoder() : decoderOf(declared);
  if (decoder !== undefined) return { text: decoder.decode(bytes) };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { why: `is in the encoding ${quoted(declared ?? '')}, which is not read: save it as UTF-8` };
  }
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

const DECLARATION = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK = /^[ \t\f]*(?:#.*)?$/;
/** Far longer than two lines with a declaration are. */
const HEAD = 1000;

/** What a comment in the first line declares, or in the second where the first holds no code. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const utf8 = startsWith(bytes, [0xef, 0xbb, 0xbf]);
  if (utf8) return undefined;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD));
  const [first = '', second = ''] = head.split(/\r\n|\r|\n/);
  return DECLARATION.exec(first)?.[1] ?? (BLANK.test(first) ? DECLARATION.exec(second)?.[1] : undefined);
}

/** Python's names for what the Encoding Standard calls otherwise; `_` is `-` in both. */
const LABELS: readonly (readonly [RegExp, string])[] = [
  [/^utf-?8(?:-sig|-unix|-dos|-mac)?$|^u8$|^cp65001$/, 'utf-8'],
  [/^latin-?1(?:-.*)?$|^l1$|^8859$|^cp819$/, 'latin1'],
  [/^iso-?8859-?(\d+)(?:-.*)?$/, 'iso-8859-$1'],
  [/^latin-?9$/, 'iso-8859-15'],
  [/^cp-?(125\d)$/, 'windows-$1'],
  [/^(?:cp|ms)-?932$|^s-?jis$/, 'shift_jis'],
  [/^(?:cp|ms)-?936$/, 'gbk'],
  [/^(?:cp|ms)-?949$|^uhc$/, 'euc-kr'],
  [/^(?:cp|ms)-?950$/, 'big5'],
  [/^cp-?866$/, 'ibm866'],
  [/^mac-?roman$/, 'macintosh'],
];

function decoderOf(declared: string): InstanceType<typeof TextDecoder> | undefined {
  const name = declared.toLowerCase().replaceAll('_', '-');
  const [pattern, label] = LABELS.find(([known]) => known.test(name)) ?? [/^/, ''];
  try {
    return new TextDecoder(label === '' ? name : name.replace(pattern, label));
  } catch {
    // A name that the Encoding Standard does not have.
    return undefined;
  }
}
