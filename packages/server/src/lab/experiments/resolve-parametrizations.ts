import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { displayLabel, PARAMETRIZATIONS, type Parametrization, parseParametrization } from '@widthwise/core';
import { UsageError } from '../../cli/command.ts';
import { didYouMean } from '../../input/did-you-mean.ts';

const FLAG = '--parametrizations';
const CUSTOM = 'abc:';

/**
 * The parametrizations of ids and `abc:FILE.json`, in the order given.
 *
 * @throws UsageError for an unknown id, a file that cannot be used, and two of one name
 */
export async function resolveParametrizations(
  ids: readonly string[],
  cwd: string,
): Promise<Parametrization[]> {
  if (ids.length === 0) throw new UsageError(`${FLAG}: expected at least one; ${whatExists()}`);
  const found = await Promise.all(ids.map((id) => resolveOne(id, cwd)));
  const taken = new Set<string>();
  for (const each of found) {
    const own = new Set([each.name, displayLabel(each)]);
    for (const name of own) {
      if (taken.has(name)) throw new UsageError(`${FLAG}: two are called '${name}'; give one another name`);
      taken.add(name);
    }
  }
  return found;
}

/** The file that `abc:FILE.json` names; null for an id of the table. */
export function customFile(id: string): string | null {
  return id.startsWith(CUSTOM) ? id.slice(CUSTOM.length) : null;
}

function resolveOne(id: string, cwd: string): Promise<Parametrization> {
  const file = customFile(id);
  if (file !== null) return readCustom(file, cwd);
  const known: Readonly<Record<string, Parametrization>> = PARAMETRIZATIONS;
  if (Object.hasOwn(known, id)) return Promise.resolve(known[id]!);
  throw new UsageError(
    `${FLAG}: '${id}' does not exist${didYouMean(id, Object.keys(known))}; ${whatExists()}`,
  );
}

async function readCustom(file: string, cwd: string): Promise<Parametrization> {
  const where = `${FLAG} ${CUSTOM}${file}`;
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`${where}: cannot read the file (${(error as NodeJS.ErrnoException).code})`);
  }
  let custom: Parametrization;
  try {
    custom = parseParametrization(JSON.parse(text), basename(file, '.json'));
  } catch (error) {
    const problem = error instanceof SyntaxError ? `not JSON: ${error.message}` : (error as Error).message;
    throw new UsageError(`${where}: ${problem}`);
  }
  if (custom.optimizer === 'sgd') return custom;
  throw new UsageError(`${where}: optimizer '${custom.optimizer}' cannot be trained here; 'sgd' can`);
}

function whatExists(): string {
  return `there are ${Object.keys(PARAMETRIZATIONS).join(', ')} and ${CUSTOM}FILE.json`;
}
