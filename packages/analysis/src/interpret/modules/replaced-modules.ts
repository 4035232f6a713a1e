import type { Span } from '../../syntax/span.ts';
import type { Frame } from '../machine/interpreter.ts';
import { exactInteger, isNumeric } from '../values/numbers.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { addForwardHook } from './forward-hooks.ts';
import { idOf, type ModuleValue, modulesIn, namedModules } from './modules.ts';
import { havoc } from './unread.ts';

/** A module that is put into another one, and where that is done. */
interface Put {
  readonly value: Value;
  readonly span: Span;
}

/** `layers[place] = module`: it takes the place of the one that is there, or may take that of any. */
export function putAt(owner: ModuleValue, place: Value, { value, span }: Put, frame: Frame): void {
  const name = String(exactInteger(place));
  if (frame.heap.attributes(idOf(owner)).has(name) && modulesIn(value, frame.interpreter).length > 0)
    frame.heap.setAttribute(idOf(owner), name, { value, span });
  // A constructor fills a container by names that it computes.
  else if (!frame.building || isNumeric(place)) putSomewhere(owner, { value, span }, frame);
}

/** A module that is put in a place which is not followed: any part may be another one. What was there may be put back. */
export function putSomewhere(owner: ModuleValue, { value, span }: Put, frame: Frame): void {
  const parts = namedModules(owner, frame).flatMap((one) => (one.path === '' ? [] : [one.value]));
  const ids = new Set(parts.map(idOf));
  const others = modulesIn(value, frame.interpreter).filter((one) => !ids.has(idOf(one)));
  if (others.length === 0 || parts.length === 0) return;
  havoc(owner, frame);
  const families = new Set(parts.map(familyOf));
  if (others.every((one) => one.kind === 'layer' && families.has(familyOf(one)))) return;
  for (const id of ids) addForwardHook({ id, run: UNKNOWN, span }, frame.heap);
}

function familyOf(module: ModuleValue): string {
  return module.kind === 'layer' ? module.layer.family : 'object';
}
