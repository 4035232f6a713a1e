import { lineIndex } from '@widthwise/analysis';
import type { Misfit } from '../../input/schema.ts';

/** A stretch of one line of a configuration, counted from 0 in UTF-16 units. */
export interface ConfigurationPlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Where a whole file is meant. */
export function firstLine(text: string): ConfigurationPlace {
  return lineAt(text, 1);
}

/** @param line counted from 1 */
export function lineAt(text: string, line: number): ConfigurationPlace {
  const code = lineIndex(text).textOf(line);
  return { line: line - 1, start: code.length - code.trimStart().length, end: code.length };
}

/** From an offset to the end of what is one word there. */
export function wordAt(text: string, offset: number): ConfigurationPlace {
  const { line, column } = lineIndex(text).placeOf(offset);
  const length = /^\w+/.exec(text.slice(offset, offset + 100))?.[0].length ?? 1;
  return { line: line - 1, start: column - 1, end: column - 1 + length };
}

/** The line with the key that a misfit is of, in JSON or TOML: where it is written first, behind what it belongs to. */
export function lineOfKey(text: string, { keys }: Misfit): ConfigurationPlace {
  let from = Math.max(0, text.search(/^\[tool\.widthwise/m));
  for (const key of keys) {
    const found = text.indexOf(key, from);
    if (found < 0) break;
    from = found;
  }
  return keys.length === 0 ? firstLine(text) : lineAt(text, lineIndex(text).placeOf(from).line);
}
