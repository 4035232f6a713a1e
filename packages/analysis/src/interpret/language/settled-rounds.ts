import type { Tensor } from '../../network/graph.ts';
import type { LoopStatement, NameExpression } from '../../syntax/ast.ts';
import { ownNames } from '../../syntax/own-names.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import type { Frame } from '../machine/interpreter.ts';
import { nameIn } from '../machine/name-in.ts';
import { isWithin, type Rounds } from '../values/likeness.ts';
import { namesInFunctions, printedCounter } from '../values/printed-counter.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { sizeOf } from '../values/value-size.ts';
import { assign } from './assign.ts';

/** So many rounds at the least are gone through one by one; what does not settle in so many may never. */
const FEW = 3;
const MOST = 6;

/** Where a round began. */
interface Begun {
  readonly frame: Frame;
  readonly horizon: number;
  readonly done: number;
}

/** Sees whether a round of a loop that counts has left all as the one before had: then so do those after it. */
export class SettledRounds {
  private begun: Begun | null = null;
  private rounds = 0;
  /** The name that each round begins by setting; null where all rounds are gone through. */
  private readonly counter: NameExpression | null;

  constructor(loop: LoopStatement, items: readonly Value[], frame: Frame) {
    const counts = items.length > FEW && items.every(({ kind }) => kind === 'number') && prints(frame);
    const counter = counts ? printedCounter(loop) : null;
    this.counter = counter === null || isInFunctions(counter, frame) ? null : counter;
  }

  /** Told of each round before it has its item. */
  begin(frame: Frame): void {
    if (this.counter === null || this.rounds >= MOST) return;
    this.begun = { frame: frame.fork(), horizon: frame.interpreter.newId(), done: doneIn(frame) };
  }

  /** Whether the round that has ended here was like the one before it; the count is then that of the last one. */
  ends(frame: Frame, items: readonly Value[]): boolean {
    const begun = this.begun;
    const counter = this.counter;
    this.rounds++;
    if (begun === null || counter === null || this.rounds < FEW || this.rounds > MOST) return false;
    frame.interpreter.budget.spend(2 * frame.locals.size);
    if (begun.done !== doneIn(frame) || !leavesAll(frame, begun, counter.name)) return false;
    assign(counter, items.at(-1) ?? UNKNOWN, frame);
    return true;
  }
}

/** How much has been made or done that each round would do once more. */
function doneIn({ heap, interpreter: { trace } }: Frame): number {
  const { constructions, optimizers, foreign } = trace;
  return heap.layerCount + constructions.length + optimizers.length + foreign.rates.length;
}

/** Whether each name and each attribute is what it was, but for what a round makes anew. */
function leavesAll(later: Frame, { frame: earlier, horizon }: Begun, counter: string): boolean {
  const rounds: Rounds = { later: later.heap, earlier: earlier.heap, horizon };
  const isSame = (value: Value, before: Value) =>
    value === before ||
    (sizeOf(value) === sizeOf(before) && isWithin(value, before, rounds) && hasTensorsOf(value, before));
  return (
    [...later.locals].every(([name, value]) => {
      const before = earlier.locals.get(name);
      return name === counter || (before !== undefined && isSame(value, before));
    }) &&
    later.heap.isAsLargeAs(earlier.heap) &&
    later.heap.isWithin(earlier.heap, isSame)
  );
}

function hasTensorsOf(value: Value, before: Value): boolean {
  const known = tensorsOf(before);
  return [...tensorsOf(value)].every((tensor) => known.has(tensor));
}

/** The tensors in a value, each of which is one object wherever the same is made of the same. */
function tensorsOf(value: Value): ReadonlySet<Tensor> {
  const found = new Set<Tensor>();
  const ahead = [value];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    if (one.kind === 'tensor') found.add(one.tensor);
    else if (one.kind === 'list') ahead.push(...one.items);
    else if (one.kind === 'dict') ahead.push(...one.entries.values());
    else if (one.kind === 'either') ahead.push(...one.options);
  }
  return found;
}

/** Whether `print` is Python's own. */
function prints(frame: Frame): boolean {
  const print = frame.locals.get('print') ?? nameIn(frame.module, 'print', frame.interpreter);
  return print === undefined;
}

/** Whether functions that the function being run makes may see a name of it, or those of the module one of that. */
function isInFunctions({ name }: NameExpression, { stack, locals, interpreter }: Frame): boolean {
  const definition = stack.at(-1);
  if (definition !== undefined) return namesInFunctions(definition).has(name);
  interpreter.budget.spend(locals.size);
  return [...locals.values()].some((value) => {
    if (value.kind !== 'function' && value.kind !== 'class') return false;
    const { definition } = value;
    const isOwn = definition.kind !== 'class' && ownNames(definition).has(name);
    return !isOwn && wordsIn(definition).has(name);
  });
}
