import type { AnyFields } from '@widthwise/core';
import { dataFile } from '../data/load-data.ts';
import { customFile } from './resolve-parametrizations.ts';

/** The files that parameters name, as those who read them understand it. */
export function namedFiles(fields: AnyFields, asked: object): string[] {
  const files = Object.entries(asked).flatMap(([name, value]: [string, unknown]) => {
    const fileOf = { data: dataFile, parametrization: customFile, engine: () => null };
    const { names } = fields[name] ?? {};
    return names === undefined ? [] : [value].flat().map((text) => fileOf[names](String(text)));
  });
  return files.filter((file) => file !== null);
}
