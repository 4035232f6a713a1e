import { bind, findMethod, foreignBases } from '../../interpret/machine/classes.ts';
import { everyArgument, positional } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { noteHook, noteMultiple } from '../../interpret/modules/gradients.ts';
import { isComputed, type Place, tensorsIn, tensorValue } from '../../interpret/modules/tensors.ts';
import { partial } from '../../interpret/values/partial.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { anyMultiple } from '../../network/tensor.ts';

const FUNCTION = /^torch\.autograd\.(?:function\.)?Function$/;
const APPLY = 'torch.autograd.Function.apply';

type ClassValue = Extract<Value, { kind: 'class' }>;

/** Whether a class of the file says itself what it makes of tensors and of their gradients. */
export function isGradientFunction({ definition }: ClassValue, { interpreter }: Frame): boolean {
  return foreignBases(interpreter, definition).some((base) => FUNCTION.test(base));
}

/** `Own.apply` */
export function applied(owner: ClassValue): Value {
  return partial({ kind: 'reference', qualified: APPLY }, positional(owner));
}

/**
 * What such a class makes of tensors may be any multiple of them, and so may its gradient be, which has no part in updates of
 * a size of their own. Of one that gives a tensor back as it is, the gradient may be anything.
 */
export function gradientFunctionCall(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  if (qualified !== APPLY) return undefined;
  const [owner, ...given] = everyArgument(args);
  if (!given.some(isComputed)) return UNKNOWN;
  const what = owner?.kind === 'class' ? `${owner.definition.name}.apply` : APPLY;
  const run = owner?.kind === 'class' ? methodsOfClass(owner, { frame, span }) : null;
  const back = run?.('forward', given) ?? UNKNOWN;
  const at = back.kind === 'tensor' ? given.findIndex((one) => isSameTensor(one, back)) : -1;
  const gradient = at < 0 ? UNKNOWN : (run?.('backward', [back]) ?? UNKNOWN);
  const first = gradient.kind === 'list' ? gradient.items[at] : gradient;
  // A loss or a sum over processes has its own gradient. What gives its input back is there to make another one of it.
  if (at < 0) noteMultiple({ what, span }, frame);
  else if (!isSameTensor(first, back)) noteHook(null, { what, span }, frame);
  return at < 0 ? tensorValue(anyMultiple(tensorsIn(given, frame), what, span)) : back;
}

/** Runs a method of such a class, which gets a context first. */
function methodsOfClass({ definition }: ClassValue, { frame, span }: Place) {
  return (name: string, given: readonly Value[]): Value | undefined => {
    const found = findMethod(frame.interpreter, definition, name);
    return found && frame.call(bind(found, null), positional(UNKNOWN, ...given), span);
  };
}

function isSameTensor(one: Value | undefined, other: Value): boolean {
  return one?.kind === 'tensor' && other.kind === 'tensor' && one.tensor === other.tensor;
}
