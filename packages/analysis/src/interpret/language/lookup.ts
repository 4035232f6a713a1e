import type { Frame } from '../machine/interpreter.ts';
import { nameIn } from '../machine/name-in.ts';
import { unknownName } from '../machine/names.ts';
import { asWritten, noteFieldsSet } from '../machine/written.ts';
import { eachOption, either, optionsOf } from '../values/either.ts';
import { UNKNOWN, type Value } from '../values/value.ts';

/** What a name stands for where it is used: of this function, of its module, of another module, of Python. */
export function lookup(name: string, frame: Frame): Value {
  const { module, interpreter } = frame;
  const local = frame.locals.get(name);
  const found = local ?? heldAs(name, frame);
  const value = found && followed(found, frame);
  if (value !== undefined) {
    if (module.rebound.has(name)) return either([value, UNKNOWN]);
    if (local !== undefined && frame.locals !== module.globals) return value;
    noteFieldsSet(value, name, module, interpreter.fieldsSet);
    return asWritten(value, name, module);
  }
  return frame.interpreter.libraries.constant(`builtins.${name}`) ?? unknownName(name, frame);
}

/** What the module has under a name, noted as such where a function may change it. */
function heldAs(name: string, { interpreter, module }: Frame): Value | undefined {
  const value = nameIn(module, name, interpreter);
  if (value === undefined || !mayBeChanged(value)) return value;
  for (const one of optionsOf(value))
    if (mayBeChanged(one)) interpreter.held.set(one, { globals: module.globals, name });
  return value;
}

function mayBeChanged({ kind }: Value): boolean {
  return kind === 'dict' || kind === 'list' || kind === 'either';
}

/** What is imported is looked for where it comes from when it is used; of a library it may be a number. */
function followed(value: Value, { interpreter: { imports, libraries }, module }: Frame): Value {
  if (value.kind !== 'reference' && value.kind !== 'either') return value;
  return eachOption(value, (option) => {
    if (option.kind !== 'reference') return option;
    return imports?.resolved(option.qualified, module) ?? libraries.constant(option.qualified) ?? option;
  });
}
