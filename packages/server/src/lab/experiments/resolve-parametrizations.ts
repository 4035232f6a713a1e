import { basename, resolve } from 'node:path';
import {
  didYouMean,
  displayLabel,
  type OptimizerName,
  type Parametrization,
  parametrizationsFor,
  quoted,
} from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';
import { readParametrization } from './parametrization-file.ts';

const CUSTOM = 'abc:';

/** What a field says of parametrizations. */
export interface NamedParametrizations {
  /** For whoever has to mend it. */
  readonly field: string;
  readonly ids: readonly string[];
  /** Whose exponents they are to be. */
  readonly optimizer: OptimizerName;
  /** One more that has a name: that of a model's twin. */
  readonly twin: Parametrization | null;
}

/**
 * The parametrizations of ids and `abc:FILE.json`, in the order given.
 *
 * @throws InputError for an unknown id, a file that cannot be used, and two of one name
 */
export async function resolveParametrizations(
  named: NamedParametrizations,
  cwd: string,
): Promise<Parametrization[]> {
  const { field, ids, optimizer } = named;
  if (ids.length === 0) throw new InputError(field, `expected at least one; ${whatExists(optimizer)}`);
  const found = await Promise.all(ids.map((id) => resolveOne(named, id, cwd)));
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

function resolveOne(named: NamedParametrizations, id: string, cwd: string): Promise<Parametrization> {
  const { field, optimizer, twin } = named;
  if (twin?.name === id) return Promise.resolve(twin);
  const file = customFile(id);
  if (file !== null) return readCustom(named, file, cwd);
  const known = parametrizationsFor(optimizer);
  const row = known.get(id);
  if (row !== undefined) return Promise.resolve(row);
  throw new InputError(
    field,
    `${quoted(id)} does not exist${didYouMean(id, [...known.keys()])}; ${whatExists(optimizer)}`,
  );
}

async function readCustom(
  { field, optimizer }: NamedParametrizations,
  file: string,
  cwd: string,
): Promise<Parametrization> {
  const part = `${CUSTOM}${file}`;
  const naming = { field, part, fallbackName: basename(file, '.json') };
  const custom = await readParametrization(resolve(cwd, file), naming);
  if (custom.optimizer === optimizer) return custom;
  throw new InputError(
    field,
    `its exponents are for ${quoted(custom.optimizer)} and ${quoted(optimizer)} trains; --optimizer says which`,
    part,
  );
}

function whatExists(optimizer: OptimizerName): string {
  const ids = [...parametrizationsFor(optimizer).keys()];
  return `there are ${ids.join(', ')} and ${CUSTOM}FILE.json`;
}
