import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { TextEdit } from '@widthwise/analysis';
import { parse as parseToml, TomlError } from 'smol-toml';
import { entryAt } from '../../files/entry-at.ts';
import { readFileOf } from '../../files/read-file.ts';
import type { Configuration } from './configuration.ts';
import type { FoundConfiguration } from './find-configuration.ts';

/** An edit of a project's configuration. */
export interface ConfigurationEdit {
  /** An absolute path. */
  readonly file: string;
  /** What stands there; null for a file that is to be made. */
  readonly text: string | null;
  readonly edit: TextEdit;
}

/** A setting of a project, or an entry of one that is a table. */
export interface ProjectSetting {
  readonly table: string | null;
  readonly key: string;
  readonly value: string;
}

export function ruleIsOff(code: string): ProjectSetting {
  return { table: 'rules', key: code, value: 'off' };
}

/**
 * Says a setting where a project says it, or its table, else where it says anything, else in its pyproject.toml,
 * else in a new widthwise.json; null where no small edit of the file does that and nothing else.
 *
 * @param root the folder of a project that has no configuration
 */
export async function projectSetting(
  setting: ProjectSetting,
  project: FoundConfiguration,
  root: string,
): Promise<ConfigurationEdit | null> {
  if (project.problems.length > 0) return null;
  const file = await fileFor(setting, project, root);
  if (file === null) {
    const text = `${JSON.stringify(withSetting({}, setting), null, 2)}\n`;
    return { file: join(root, 'widthwise.json'), text: null, edit: { span: { start: 0, end: 0 }, text } };
  }
  const read = await readFileOf(file, { bytes: 1_000_000, of: 'a configuration' });
  if ('why' in read) return null;
  // An editor's text has no byte-order mark.
  const text = read.bytes.toString('utf8').replace(/^\uFEFF/, '');
  const edit = file.endsWith('.json')
    ? provenEdit(text, setting, { parse: JSON.parse, read: (all) => all, edits: jsonEdits })
    : provenEdit(text, setting, { parse: parseToml, read: toolTable, edits: tomlEdits });
  return edit && { file, text, edit };
}

async function fileFor(
  { table, key }: ProjectSetting,
  { origins, folder }: FoundConfiguration,
  root: string,
): Promise<string | null> {
  const name = (table ?? key) as keyof Configuration;
  const said = origins.get(name) ?? [...origins.values()].find((file) => file.endsWith('.json'));
  if (said !== undefined) return said;
  for (const one of ['widthwise.json', 'pyproject.toml']) {
    const file = join(folder ?? root, one);
    if ((await entryAt(file)) !== null) return file;
  }
  return null;
}

interface Language {
  parse(text: string): unknown;
  /** The table of settings among all that the file says. */
  read(all: Table): Table;
  /** Edits of which one may do it. */
  edits(text: string, setting: ProjectSetting): readonly TextEdit[];
}

type Table = Record<string, unknown>;

/** The first of some edits after which the file says what it said, and the setting. */
function provenEdit(
  text: string,
  setting: ProjectSetting,
  { parse, read, edits }: Language,
): TextEdit | null {
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
  withSetting(read(before), setting);
  const proven = edits(text, setting).find(({ span, text: added }) =>
    isDeepStrictEqual(settings(text.slice(0, span.start) + added + text.slice(span.end)), before),
  );
  return proven ?? null;
}

/** Says a setting in a table, which it changes. */
function withSetting(settings: Table, { table, key, value }: ProjectSetting): Table {
  const target = table === null ? settings : tableIn(settings, table);
  target[key] = value;
  return settings;
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

function jsonEdits(text: string, { table, key, value }: ProjectSetting): readonly TextEdit[] {
  const entry = `"${key}": "${value}"`;
  const whole = table === null ? entry : `"${table}": { ${entry} }`;
  const line = lineEndOf(text);
  return [
    ...replacing(text, new RegExp(`"${key}"\\s*:\\s*"[\\w-]+"`, 'g'), entry),
    ...(table === null
      ? []
      : behind(text, new RegExp(`"${table}"\\s*:\\s*\\{`, 'g'), [` ${entry},`, ` ${entry} `])),
    ...behind(text, /^\s*\{/g, [`${line}  ${whole},`, `${line}  ${whole}${line}`]),
  ];
}

function tomlEdits(text: string, { table, key, value }: ProjectSetting): readonly TextEdit[] {
  const entry = `${key} = "${value}"`;
  const line = lineEndOf(text);
  const end = text === '' || /[\r\n]$/.test(text) ? '' : line;
  const whole = table === null ? entry : `${table} = { ${entry} }`;
  const made = `${end}${text === '' ? '' : line}[tool.widthwise]${line}${whole}${line}`;
  return [
    ...replacing(text, new RegExp(`"?${key}"?[ \\t]*=[ \\t]*["'][\\w-]+["']`, 'g'), entry),
    ...(table === null
      ? []
      : [
          ...behind(text, new RegExp(`^\\[tool\\.widthwise\\.${table}\\][^\\r\\n]*`, 'gm'), [
            `${line}${entry}`,
          ]),
          ...behind(text, new RegExp(`^${table}[ \\t]*=[ \\t]*\\{`, 'gm'), [` ${entry},`, ` ${entry} `]),
        ]),
    ...behind(text, /^\[tool\.widthwise\][^\r\n]*/gm, [`${line}${whole}`]),
    { span: { start: text.length, end: text.length }, text: made },
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
