import { literal, pair, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { type ParameterValue, parameterKey } from '../../network/layer.ts';
import type { Gradient, UnreadEffect } from '../../network/optimizer.ts';
import { factorOf } from '../machine/given-inputs.ts';
import type { Frame } from '../machine/interpreter.ts';
import { optionsOf } from '../values/either.ts';
import { type Heap, LEDGER } from '../values/heap.ts';
import { quantityOf } from '../values/numbers.ts';
import { NONE, number, type Value } from '../values/value.ts';
import { weightsBeside } from './beside-outputs.ts';
import { tensorsIn } from './tensors.ts';

const LOSS = 'loss';
const CLIPPED = 'clipped ';
const HOOKED = 'hooked ';
const BESIDE = 'beside ';
const REWRITTEN = 'rewritten ';
const ALL = '*';

const ONE: Quantity = literal(1);

/** `loss.backward()`: new gradients, of a loss that may be a multiple of one. */
export function noteBackward(loss: Value, { frame, span, gradient }: Where): void {
  const losses = loss.kind === 'list' ? loss.items : [loss];
  const factors = losses.flatMap(optionsOf).map((option) => {
    const isMadeOfNumbers = option.kind === 'unknown' && option.from !== undefined && option.from.size > 0;
    const other = isMadeOfNumbers ? UNKNOWN_QUANTITY : ONE;
    const factor = option.kind === 'tensor' ? lossFactor(option.tensor) : other;
    return gradient === undefined ? factor : pair('multiply', factor, factorOf(gradient));
  });
  const factor = factors.reduce(
    (left, right) => (left === right ? left : pair('either', left, right)),
    factors[0] ?? ONE,
  );
  const { heap, interpreter } = frame;
  const tensors = tensorsIn([loss], frame);
  for (const one of tensors) interpreter.trace.descended.add(one);
  if (tensors.length === 0 && span !== null) interpreter.trace.descendedUnread.push(span);
  noteBeside(tensors, { frame, span });
  for (const [name] of [...heap.attributes(LEDGER)]) {
    if (name.startsWith(CLIPPED)) heap.setAttribute(LEDGER, name, { value: NONE, span });
  }
  heap.setAttribute(LEDGER, LOSS, { value: number(factor), span });
}

/** Gradients that are added up are so many times those of one loss. */
export function noteRepeated(times: Quantity, { heap }: Frame): void {
  const loss = heap.attributes(LEDGER).get(LOSS);
  if (loss === undefined) return;
  const factor = pair('multiply', quantityOf(loss.value), times);
  heap.setAttribute(LEDGER, LOSS, { ...loss, value: number(factor) });
}

/** The gradients of features of which a loss is taken, too, are not those of the output alone. */
function noteBeside(losses: readonly Tensor[], { frame, span }: Where): void {
  const parameters = weightsBeside(losses, frame.interpreter.trace).map(
    ({ layer, which }): ParameterValue => ({ kind: 'parameter', layer, which }),
  );
  if (parameters.length === 0 || span === null) return;
  note(BESIDE, { parameters, effect: { what: 'a loss of features', span } }, frame);
}

interface Where {
  readonly frame: Frame;
  /** What the gradient of the loss itself is taken to be; 1 where it is left out. */
  readonly gradient?: Value | undefined;
  readonly span: UnreadEffect['span'];
}

/** Gradients are cut to a size that all of them have together; null for those of all parameters. */
export function noteClip(
  parameters: readonly ParameterValue[] | null,
  effect: UnreadEffect,
  frame: Frame,
): void {
  note(CLIPPED, { parameters, effect }, frame);
  if (parameters === null) frame.interpreter.trace.clips.push(effect);
}

/** Every gradient becomes something that is not read; null for those of all parameters. */
export function noteHook(
  parameters: readonly ParameterValue[] | null,
  effect: UnreadEffect,
  frame: Frame,
): void {
  note(HOOKED, { parameters, effect }, frame);
}

/** Every gradient may become another multiple of itself. */
export function noteMultiple(effect: UnreadEffect, frame: Frame): void {
  note(BESIDE, { parameters: null, effect }, frame);
}

/** A parameter that steps move is given other values by something that is not read. */
export function noteRewritten(parameter: ParameterValue, effect: UnreadEffect, frame: Frame): void {
  note(REWRITTEN, { parameters: [parameter], effect }, frame);
}

interface Noted {
  readonly parameters: readonly ParameterValue[] | null;
  readonly effect: UnreadEffect;
}

function note(kind: string, { parameters, effect: { what, span } }: Noted, { heap }: Frame): void {
  const keys =
    parameters === null ? [ALL] : parameters.map((one) => parameterKey(heap.parameters.original(one)));
  for (const key of keys)
    heap.setAttribute(LEDGER, `${kind}${key}`, { value: { kind: 'text', text: what }, span });
}

/** What becomes of the gradient of a parameter before a step that is taken in this state. */
export function gradientOf(parameter: ParameterValue, heap: Heap): Gradient {
  const loss = heap.attributes(LEDGER).get(LOSS)?.value;
  const effect = (kind: string) =>
    effectAt(heap, kind + parameterKey(heap.parameters.original(parameter))) ?? effectAt(heap, kind + ALL);
  return {
    factor: loss === undefined ? ONE : quantityOf(loss),
    clipped: effect(CLIPPED),
    scaled: writesOf(parameter, heap, true) ?? effect(BESIDE),
    unread: effect(HOOKED) ?? writesOf(parameter, heap, false),
    rewritten: effect(REWRITTEN),
  };
}

/** The gradient of a parameter as what code writes to. */
export function gradientValue({ layer, which }: ParameterValue): ParameterValue {
  return { kind: 'parameter', layer, which: `${which}.grad`, part: true };
}

/** Whether a value is the gradient of a parameter. */
export function isGradient({ which }: ParameterValue): boolean {
  return which.endsWith('.grad');
}

const SCALES: ReadonlySet<string> = new Set(['*=', '/=', 'mul_', 'div_']);
/** Before the next gradient comes, it is none. */
const CLEARS: ReadonlySet<string> = new Set(['zero_', 'default']);

/** What code writes to a gradient that only multiplies it, or else. */
function writesOf(parameter: ParameterValue, heap: Heap, scales: boolean): UnreadEffect | null {
  const writes = heap.parameters.writes(gradientValue(heap.parameters.original(parameter))) ?? [];
  const found = writes.find(({ by, span }) => span !== null && !CLEARS.has(by) && SCALES.has(by) === scales);
  return found?.span ? { what: found.by, span: found.span } : null;
}

function effectAt(heap: Heap, name: string): UnreadEffect | null {
  const mark = heap.attributes(LEDGER).get(name);
  const texts = mark === undefined ? [] : optionsOf(mark.value).filter(({ kind }) => kind === 'text');
  const [text] = texts;
  return text?.kind === 'text' && mark?.span ? { what: text.text, span: mark.span } : null;
}

/** A loss goes through no more operations than this. */
const MOST_STEPS = 32;

/** What a loss is multiplied by behind the last operation that makes it one. */
function lossFactor(tensor: Tensor, steps = 0): Quantity {
  if (steps > MOST_STEPS) return ONE;
  switch (tensor.op) {
    case 'scale': {
      const factor = lossFactor(tensor.of, steps + 1);
      return factor === ONE ? tensor.factor : pair('multiply', factor, tensor.factor);
    }
    case 'unread': {
      // such as the scaling of a loss in half precision, which the step undoes
      const [only, ...others] = tensor.of;
      return only === undefined || others.length > 0 ? ONE : lossFactor(only, steps + 1);
    }
    case 'view':
      return lossFactor(tensor.of, steps + 1);
    case 'add':
    case 'choice':
    case 'repeat': {
      const factors = tensor.of.slice(0, MOST_STEPS).map((term) => lossFactor(term, steps + 1));
      const op = tensor.op === 'add' ? 'add' : 'either';
      return factors.every((one) => one === ONE)
        ? ONE
        : factors.reduce((left, right) => pair(op, left, right));
    }
    default:
      return ONE;
  }
}
