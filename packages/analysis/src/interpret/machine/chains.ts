import type { Layer } from '../../network/layer.ts';
import type { ClassStatement } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import { Heap } from '../values/heap.ts';
import type { Value } from '../values/value.ts';
import { findMethod, isModuleClass } from './classes.ts';
import type { Frame, Interpreter } from './interpreter.ts';
import { traced } from './trace.ts';

/** Whether code names what makes chains of layers. */
export function makesChains(part: object): boolean {
  return wordsIn(part).has('Sequential');
}

/**
 * Notes a chain of layers: a part of the model that is being constructed or that makes it in its forward pass, of what it
 * has; else a model by itself unless another has it.
 */
export function noteChain(layer: Layer, frame: Frame): void {
  const { interpreter, heap, building, selves } = frame;
  const { chains, models, trace } = interpreter;
  const definition = chainClass(layer.span, interpreter);
  if (building || selves.some((one) => one !== null && isModuleClass(interpreter, one))) {
    trace.nested.add(definition);
    return;
  }
  chains.layers.set(layer.id, layer);
  models.add(layer.id);
  for (const [name, item] of [...heap.attributes(layer.id)]) {
    const { value } = item;
    if (value.kind === 'layer') models.delete(value.layer.id);
    else if (value.kind === 'object')
      heap.setAttribute(layer.id, name, { ...item, value: asPart(value, frame) });
  }
  trace.constructions.push({
    definition,
    objectId: layer.id,
    bound: new Map(),
    left: new Set(),
    known: new Map(),
    built: new Heap(heap),
    span: layer.span,
  });
}

/** A model that code makes to be a link of a chain, made anew as a part: of the sizes that it was given. */
function asPart(value: Value, frame: Frame): Value {
  const { interpreter } = frame;
  if (value.kind !== 'object') return value;
  const made = interpreter.trace.constructions.findLast(({ objectId }) => objectId === value.id);
  if (made === undefined) return value;
  const collecting = findMethod(interpreter, made.definition, '__init__')?.method.parameters.some(
    ({ collects }) => collects !== null,
  );
  if (collecting === true) return value;
  const given = [...made.bound].filter(([name]) => !made.left.has(name));
  const named = new Map(given.map(([name, one]) => [name, asPart(one, frame)]));
  const make = () =>
    frame
      .with({ building: true })
      .call(
        { kind: 'class', definition: made.definition },
        { positional: [], named, open: false },
        made.span,
      );
  const { trace, result } = traced(interpreter, make);
  for (const at of trace.leftOut) interpreter.trace.leftOut.add(at);
  return result;
}

function chainClass(span: Span, { chains: { classes } }: Interpreter): ClassStatement {
  const known = classes.get(span.start);
  if (known !== undefined) return known;
  const made: ClassStatement = {
    kind: 'class',
    span,
    name: 'Sequential',
    nameSpan: span,
    bases: [],
    body: [],
    decorators: [],
    broken: false,
  };
  classes.set(span.start, made);
  return made;
}
