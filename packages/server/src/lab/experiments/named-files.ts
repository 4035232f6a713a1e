import type { AnyFields } from '@widthwise/core';
import { dataFile } from '../data/load-data.ts';
import { customFile } from './resolve-parametrizations.ts';

/** A model as it is named, `FILE.py:CLASS`; null where the file has one alone. */
export function modelPlace(from: string): { readonly path: string; readonly className: string | null } {
  const [, path = from, className = null] = /^(.+\.py):([^:/\\]+)$/.exec(from) ?? [];
  return { path, className };
}

function modelFile(from: string): string {
  return modelPlace(from).path;
}

/** The files that parameters name, as those who read them understand it. */
export function namedFiles(fields: AnyFields, asked: object): string[] {
  const files = Object.entries(asked).flatMap(([name, value]: [string, unknown]) => {
    const fileOf = { data: dataFile, parametrization: customFile, engine: () => null, model: modelFile };
    const { names } = fields[name] ?? {};
    return names === undefined ? [] : [value].flat().map((text) => fileOf[names](String(text)));
  });
  return files.filter((file) => file !== null);
}
