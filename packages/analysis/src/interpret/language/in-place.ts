import { UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { anyMultiple, isData } from '../../network/tensor.ts';
import type { AttributeExpression } from '../../syntax/ast.ts';
import { replace } from '../machine/frames.ts';
import { type Arguments, argument, everyArgument } from '../machine/given-arguments.ts';
import { unknownFrom } from '../machine/swallowed.ts';
import { changeStored } from '../modules/stored-tensors.ts';
import { type Place, tensorValue } from '../modules/tensors.ts';
import { arithmetic, asNumber, isNumeric, quantityOf } from '../values/numbers.ts';
import { anyMultipleOf } from '../values/shared-tensors.ts';
import type { TensorValue } from '../values/tensor-value.ts';
import { truthOf } from '../values/truth.ts';
import { number, UNKNOWN, type Value } from '../values/value.ts';
import { assign } from './assign.ts';

/** Whether a method changes what it is called on, by PyTorch's way to name them or Python's (`__imul__`). */
export function isInPlace(name: string): boolean {
  if (AUGMENTED.test(name)) return true;
  return name.endsWith('_') && !name.endsWith('__') && !LEAVES.has(name);
}

const AUGMENTED = /^__i(?:mul|truediv|floordiv|mod|add|sub|pow)__$/;

/** Those of them that change no entry. */
const LEAVES: ReadonlySet<string> = new Set(['requires_grad_', 'detach_', 'share_memory_']);

/**
 * A tensor becomes another one, whoever holds it. Of what may be another view of the same entries nothing is known any
 * more.
 */
export function changeInPlace(before: TensorValue, after: Value, { frame, span }: Place): void {
  const now =
    after.kind === 'tensor' ? after : tensorValue(anyMultipleOf(before.tensor, 'a change in place', span));
  if (now.tensor === before.tensor) return;
  replace(before, now, frame);
  changeStored(before, now, { frame, span });
}

/** `x.mul_(y)` of a tensor that is known as a number or not at all; undefined for anything else. */
export function changedByMethod(
  {
    before,
    callee,
    args,
  }: { readonly before: Value; readonly callee: AttributeExpression; readonly args: Arguments },
  place: Place,
): Value | undefined {
  if (!isInPlace(callee.attribute)) return undefined;
  if (before.kind === 'unknown') return unreadAfter(before, { callee, args }, place);
  if (before.kind !== 'number') return undefined;
  const given = argument(args, { name: 'other', index: 0 }) ?? args.named.get('value') ?? UNKNOWN;
  const made = numberAfter(before, { name: callee.attribute, given });
  const after = made.kind === 'number' || made.kind === 'opaque' ? made : number(UNKNOWN_QUANTITY);
  replace(before, after, place.frame);
  assign(callee.object, after, place.frame);
  return after;
}

/** Numbers go into what is not known. */
function unreadAfter(
  before: Value,
  { callee, args }: { readonly callee: AttributeExpression; readonly args: Arguments },
  { frame, span }: Place,
): Value | undefined {
  const after = unknownFrom([before, ...everyArgument(args)], frame.interpreter);
  if (after === UNKNOWN) return undefined;
  frame.interpreter.callMethod(before, callee.attribute, { args, frame, span });
  assign(callee.object, after, frame);
  return after;
}

const OPERATORS: Readonly<Record<string, string>> = {
  mul_: '*',
  div_: '/',
  add_: '+',
  sub_: '-',
  pow_: '**',
};
const TAKES: ReadonlySet<string> = new Set(['fill_', 'copy_']);

function numberAfter(
  before: Value,
  { name, given }: { readonly name: string; readonly given: Value },
): Value {
  if (TAKES.has(name)) return given;
  const operator = OPERATORS[name];
  if (operator === undefined || !isNumeric(given)) return UNKNOWN;
  return number(arithmetic(operator, quantityOf(before), quantityOf(given)));
}

/** A call of what is not read, of which the code leaves what it gives, is there for what it does to what it is given. */
export function changeByUnread(made: Value, { frame, span }: Place): void {
  const { trace, libraries } = frame.interpreter;
  if (made.kind !== 'tensor' || made.tensor.op !== 'unread' || !trace.unread.has(made.tensor)) return;
  if (libraries.leavesModel(made.tensor.what) !== null) return;
  const given = new Set<Tensor>(made.tensor.of);
  for (const value of frame.locals.values())
    if (value.kind === 'tensor' && given.has(value.tensor) && !isData(value.tensor))
      changeInPlace(value, tensorValue(anyMultiple([value.tensor], made.tensor.what, span)), { frame, span });
}

/** What calls of functions do to a tensor that they are given: `relu_(x)`, `relu(x, inplace=True)`, `mul(x, y, out=z)`. */
export function changeArgument(
  call: { readonly name: string; readonly args: Arguments; readonly result: Value },
  place: Place,
): void {
  const { name, args, result } = call;
  const inPlace = args.named.get('inplace');
  const out = args.named.get('out');
  if (out?.kind === 'tensor') changeInPlace(out, result, place);
  if (out?.kind === 'number') replace(out, asNumber(result), place.frame);
  const [first] = args.positional;
  if (first?.kind === 'number' && first.isTensor === true && isInPlace(name))
    replace(first, asNumber(result === first ? UNKNOWN : result), place.frame);
  if (first?.kind === 'tensor' && (isInPlace(name) || (inPlace !== undefined && truthOf(inPlace) !== false)))
    changeInPlace(first, result, place);
}
