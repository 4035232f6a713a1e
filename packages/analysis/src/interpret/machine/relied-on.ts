import { ownNames } from '../../syntax/own-names.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import { type Attributes, sameAttributes } from '../values/attribute-state.ts';
import { ParameterStore } from '../values/parameter-store.ts';
import { sameValue } from '../values/same-value.ts';
import type { FunctionValue, Value } from '../values/value.ts';
import type { Frame } from './interpreter.ts';
import type { ReliedOn } from './run-trace.ts';

/** More than what a script hands to a function has in it. */
const MOST_SEEN = 3000;

/** How many states and names are compared for a unit of work. */
const COMPARED = 8;

/** The call of a function, with what it is given. */
export interface Relying {
  readonly callee: FunctionValue;
  readonly given: readonly Value[];
  /** The names around the function as they are now. */
  around(): ReadonlyMap<string, Value>;
}

/** What a call may hang on; null where that is too much to be looked at. */
export function reliedOn({ callee, given, around }: Relying, { heap, interpreter }: Frame): ReliedOn | null {
  const known = around();
  const states = new Map<number, Attributes>();
  const names = new Map<string, Value>();
  const seen = new Set<Value>();
  const ahead: Value[] = [callee, ...given];
  const behind = (value: Value): readonly Value[] => {
    if (value.kind === 'function') {
      for (const [name, named] of namedIn(value, known)) names.set(name, named);
      return [...(value.receiver === null ? [] : [value.receiver]), ...names.values()];
    }
    const id = idOf(value);
    if (id === null) return partsOf(value);
    states.set(id, heap.attributes(id));
    return [...heap.attributes(id).values()].map((attribute) => attribute.value);
  };
  for (let value = ahead.pop(); value !== undefined; value = ahead.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    interpreter.budget.spend(1);
    if (seen.size > MOST_SEEN) return null;
    ahead.push(...behind(value));
  }
  const parameters = new ParameterStore(interpreter.budget);
  parameters.become(heap.parameters);
  return { states, names, parameters };
}

/** Whether all that a call hung on is as it was. */
export function isAsItWas(
  { states, names, parameters }: ReliedOn,
  { around }: Relying,
  { heap, interpreter }: Frame,
): boolean {
  interpreter.budget.spend((states.size + names.size) / COMPARED);
  for (const [id, attributes] of states) if (!sameAttributes(attributes, heap.attributes(id))) return false;
  if (!heap.parameters.isTrainedAs(parameters, states)) return false;
  if (names.size === 0) return true;
  const now = around();
  return [...names].every(([name, value]) => {
    const other = now.get(name);
    return other !== undefined && isLike(value, other);
  });
}

/** What a function names of what is around it. */
function namedIn(
  { definition }: FunctionValue,
  around: ReadonlyMap<string, Value>,
): readonly (readonly [string, Value])[] {
  const own = ownNames(definition);
  return [...wordsIn(definition)].flatMap((word) => {
    const named = own.has(word) ? undefined : around.get(word);
    return named === undefined ? [] : [[word, named] as const];
  });
}

/** Under what the store keeps what has become of a value; null of one that stays as it is. */
function idOf(value: Value): number | null {
  switch (value.kind) {
    case 'object':
      return value.id;
    case 'layer':
    case 'parameter':
      return value.layer.id;
    case 'optimizer':
      return value.build.id;
    default:
      return null;
  }
}

function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'parent':
      return [value.receiver];
    case 'partial':
      return [value.callee, ...value.positional, ...value.named.values()];
    case 'either':
      return value.options;
    case 'list':
      return value.items;
    case 'dict':
      return [...value.entries.values(), ...value.keys.values()];
    default:
      return [];
  }
}

/** Whether a name stands for the same, or for another tensor. */
function isLike(one: Value, other: Value): boolean {
  return sameValue(one, other) || (mayBeTensor(one) && mayBeTensor(other));
}

function mayBeTensor({ kind }: Value): boolean {
  return kind === 'tensor' || kind === 'unknown';
}
