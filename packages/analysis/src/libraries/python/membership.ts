import { everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { combinedSets } from '../../interpret/machine/sets.ts';
import { iterated } from '../../interpret/modules/modules.ts';
import { list } from '../../interpret/values/containers.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { identity } from '../../interpret/values/identity.ts';
import { partial } from '../../interpret/values/partial.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { NONE, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { type Anchoring, matches } from './regular-expression.ts';

/** What tells one thing from others: `any`, `all`, `id`, sets, regular expressions; undefined for any other function. */
export function membershipCall(qualified: string, site: CallSite): Value | undefined {
  const { args, frame } = site;
  const [first = UNKNOWN] = args.positional;
  switch (qualified) {
    case 'builtins.any':
    case 'builtins.all':
      return quantified(iterated(first, frame), qualified === 'builtins.any');
    case 'builtins.id':
      return identityOf(first, site);
    case 'builtins.set':
    case 'builtins.frozenset':
      return args.positional.length === 0 ? list([]) : setOf(iterated(first, frame));
    case 're.compile':
      return partial({ kind: 'reference', qualified }, { ...args, named: new Map() });
    default:
      return qualified.startsWith('re.') ? matched(qualified.slice(3), everyArgument(args)) : undefined;
  }
}

/** Whether one of the items holds, or each of them. */
function quantified(over: Value, decides: boolean): Value {
  if (over.kind !== 'list') return UNKNOWN;
  const answers = over.items.map(truthOf);
  if (answers.includes(decides)) return { kind: 'truth', value: decides };
  const isKnown = !over.open && !answers.includes(null);
  return isKnown ? { kind: 'truth', value: !decides } : UNKNOWN;
}

function identityOf(value: Value, { frame }: CallSite): Value {
  switch (value.kind) {
    case 'parameter': {
      const { layer, which, part } = frame.heap.parameters.original(value);
      return part === true ? UNKNOWN : identity(`${layer.id}.${which}`);
    }
    case 'layer':
      return identity(`${value.layer.id}`);
    case 'object':
      return identity(`${value.id}`);
    default:
      return UNKNOWN;
  }
}

/** A set as a list: in which order it is gone through changes nothing that is asked of it. */
function setOf(value: Value): Value {
  return value.kind === 'list' ? list([...value.items], value.open) : UNKNOWN;
}

const ANCHORINGS: ReadonlySet<string> = new Set<Anchoring>(['search', 'match', 'fullmatch']);

/** A match as what it is in a condition. */
function matched(how: string, [pattern, text]: readonly Value[]): Value | undefined {
  if (!ANCHORINGS.has(how)) return undefined;
  if (pattern === undefined || text === undefined) return UNKNOWN;
  const answers = optionsOf(pattern).flatMap((one) =>
    optionsOf(text).map((other) => matchOf(how, one, other)),
  );
  const [first = null] = answers;
  if (first === null || answers.some((answer) => answer !== first)) return UNKNOWN;
  return first ? { kind: 'truth', value: true } : NONE;
}

function matchOf(how: string, pattern: Value, text: Value): boolean | null {
  if (pattern.kind !== 'text' || text.kind !== 'text') return null;
  // SAFETY: the caller has looked it up.
  return matches(pattern.text, text.text, how as Anchoring);
}

/** `pattern.search(text)` of a compiled one, and methods of sets; undefined for anything else. */
export function membershipMethod(
  receiver: Value,
  name: string,
  { args, frame }: CallSite,
): Value | undefined {
  const [first = UNKNOWN] = args.positional;
  if (receiver.kind === 'partial') {
    const { callee, positional } = receiver;
    if (callee.kind !== 'reference' || callee.qualified !== 're.compile') return undefined;
    return positional.length === 1 ? matched(name, [...positional, first]) : UNKNOWN;
  }
  if (receiver.kind !== 'list') return undefined;
  const operator = SET_METHODS[name];
  const other = iterated(first, frame);
  if (operator === undefined || args.positional.length !== 1 || other.kind !== 'list') return undefined;
  return combinedSets(operator, receiver, other);
}

const SET_METHODS: Readonly<Record<string, string>> = { union: '|', difference: '-', intersection: '&' };
