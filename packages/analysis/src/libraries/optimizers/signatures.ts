import { NO_ARGUMENTS } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { dict } from '../../interpret/values/containers.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { namespaceCall } from '../python/namespaces.ts';
import { findOptimizer } from '../torch/tables.ts';

/** `inspect.signature(torch.optim.AdamW)`, of which is asked what it takes; undefined for any other function. */
export function signatureCall(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  const [of] = args.positional;
  if (qualified !== 'inspect.signature' || of?.kind !== 'reference') return undefined;
  const takes = findOptimizer(of.qualified)?.takes;
  if (takes === undefined) return undefined;
  const parameters = dict(new Map(takes.split(' ').map((name) => [name, UNKNOWN])));
  const given = { ...NO_ARGUMENTS, named: new Map([['parameters', parameters]]) };
  return namespaceCall('types.SimpleNamespace', { args: given, frame, span });
}
