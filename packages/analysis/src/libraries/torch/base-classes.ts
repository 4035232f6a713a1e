import { foreignBases } from '../../interpret/machine/classes.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import type { Value } from '../../interpret/values/value.ts';
import { startOwnOptimizer } from './own-optimizers.ts';
import { startOwnScheduler } from './schedulers.ts';

const OPTIMIZER = /^torch\.optim\.(?:\w+\.)?[A-Z]\w*$/;
const SCHEDULER = /^torch\.optim\.lr_scheduler\.\w+$/;

/** What a method of PyTorch's own base class does for an object of a class of the file: `super().__init__(…)`. */
export function parentMethod(
  { receiver }: Extract<Value, { kind: 'parent' }>,
  name: string,
  site: CallSite,
): Value | undefined {
  if (name !== '__init__') return undefined;
  const bases = foreignBases(site.frame.interpreter, receiver.definition);
  const scheduler = bases.find((base) => SCHEDULER.test(base));
  if (scheduler !== undefined) return startOwnScheduler(receiver, scheduler, site);
  const optimizer = bases.find((base) => OPTIMIZER.test(base));
  return optimizer === undefined ? undefined : startOwnOptimizer(receiver, optimizer, site);
}
