import { dirname, join } from 'node:path';
import { entryAt } from '../../files/entry-at.ts';
import { type ReadLimit, readFileOf } from '../../files/read-file.ts';
import { isWithin } from '../../files/real-path.ts';
import { type Misfit, misfitSentence } from '../../input/schema.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { type ConfigurationPlace, firstLine, lineAt, lineOfKey, wordAt } from './configuration-place.ts';
import type { ToolTables } from './tool-tables.ts';

/** The configuration that holds for a file, and the folder that its globs are relative to. */
export interface FoundConfiguration {
  readonly configuration: Configuration;
  /** Null where no file configures Widthwise. */
  readonly folder: string | null;
  /** The file that says each setting, an absolute path. */
  readonly origins: ReadonlyMap<string, string>;
  /** What keeps files from being used: it is as if they were not there. */
  readonly problems: readonly ConfigurationProblem[];
}

/** Something for which a file of configuration cannot be used. */
export interface ConfigurationProblem {
  /** An absolute path. */
  readonly file: string;
  /** One clause behind its name. */
  readonly why: string;
  readonly place: ConfigurationPlace;
}

/**
 * The configuration of the nearest folder above a file that has a widthwise.json or a pyproject.toml with a table
 * [tool.widthwise]. Where it has both, widthwise.json goes first. One that cannot be used ends the search as well.
 *
 * @param file an absolute path
 */
export async function findConfiguration(file: string, tables: ToolTables): Promise<FoundConfiguration> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const found = await configurationIn(folder, tables);
    if (found !== null) return found;
    if (folder === dirname(folder)) return NOTHING;
  }
}

/** The configuration that a folder has itself; null where the one of the folder above holds. */
export async function configurationIn(
  folder: string,
  tables: ToolTables,
): Promise<FoundConfiguration | null> {
  const [json, toml] = await Promise.all([readJson(folder), readPyproject(folder, tables)]);
  const problems = [json, toml].flatMap((read) => (read !== null && 'problems' in read ? read.problems : []));
  const usable = [toml, json].flatMap((read) => (read !== null && 'output' in read ? [read] : []));
  if (usable.length > 0) return { ...merged(usable), folder, problems };
  return problems.length > 0 ? { ...NOTHING, problems } : null;
}

/** Where no file configures Widthwise. */
export const NOTHING: FoundConfiguration = {
  configuration: {},
  folder: null,
  origins: new Map(),
  problems: [],
};

/** A file of configuration that can be used. */
interface UsableConfiguration {
  readonly file: string;
  readonly output: Configuration;
}

/** A file of configuration that cannot be used, with everything that keeps it from that. */
interface UnusableConfiguration {
  readonly problems: readonly ConfigurationProblem[];
}

type ReadConfiguration = UsableConfiguration | UnusableConfiguration | null;

/** The later of some files win, setting by setting. */
function merged(
  files: readonly UsableConfiguration[],
): Pick<FoundConfiguration, 'configuration' | 'origins'> {
  return {
    configuration: Object.assign({}, ...files.map(({ output }) => output)),
    origins: new Map(
      files.flatMap(({ file, output }) => Object.keys(output).map((key) => [key, file] as const)),
    ),
  };
}

async function readJson(folder: string): Promise<ReadConfiguration> {
  const file = join(folder, 'widthwise.json');
  const read = await readText(file);
  if (read === null || 'problems' in read) return read;
  const { text } = read;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const at = /at position (\d+)/.exec(message)?.[1];
    const place = at === undefined ? firstLine(text) : wordAt(text, Number(at));
    return because({ file, why: `is not valid JSON (${message})`, place });
  }
  const configuration = readConfiguration(withoutSchema(value));
  if ('output' in configuration) return { file, ...configuration };
  return misfitting(configuration.misfits, { file, text });
}

/** `$schema` says to an editor what completes and checks the file. */
function withoutSchema(value: unknown): unknown {
  if (!isTable(value) || Array.isArray(value)) return value;
  const { $schema: _, ...settings } = value;
  return settings;
}

async function readPyproject(folder: string, tables: ToolTables): Promise<ReadConfiguration> {
  const file = join(folder, 'pyproject.toml');
  const read = await readText(file);
  if (read === null || 'problems' in read) return read;
  const { text } = read;
  const tool = tables.of(text);
  if ('why' in tool) return because({ file, why: tool.why, place: lineAt(text, tool.line) });
  const { table } = tool;
  if (table === undefined) return null;
  const configuration = readConfiguration(table);
  if ('output' in configuration) return { file, ...configuration };
  return misfitting(configuration.misfits, { file, text, table: '[tool.widthwise]: ' });
}

interface ConfigurationText {
  /** An absolute path. */
  readonly file: string;
  readonly text: string;
  /** Of a file of several tools: how what is said of this one's table begins. */
  readonly table?: string;
}

function misfitting(
  misfits: readonly Misfit[],
  { file, text, table = '' }: ConfigurationText,
): UnusableConfiguration {
  const problems = misfits.map((misfit) => ({
    file,
    why: `cannot be used: ${table}${misfitSentence(misfit)}`,
    place: lineOfKey(text, misfit),
  }));
  return { problems };
}

function because(problem: ConfigurationProblem): UnusableConfiguration {
  return { problems: [problem] };
}

const LIMIT: ReadLimit = { bytes: 1_000_000, of: 'a configuration' };

/** Null for a file that is absent, or not ours to read: as if it were not there. */
async function readText(file: string): Promise<{ readonly text: string } | UnusableConfiguration | null> {
  if (await leadsOut(file)) {
    return because({ file, why: 'is a link out of the project, and is not followed', place: firstLine('') });
  }
  const read = await readFileOf(file, LIMIT);
  if ('bytes' in read) return { text: read.bytes.toString('utf8').replace(/^\uFEFF/, '') };
  return read.code === null ? because({ file, why: read.why, place: firstLine('') }) : null;
}

/** Whether a file is a link to what is outside of its repository, or of its folder where there is none. */
async function leadsOut(file: string): Promise<boolean> {
  const isLink = (await entryAt(file))?.isSymbolicLink() === true;
  return isLink && !(await isWithin(await projectOf(dirname(file)), file));
}

async function projectOf(folder: string): Promise<string> {
  for (let top = folder; ; top = dirname(top)) {
    if ((await entryAt(join(top, '.git'))) !== null) return top;
    if (top === dirname(top)) return folder;
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
