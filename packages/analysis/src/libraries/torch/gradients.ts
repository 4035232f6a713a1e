import { argument, everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { noteBackward, noteClip, noteHook } from '../../interpret/modules/gradients.ts';
import { iterated } from '../../interpret/modules/modules.ts';
import { membersIn } from '../../interpret/modules/parameter-groups.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { ParameterValue } from '../../network/layer.ts';

const CLIPS = /^clip_grad(?:s_with)?(?:_norm|_value)?_?$|^clip_gradients$/;
const HOOKS = /^register_(?:full_)?(?:backward_(?:pre_)?hook|hook|post_accumulate_grad_hook)$/;

/** A function that does something to gradients; undefined for any other. */
export function gradientCall(qualified: string, site: CallSite): Value | undefined {
  const name = qualified.slice(qualified.lastIndexOf('.') + 1);
  if (qualified === 'torch.autograd.backward') return backward(site);
  return CLIPS.test(name) ? clip(name, site) : undefined;
}

/** A method of whatever it may be that makes gradients or does something to them; undefined for any other. */
export function gradientMethod(receiver: Value, name: string, site: CallSite): Value | undefined {
  const { args, span, frame } = site;
  if (name === 'backward' || name === 'manual_backward') {
    const [first] = args.positional;
    // accelerator.backward(loss)
    const isOfOther = receiver.kind !== 'tensor' && first !== undefined;
    const gradient = isOfOther ? undefined : argument(args, { name: 'gradient', index: 0 });
    noteBackward(isOfOther ? first : receiver, { frame, span, gradient });
    return UNKNOWN;
  }
  if (CLIPS.test(name)) return clip(name, site);
  if (!HOOKS.test(name)) return undefined;
  noteHook(receiver.kind === 'parameter' ? [receiver] : null, { what: name, span }, frame);
  return UNKNOWN;
}

/** `torch.autograd.backward(tensors, grad_tensors)` */
function backward({ args, frame, span }: CallSite): Value {
  const gradient = argument(args, { name: 'grad_tensors', index: 1 });
  noteBackward(argument(args, { name: 'tensors', index: 0 }) ?? UNKNOWN, { frame, span, gradient });
  return UNKNOWN;
}

function clip(name: string, { args, frame, span }: CallSite): Value {
  const [first = UNKNOWN] = everyArgument(args);
  noteClip(parametersIn(iterated(first, frame)), { what: name, span }, frame);
  return UNKNOWN;
}

/** The parameters that a list has; null where they are not known. */
function parametersIn(value: Value): readonly ParameterValue[] | null {
  const { members, open } = membersIn(value);
  return open || members.length === 0 ? null : members.map(({ parameter }) => parameter);
}
