import type { CallExpression, Expression } from './ast.ts';
import { callsIn } from './calls-in.ts';

/** A name that a call is given as it is, and where: its place, or the parameter's name. */
export interface NameGiven {
  readonly name: string;
  readonly at: number | string;
}

/** A call of `name` or `name.attribute` with the plain names that it is given. */
export interface CallWithNames {
  readonly callee: Expression;
  /** The name that the callee begins with. */
  readonly root: string;
  readonly given: readonly NameGiven[];
}

const KNOWN = new WeakMap<object, readonly CallWithNames[]>();

/** All calls in a part of the syntax tree that are given names as they are, but those behind `*` and `**`. */
export function callsWithNames(part: object): readonly CallWithNames[] {
  const known = KNOWN.get(part);
  if (known !== undefined) return known;
  const calls = callsIn(part).flatMap(callWithNames);
  KNOWN.set(part, calls);
  return calls;
}

function callWithNames({ callee, args }: CallExpression): readonly CallWithNames[] {
  const root = rootOf(callee);
  const spread = args.findIndex((one) => one.spread && one.byName !== true);
  const given = args.flatMap(({ name, value, ...one }, at): readonly NameGiven[] => {
    const isPlaced = name !== null || spread < 0 || at < spread;
    return one.spread || value.kind !== 'name' || !isPlaced ? [] : [{ name: value.name, at: name ?? at }];
  });
  return root === undefined || given.length === 0 ? [] : [{ callee, root, given }];
}

function rootOf(callee: Expression): string | undefined {
  if (callee.kind === 'name') return callee.name;
  return callee.kind === 'attribute' ? rootOf(callee.object) : undefined;
}
