import { foreignBases } from '../../interpret/classes.ts';
import type { CallSite } from '../../interpret/interpreter.ts';
import type { Value } from '../../interpret/value.ts';
import { startOwnScheduler } from './schedulers.ts';

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
  return scheduler === undefined ? undefined : startOwnScheduler(receiver, scheduler, site);
}
