import { everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { addForwardHook, removeForwardHook } from '../../interpret/modules/forward-hooks.ts';
import { NONE, UNKNOWN, type Value } from '../../interpret/values/value.ts';

const METHOD = /^register_forward_(?:pre_)?hook$/;
const FOR_EVERY_MODULE = /\.register_module_forward_(?:pre_)?hook$/;

/** A method of whatever may be a module that lets a function see, or change, each forward pass; undefined for any other. */
export function forwardHookMethod(receiver: Value, name: string, site: CallSite): Value | undefined {
  if (!METHOD.test(name)) return undefined;
  const { args, span, frame } = site;
  const [run = UNKNOWN, ...others] = everyArgument(args);
  const isFollowed = name === 'register_forward_hook' && others.length === 0 && !args.open;
  const id = idOf(receiver);
  addForwardHook({ id, run: isFollowed ? run : UNKNOWN, span }, frame.heap);
  return id === null ? UNKNOWN : { kind: 'reference', qualified: `${HANDLES}.${id}_${span.start}` };
}

/** What names the handles of hooks begin with: the module and the place where each was registered follow. */
const HANDLES = 'torch.utils.hooks';
const REMOVES = /^torch\.utils\.hooks\.(\d+)_(\d+)\.remove$/;

/** A function that lets another see, or change, the forward pass of every module, or a handle that ends that; undefined for any other. */
export function forwardHookCall(qualified: string, { span, frame }: CallSite): Value | undefined {
  const [, id, start] = REMOVES.exec(qualified) ?? [];
  if (id !== undefined) {
    removeForwardHook({ id: Number(id), start: Number(start) }, frame.heap);
    return NONE;
  }
  if (!FOR_EVERY_MODULE.test(qualified)) return undefined;
  addForwardHook({ id: 'each', run: UNKNOWN, span }, frame.heap);
  return UNKNOWN;
}

function idOf(receiver: Value): number | null {
  switch (receiver.kind) {
    case 'parent':
      return receiver.receiver.id;
    case 'object':
      return receiver.id;
    case 'layer':
      return receiver.layer.id;
    default:
      return null;
  }
}
