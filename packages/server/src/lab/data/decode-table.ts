import { isUtf8 } from 'node:buffer';

/**
 * The text of a table: UTF-8, or UTF-16 as spreadsheets save it, with a byte order mark or known by its zero bytes. What
 * is neither is Windows-1252, where every byte is a character: so classes of different names stay different.
 *
 * @returns null for what is no text
 */
export function decodeTable(bytes: Uint8Array): string | null {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  return text.includes('\0') ? null : text;
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Numbers, separators and line ends have one byte of zero each.
  if (first !== 0 && second === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && bytes.length > 1) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}
