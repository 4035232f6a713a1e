import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse as parseToml, stringify } from 'smol-toml';
import { entryAt } from '../../files/entry-at.ts';
import { readFileOf } from '../../files/read-file.ts';
import { InputError } from '../../input/input-error.ts';
import type { Configuration } from './configuration.ts';

/** A file of configuration that is to be written. */
export interface NewConfiguration {
  /** An absolute path. */
  readonly file: string;
  /** The whole file. */
  readonly text: string;
  /** What of it is new. */
  readonly added: string;
}

/**
 * A configuration for a folder that has none: behind all that its pyproject.toml holds, else a widthwise.json.
 *
 * @throws InputError where the folder is configured, or its pyproject.toml cannot take a table
 */
export async function newConfiguration(folder: string, settings: Configuration): Promise<NewConfiguration> {
  const json = join(folder, 'widthwise.json');
  if ((await entryAt(json)) !== null) throw configured('widthwise.json');
  const toml = join(folder, 'pyproject.toml');
  if ((await entryAt(toml)) === null) {
    const text = `${JSON.stringify(settings, null, 2)}\n`;
    return { file: json, text, added: text };
  }
  const read = await readFileOf(toml, { bytes: 1_000_000, of: 'a configuration' });
  if ('why' in read) throw new InputError(null, `pyproject.toml ${read.why}`);
  const before = read.bytes.toString('utf8');
  const added = `[tool.widthwise]\n${stringify(settings as Record<string, unknown>)}\n`;
  return { file: toml, text: withTable(before, { added, settings, file: toml }), added };
}

/** A file with a table behind it, if that changes nothing of what stands there. */
function withTable(
  before: string,
  {
    added,
    settings,
    file,
  }: { readonly added: string; readonly settings: Configuration; readonly file: string },
): string {
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const gap = before === '' ? '' : /\n$/.test(before) ? end : `${end}${end}`;
  const text = `${before}${gap}${added.replaceAll('\n', end)}`;
  const standing = tablesOf(before);
  if (standing === null)
    throw new InputError(null, `${basename(file)} is not valid TOML, and is left as it is`);
  const { tool } = standing as { readonly tool?: Record<string, unknown> };
  if (tool?.['widthwise'] !== undefined) throw configured('pyproject.toml, in [tool.widthwise]');
  const expected = { ...standing, tool: { ...tool, widthwise: settings } };
  if (!isDeepStrictEqual(plain(tablesOf(text)), plain(expected))) {
    throw new InputError(
      null,
      `${basename(file)} cannot take a table [tool.widthwise], and is left as it is`,
    );
  }
  return text;
}

function tablesOf(text: string): Record<string, unknown> | null {
  try {
    return parseToml(text.replace(/^\uFEFF/, ''));
  } catch {
    // What is wrong with it is said by whoever reads it.
    return null;
  }
}

/** Without prototypes, which parsed tables and written ones have not in common. */
function plain(value: unknown): unknown {
  return value === null
    ? null
    : JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one)));
}

function configured(where: string): InputError {
  return new InputError(null, `the folder is configured already, by its ${where}; nothing is written`);
}
