import type { ClassStatement } from '../../syntax/ast.ts';
import { findMethod } from '../machine/classes.ts';
import type { Arguments } from '../machine/given-arguments.ts';
import type { Frame } from '../machine/interpreter.ts';
import type { Sample } from '../machine/interpreter-state.ts';
import { settingParameter } from '../machine/names.ts';
import { Heap } from '../values/heap.ts';
import { plainObject } from './instantiate.ts';

/** The sample of a class, made once; null while it is being made. */
export function sampleOf(definition: ClassStatement, frame: Frame): Sample | null {
  const { samples } = frame.interpreter;
  const known = samples.get(definition);
  if (known !== undefined) return known;
  samples.set(definition, null);
  const inside = frame.with({ heap: new Heap(frame.heap), building: false });
  const object = plainObject(definition, {
    args: symbolsFor(definition, inside),
    frame: inside,
    span: definition.span,
  });
  const sample = { object, heap: inside.heap };
  samples.set(definition, sample);
  return sample;
}

function symbolsFor(definition: ClassStatement, frame: Frame): Arguments {
  const init = findMethod(frame.interpreter, definition, '__init__');
  const parameters = init?.method.parameters.slice(1).filter(({ collects }) => collects === null) ?? [];
  const body = init?.method.body ?? [];
  const named = parameters.map(
    (parameter) =>
      [parameter.name, settingParameter(parameter, { definition, parameters, body }, frame)] as const,
  );
  return { positional: [], named: new Map(named), open: true };
}
