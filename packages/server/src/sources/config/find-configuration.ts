import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse as parseToml, TomlError } from 'smol-toml';
import { type Configuration, ConfigurationError, parseConfiguration } from './configuration.ts';

/** The configuration that holds for a file, and the folder that its globs are relative to. */
export interface FoundConfiguration {
  readonly configuration: Configuration;
  /** Null where no file configures Widthwise. */
  readonly folder: string | null;
}

/**
 * The configuration of the nearest folder above a file that has a widthwise.json or a pyproject.toml with a table
 * [tool.widthwise]. Where it has both, widthwise.json goes first.
 *
 * @param file an absolute path
 * @throws ConfigurationError one sentence that names the file and key
 */
export async function findConfiguration(file: string): Promise<FoundConfiguration> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const [json, toml] = await Promise.all([readJson(folder), readPyproject(folder)]);
    if (json !== null || toml !== null) return { configuration: { ...toml, ...json }, folder };
    if (folder === dirname(folder)) return { configuration: {}, folder: null };
  }
}

async function readJson(folder: string): Promise<Configuration | null> {
  const file = join(folder, 'widthwise.json');
  const text = await readIfThere(file);
  if (text === null) return null;
  try {
    return parseConfiguration(withoutSchema(JSON.parse(text)), file);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigurationError(`${file}: not valid JSON (${error.message})`);
  }
}

/** `$schema` says to an editor what completes and checks the file. */
function withoutSchema(value: unknown): unknown {
  if (!isTable(value) || Array.isArray(value)) return value;
  const { $schema: _, ...settings } = value;
  return settings;
}

async function readPyproject(folder: string): Promise<Configuration | null> {
  const file = join(folder, 'pyproject.toml');
  const text = await readIfThere(file);
  if (text === null) return null;
  try {
    const { tool } = parseToml(text);
    const table = isTable(tool) ? tool['widthwise'] : undefined;
    return table === undefined ? null : parseConfiguration(table, `${file}: [tool.widthwise]`);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new ConfigurationError(`${file}: not valid TOML (line ${error.line}, column ${error.column})`);
  }
}

/** A configuration is small; anything larger than this is none, and is not read into memory as one. */
const MAX_BYTES = 1_000_000;

async function readIfThere(file: string): Promise<string | null> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > MAX_BYTES) throw new ConfigurationError(`${file}: larger than a configuration can be`);
    return bytes.toString('utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    // Absent, a folder, or not ours to read: as if it were not there.
    return null;
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
