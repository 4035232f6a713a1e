import type { DictValue, Value } from '../values/value.ts';
import type { Frame } from './interpreter.ts';
import { fieldOf } from './names.ts';

/** What **kwargs of a model have under a key that no call in sight gives them: a setting of the model; undefined for other dicts. */
export function askedEntry({ asked, entries }: DictValue, key: string, frame: Frame): Value | undefined {
  if (asked === undefined || entries.has(key)) return undefined;
  const setting = fieldOf(asked.owner, key, frame);
  if (setting.kind === 'opaque') asked.note(key, setting.symbol);
  return setting;
}
