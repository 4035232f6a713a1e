import { createHash } from 'node:crypto';
import { parse as parseToml, TomlError } from 'smol-toml';

/** What a pyproject.toml has as [tool.widthwise], undefined where it has none; or why it is not known. */
export type ToolTable = { readonly table: unknown } | { readonly why: string; readonly line: number };

/** TOML takes a second a megabyte to parse, and who parses it answers nobody meanwhile. */
const MOST_CHARACTERS = 100_000;
const MOST_KEPT = 1000;

/** The tables of many texts, each parsed once: an editor asks at every keystroke. */
export class ToolTables {
  readonly #byDigest = new Map<string, ToolTable>();

  of(text: string): ToolTable {
    if (text.length > MOST_CHARACTERS) return text.includes('widthwise') ? TOO_LONG : NONE;
    const digest = createHash('sha256').update(text).digest('base64');
    const table = this.#byDigest.get(digest) ?? toolTable(text);
    if (this.#byDigest.size >= MOST_KEPT) this.#byDigest.clear();
    this.#byDigest.set(digest, table);
    return table;
  }
}

const NONE: ToolTable = { table: undefined };
const TOO_LONG: ToolTable = {
  why: `is longer than ${MOST_CHARACTERS / 1000} kB, the most of TOML that is read; widthwise.json may hold the settings`,
  line: 1,
};

function toolTable(text: string): ToolTable {
  try {
    const { tool } = parseToml(text);
    return isTable(tool) ? { table: tool['widthwise'] } : NONE;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column } = error;
    return { why: `is not valid TOML (line ${line}, column ${column})`, line };
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
