import { type Arguments, argument } from '../machine/given-arguments.ts';
import type { CallSite } from '../machine/interpreter.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { startOptimizer } from './optimizer-state.ts';
import { dictsIn, membersIn } from './parameter-groups.ts';

/**
 * What is made of parameters and a rate for them is an optimizer, whose updates are not read, and so is what is made of
 * parameters by that name: `instantiate(config.optimizer, params=model.parameters())`; null where nothing is.
 */
export function unreadOptimizer(qualified: string, { args, frame, span }: CallSite): Value | null {
  const params = argument(args, { name: 'params', index: 0 });
  const isMade = isMadeOfParameters(args) || (args.named.has('lr') && isClassName(lastName(qualified)));
  if (!isMade || params === undefined || !holdsParameters(params)) return null;
  const build = { id: frame.interpreter.newId(), update: null, isMatrix: null, qualified, span };
  const given = [...args.named].filter(([name]) => name !== 'params');
  return startOptimizer(build, { params, defaults: new Map([['lr', UNKNOWN], ...given]) }, frame);
}

/** Whether a call makes an optimizer, which leaves weights where they start. */
export function makesOptimizer(args: Arguments): boolean {
  return args.named.has('lr') || isMadeOfParameters(args);
}

export function isMadeOfParameters({ named }: Arguments): boolean {
  const params = named.get('params');
  return params !== undefined && holdsParameters(params);
}

function holdsParameters(params: Value): boolean {
  return [params, ...dictsIn(params).map(({ entries }) => entries.get('params') ?? UNKNOWN)].some(
    (one) => membersIn(one).members.length > 0,
  );
}

export function lastName(qualified: string): string {
  return qualified.slice(qualified.lastIndexOf('.') + 1);
}

/** By convention. */
export function isClassName(name: string): boolean {
  return /^[A-Z]/.test(name);
}
