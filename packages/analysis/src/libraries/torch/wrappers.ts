import type { Arguments } from '../../interpret/interpreter.ts';
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
