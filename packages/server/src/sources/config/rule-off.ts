import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { TextEdit } from '@widthwise/analysis';
import { parse as parseToml, TomlError } from 'smol-toml';
import { entryAt } from '../../files/entry-at.ts';
import { readFileOf } from '../../files/read-file.ts';
import type { FoundConfiguration } from './find-configuration.ts';

/** What writes into a project's configuration that a rule is off. */
export interface RuleOff {
  /** An absolute path. */
  readonly file: string;
  /** What stands there; null for a file that is to be made. */
  readonly text: string | null;
  readonly edit: TextEdit;
}

/**
 * Switches a rule off where a project says its severities, else where it says anything, else in its pyproject.toml,
 * else in a new widthwise.json; null where no small edit of the file does that and nothing else.
 *
 * @param root the folder of a project that has no configuration
 */
export async function ruleOff(
  code: string,
  project: FoundConfiguration,
  root: string,
): Promise<RuleOff | null> {
  if (project.problems.length > 0) return null;
  const file = await fileFor(project, root);
  if (file === null) {
    const text = `${JSON.stringify({ rules: { [code]: 'off' } }, null, 2)}\n`;
    return { file: join(root, 'widthwise.json'), text: null, edit: { span: { start: 0, end: 0 }, text } };
  }
  const read = await readFileOf(file, { bytes: 1_000_000, of: 'a configuration' });
  if ('why' in read) return null;
  // An editor's text has no byte-order mark.
  const text = read.bytes.toString('utf8').replace(/^\uFEFF/, '');
  const edit = file.endsWith('.json')
    ? provenEdit(text, { code, parse: JSON.parse, read: (all) => all, edits: jsonEdits })
    : provenEdit(text, { code, parse: parseToml, read: toolTable, edits: tomlEdits });
  return edit && { file, text, edit };
}

async function fileFor({ origins, folder }: FoundConfiguration, root: string): Promise<string | null> {
  const said = origins.get('rules') ?? [...origins.values()].find((file) => file.endsWith('.json'));
  if (said !== undefined) return said;
  for (const name of ['widthwise.json', 'pyproject.toml']) {
    const file = join(folder ?? root, name);
    if ((await entryAt(file)) !== null) return file;
  }
  return null;
}

interface Language {
  readonly code: string;
  parse(text: string): unknown;
  /** The table of settings among all that the file says. */
  read(all: Table): Table;
  /** Edits of which one may do it. */
  edits(text: string, code: string): readonly TextEdit[];
}

type Table = Record<string, unknown>;

/** The first of some edits after which the file says what it said, and that the rule is off. */
function provenEdit(text: string, { code, parse, read, edits }: Language): TextEdit | null {
  const settings = (of: string): Table | null => {
    try {
      return plain(parse(of)) as Table;
    } catch (error) {
      // An edit that does not fit makes no file of its language.
      if (error instanceof SyntaxError || error instanceof TomlError) return null;
      throw error;
    }
  };
  const before = settings(text);
  if (before === null) return null;
  const table = read(before);
  table['rules'] = { ...(table['rules'] as Table | undefined), [code]: 'off' };
  const proven = edits(text, code).find(({ span, text: added }) =>
    isDeepStrictEqual(settings(text.slice(0, span.start) + added + text.slice(span.end)), before),
  );
  return proven ?? null;
}

/** The table of a pyproject.toml, which is made where there is none. */
function toolTable(all: Table): Table {
  const tool = tableIn(all, 'tool');
  return tableIn(tool, 'widthwise');
}

function tableIn(table: Table, key: string): Table {
  const inner = (table[key] ?? {}) as Table;
  table[key] = inner;
  return inner;
}

function jsonEdits(text: string, code: string): readonly TextEdit[] {
  const entry = `"${code}": "off"`;
  const table = `"rules": { ${entry} }`;
  const line = lineEndOf(text);
  return [
    ...replacing(text, new RegExp(`"${code}"\\s*:\\s*"\\w+"`, 'g'), entry),
    ...behind(text, /"rules"\s*:\s*\{/g, [` ${entry},`, ` ${entry} `]),
    ...behind(text, /^\s*\{/g, [`${line}  ${table},`, `${line}  ${table}${line}`]),
  ];
}

function tomlEdits(text: string, code: string): readonly TextEdit[] {
  const entry = `${code} = "off"`;
  const line = lineEndOf(text);
  const end = text === '' || /[\r\n]$/.test(text) ? '' : line;
  const table = `${end}${text === '' ? '' : line}[tool.widthwise]${line}rules = { ${entry} }${line}`;
  return [
    ...replacing(text, new RegExp(`"?${code}"?[ \\t]*=[ \\t]*["']\\w+["']`, 'g'), entry),
    ...behind(text, /^\[tool\.widthwise\.rules\][^\r\n]*/gm, [`${line}${entry}`]),
    ...behind(text, /^rules[ \t]*=[ \t]*\{/gm, [` ${entry},`, ` ${entry} `]),
    ...behind(text, /^\[tool\.widthwise\][^\r\n]*/gm, [`${line}rules = { ${entry} }`]),
    { span: { start: text.length, end: text.length }, text: table },
  ];
}

function replacing(text: string, what: RegExp, by: string): readonly TextEdit[] {
  return [...text.matchAll(what)].map(({ index, 0: found }) => ({
    span: { start: index, end: index + found.length },
    text: by,
  }));
}

/** Each of some texts behind each place. */
function behind(text: string, what: RegExp, added: readonly string[]): readonly TextEdit[] {
  return [...text.matchAll(what)].flatMap(({ index, 0: found }) => {
    const at = index + found.length;
    return added.map((one) => ({ span: { start: at, end: at }, text: one }));
  });
}

function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Without prototypes, which parsed tables and written ones have not in common. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one)));
}
