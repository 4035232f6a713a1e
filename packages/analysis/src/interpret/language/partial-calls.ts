import type { Span } from '../../syntax/span.ts';
import { isHere } from '../../workspace/source-modules.ts';
import { CalledFrom } from '../machine/called-from.ts';
import type { Arguments } from '../machine/given-arguments.ts';
import type { CallSite } from '../machine/interpreter.ts';
import { onlyOptional } from '../values/partial.ts';
import type { PartialValue, Value } from '../values/value.ts';

/** What was given before comes first; of what is given by name, the later counts. */
export function callPartial(given: PartialValue, site: CallSite): Value {
  const { callee, positional, named, open } = given;
  const { args, frame, span } = site;
  const optional = onlyOptional(given, args);
  const all: Arguments = {
    positional: [...positional, ...args.positional],
    named: new Map([...named, ...args.named]),
    open: open || args.open,
    ...(optional !== undefined && { optional }),
  };
  return frame.call(callee, all, callee.kind === 'reference' ? madeAt(given, site) : span);
}

/** Where code of another file calls what this one has made for it, it is this one that decides what that does. */
function madeAt({ at }: PartialValue, { frame, span }: CallSite): Span {
  if (at === undefined || !isHere(at) || isHere(span) || span.calledAt !== undefined) return span;
  const { calls } = frame.interpreter;
  const made = calls.get(at) ?? new CalledFrom(at, true);
  calls.set(at, made);
  return made.place(span);
}
