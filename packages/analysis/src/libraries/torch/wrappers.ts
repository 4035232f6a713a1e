import { type Arguments, argument, type CallSite } from '../../interpret/interpreter.ts';
import type { Value } from '../../interpret/value.ts';

/** Classes around a model, and the name they hold it by, which its parameters' names begin with. */
const HOLDERS: ReadonlyMap<string, string> = new Map([
  ['torch.compile', '_orig_mod'],
  ['torch.nn.DataParallel', 'module'],
  ['torch.nn.parallel.DistributedDataParallel', 'module'],
]);

/** What wraps a model or gives back what it is handed; undefined for anything else. */
export function wrapped(qualified: string, args: Arguments): Value | undefined {
  const [first] = args.positional;
  if (first === undefined) return undefined;
  if (qualified === 'torch.jit.script') return first;
  const wrapper = HOLDERS.get(qualified);
  if (wrapper === undefined) return undefined;
  return first.kind === 'object' ? { ...first, wrapper } : first;
}

const FUNCTIONAL_CALL = /^torch\.(?:func|nn\.utils\.stateless)\.functional_call$/;

/** `functional_call(module, parameters, args, kwargs)`: the module's forward pass, with its own parameters in other hands. */
export function functionalCall(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  const module = FUNCTIONAL_CALL.test(qualified) ? argument(args, { name: 'module', index: 0 }) : undefined;
  if (module === undefined) return undefined;
  const given = argument(args, { name: 'args', index: 2 });
  const named = argument(args, { name: 'kwargs', index: 3 });
  const positional = given?.kind === 'list' ? given.items : given === undefined ? [] : [given];
  return frame.call(
    module,
    { positional, named: named?.kind === 'dict' ? named.entries : new Map(), open: false },
    span,
  );
}
