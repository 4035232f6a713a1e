import { wordsIn } from '../../syntax/words-in.ts';
import { optionsOf, type Value } from '../values/value.ts';
import { isModuleClass, lineage, methodsOf } from './classes.ts';
import type { Frame } from './interpreter.ts';

/** Methods by which code that is not read takes what an object of the file makes. */
const PRODUCES: ReadonlySet<string> = new Set([
  '__getitem__',
  '__getitems__',
  '__iter__',
  '__next__',
  '__call__',
]);

/**
 * What functions of the file, and objects that make something when they are asked, may put into what code that is not read
 * makes with them: the numbers and tensors that their code names, as a data set that scales what it gives.
 */
export function producedFrom(values: readonly Value[], frame: Frame): readonly Value[] {
  return values.flatMap(optionsOf).flatMap((value) => {
    if (value.kind === 'function') return namedAround(value, frame);
    if (value.kind === 'partial')
      return [...value.positional, ...value.named.values(), ...producedFrom([value.callee], frame)];
    return value.kind === 'object' ? heldFor(value, frame) : [];
  });
}

function namedAround(
  { definition, closure: { locals } }: Extract<Value, { kind: 'function' }>,
  { interpreter }: Frame,
): readonly Value[] {
  const words = [...wordsIn(definition)];
  interpreter.budget.spend(words.length);
  return words.flatMap((word) => locals.get(word) ?? []).filter(isNumberOrTensor);
}

function heldFor({ id, definition }: Extract<Value, { kind: 'object' }>, frame: Frame): readonly Value[] {
  const { interpreter, heap } = frame;
  if (isModuleClass(interpreter, definition)) return [];
  const methods = lineage(interpreter, definition).flatMap((one) => methodsOf(one));
  if (!methods.some(({ name }) => PRODUCES.has(name))) return [];
  const words = new Set(methods.flatMap((one) => (one.name === '__init__' ? [] : [...wordsIn(one)])));
  interpreter.budget.spend(words.size);
  return [...heap.attributes(id)].flatMap(([name, { value }]) =>
    words.has(name) && isNumberOrTensor(value) ? [value] : [],
  );
}

function isNumberOrTensor({ kind }: Value): boolean {
  return kind === 'number' || kind === 'tensor' || kind === 'unknown' || kind === 'opaque';
}
