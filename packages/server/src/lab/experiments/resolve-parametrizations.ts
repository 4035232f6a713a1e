import { basename, resolve } from 'node:path';
import { didYouMean, displayLabel, PARAMETRIZATIONS, type Parametrization, quoted } from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';
import { readParametrization } from './parametrization-file.ts';

const CUSTOM = 'abc:';

/** What a field says of parametrizations. */
export interface NamedParametrizations {
  /** For whoever has to mend it. */
  readonly field: string;
  readonly ids: readonly string[];
}

/**
 * The parametrizations of ids and `abc:FILE.json`, in the order given.
 *
 * @throws InputError for an unknown id, a file that cannot be used, and two of one name
 */
export async function resolveParametrizations(
  { field, ids }: NamedParametrizations,
  cwd: string,
): Promise<Parametrization[]> {
  if (ids.length === 0) throw new InputError(field, `expected at least one; ${whatExists()}`);
  const found = await Promise.all(ids.map((id) => resolveOne(field, id, cwd)));
  const taken = new Set<string>();
  for (const each of found) {
    const own = new Set([each.name, displayLabel(each)]);
    for (const name of own) {
      if (taken.has(name))
        throw new InputError(field, `two are called ${quoted(name)}; give one another name`);
      taken.add(name);
    }
  }
  return found;
}

/** The file that `abc:FILE.json` names; null for an id of the table. */
export function customFile(id: string): string | null {
  return id.startsWith(CUSTOM) ? id.slice(CUSTOM.length) : null;
}

function resolveOne(field: string, id: string, cwd: string): Promise<Parametrization> {
  const file = customFile(id);
  if (file !== null) return readCustom(field, file, cwd);
  const known: Readonly<Record<string, Parametrization>> = PARAMETRIZATIONS;
  if (Object.hasOwn(known, id)) return Promise.resolve(known[id]!);
  throw new InputError(
    field,
    `${quoted(id)} does not exist${didYouMean(id, Object.keys(known))}; ${whatExists()}`,
  );
}

async function readCustom(field: string, file: string, cwd: string): Promise<Parametrization> {
  const part = `${CUSTOM}${file}`;
  const naming = { field, part, fallbackName: basename(file, '.json') };
  const custom = await readParametrization(resolve(cwd, file), naming);
  if (custom.optimizer === 'sgd') return custom;
  throw new InputError(
    field,
    `optimizer ${quoted(custom.optimizer)} cannot be trained here; 'sgd' can`,
    part,
  );
}

function whatExists(): string {
  return `there are ${Object.keys(PARAMETRIZATIONS).join(', ')} and ${CUSTOM}FILE.json`;
}
