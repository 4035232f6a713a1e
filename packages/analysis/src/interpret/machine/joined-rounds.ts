import { optionsOf } from '../values/either.ts';
import { exactInteger } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { isModuleClass } from './classes.ts';
import { comesToModels } from './comes-to-models.ts';
import type { Frame } from './interpreter.ts';

/** So few items are gone through one by one even where rounds are joined. */
const FEW = 4;

/** Whether the rounds over some items are joined: they are data, and the code is no model's own. */
export function areJoined(items: readonly Value[], frame: Frame): boolean {
  return items.length > FEW && joinsRounds(frame) && items.every(isPlain);
}

function joinsRounds(frame: Frame): boolean {
  return frame.interpreter.joinsRounds && !isOfModel(frame);
}

/** Whether the code is a model's own: it builds one, or is a method of one. */
export function isOfModel({ interpreter, building, locals }: Frame): boolean {
  if (building) return true;
  const method = locals.get('super');
  return method?.kind === 'parent' && isModuleClass(interpreter, method.of);
}

function isPlain(item: Value): boolean {
  if (item.kind === 'list') return item.items.every(isPlain);
  return item.kind === 'number' || item.kind === 'unknown';
}

/** Ends the reading where a part of a model is taken by what joined rounds leave open: it makes a difference which one it is. */
export function refuseOpen(container: Value, key: Value | null, frame: Frame): void {
  if (!joinsRounds(frame) || key === null || key.kind === 'text' || exactInteger(key) !== undefined) return;
  const held = optionsOf(container).filter(({ kind }) => kind !== 'parameter');
  if (comesToModels(held, frame)) frame.interpreter.budget.refuse();
}
