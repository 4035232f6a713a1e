import { ONE } from './magnitude.ts';
import { exactly, extremeOf, powerOf } from './step-numbers.ts';
import {
  asNumber,
  type ListValue,
  NONE,
  numberOf,
  type StepValue,
  tensor,
  truth,
  UNKNOWN,
} from './step-value.ts';
import { type Given, sizeMethod, stateOf, tensorMethod } from './tensor-methods.ts';

/** What a function of Python's or PyTorch's gives; undefined for one that is not known, which may change what it is given. */
export function functionCall(qualified: string, given: Given): StepValue | undefined {
  if (given.named.has('out')) return undefined;
  const name = qualified.slice(qualified.lastIndexOf('.') + 1);
  if (qualified.startsWith('torch.distributed.')) return alone(name);
  if (qualified.startsWith('torch.')) return torchCall(qualified.slice('torch.'.length), given);
  if (qualified === 'math.sqrt') return powerOfFirst(given, 1 / 2);
  const isBuiltin = !qualified.includes('.') || qualified.startsWith('builtins.');
  return isBuiltin ? builtin(name, given) : undefined;
}

/** One process trains by itself. */
function alone(name: string): StepValue | undefined {
  if (name === 'is_initialized') return truth(false);
  if (name === 'is_available') return truth(true);
  if (name === 'get_world_size') return exactly(1);
  return name === 'get_rank' ? exactly(0) : undefined;
}

function powerOfFirst({ positional: [first] }: Given, exponent: number): StepValue {
  const number = asNumber(first);
  return number === undefined ? UNKNOWN : powerOf(number, exactly(exponent));
}

const MADE_OF_NOTHING: ReadonlySet<string> = new Set(['zeros_like', 'empty_like', 'zeros', 'empty']);

/** What tells nothing of the gradient. */
const QUESTIONS: ReadonlySet<string> = new Set(['is_complex', 'is_floating_point', 'is_sparse']);

function torchCall(name: string, given: Given): StepValue | undefined {
  const { positional, named } = given;
  const [first] = positional;
  if (MADE_OF_NOTHING.has(name)) {
    const state = stateOf(first);
    return tensor({ form: 'zero', dims: name.endsWith('_like') && 'dims' in state ? state.dims : [] });
  }
  if (QUESTIONS.has(name)) return truth(false);
  if (name === 'tensor' || name === 'as_tensor') return tensor(stateOf(first));
  if (name === 'no_grad' || name === 'enable_grad') return NONE;
  if (name === 'stack') return stacked(first);
  if (name.startsWith('_foreach_')) return forEach(name.slice('_foreach_'.length), given);
  const own = name.replace(/^linalg\.(vector_|matrix_)?/, '');
  if (first?.kind === 'tensor') return tensorMethod(first, own, { positional: positional.slice(1), named });
  return undefined;
}

/** Several tensors of one shape as one; parameters stay what they are, as they are written back. */
function stacked(of: StepValue | undefined): StepValue {
  const [first] = of?.kind === 'list' ? of.items : [];
  if (first?.kind !== 'tensor' || !('dims' in first.state)) return UNKNOWN;
  if (first.state.form === 'weight') return first;
  return tensor({ ...first.state, dims: [ONE, ...first.state.dims] });
}

/** `torch._foreach_add_(params, updates, alpha=-lr)`. */
function forEach(name: string, { positional: [first, ...others], named }: Given): StepValue | undefined {
  if (first?.kind !== 'list') return undefined;
  const { isSome } = first;
  const items = first.items.map((item, at): StepValue => {
    const own = others.map((other) => (other.kind === 'list' ? (other.items[at] ?? UNKNOWN) : other));
    if (item.kind !== 'tensor') return UNKNOWN;
    return tensorMethod(item, name, { positional: own, named }) ?? UNKNOWN;
  });
  return items.includes(UNKNOWN) ? undefined : { kind: 'list', items, ...(isSome && { isSome }) };
}

function builtin(name: string, given: Given): StepValue | undefined {
  const { positional, named } = given;
  const [first, second] = positional;
  switch (name) {
    case 'max':
    case 'min':
      return extreme(name, positional);
    case 'len':
      return lengthOfValue(first);
    case 'float':
    case 'int':
      return asNumber(first) ?? UNKNOWN;
    case 'range':
      return rangeOf(second === undefined ? exactly(0) : first, second ?? first);
    case 'zip':
      return zipped(positional);
    case 'dict':
      return positional.length === 0 ? { kind: 'dict', entries: new Map(named), open: false } : UNKNOWN;
    case 'print':
      return NONE;
    case 'isinstance':
    case 'hasattr':
    case 'callable':
      return UNKNOWN;
    default:
      return first?.kind === 'list' ? listCall(name, first) : undefined;
  }
}

function lengthOfValue(of: StepValue | undefined): StepValue {
  if (of?.kind === 'list' && of.isSome) return { ...numberOf(null, ONE), of: 'count' };
  if (of?.kind === 'list') return of.isShape ? numberOf(null, ONE) : exactly(of.items.length);
  if (of?.kind === 'dict' && !of.open) return exactly(of.entries.size);
  if (of?.kind !== 'tensor') return UNKNOWN;
  return sizeMethod(of, 'size', { positional: [exactly(0)], named: new Map() }) ?? UNKNOWN;
}

function listCall(name: string, { items, isSome }: ListValue): StepValue | undefined {
  const some = isSome && { isSome };
  switch (name) {
    case 'list':
    case 'tuple':
      return { kind: 'list', items: [...items], ...some };
    case 'reversed':
      return { kind: 'list', items: items.toReversed(), ...some };
    case 'enumerate':
      return {
        kind: 'list',
        items: items.map((item, at) => ({ kind: 'list', items: [isSome ? PLACE : exactly(at), item] })),
        ...some,
      };
    default:
      return undefined;
  }
}

function extreme(which: 'max' | 'min', positional: readonly StepValue[]): StepValue {
  const [only] = positional;
  const given = positional.length === 1 && only?.kind === 'list' ? only.items : positional;
  const numbers = given.map(asNumber);
  const [first, ...others] = numbers;
  if (first === undefined) return UNKNOWN;
  return others.reduce(
    (left, right) =>
      left === undefined || right === undefined ? numberOf(null, null) : extremeOf(which, left, right),
    first,
  ) as StepValue;
}

/** More rounds than a step is made of. */
const MOST_ROUNDS = 64;

/** The place of one of several. */
const PLACE: StepValue = { ...numberOf(null, ONE), of: 'place' };

function rangeOf(first: StepValue | undefined, last: StepValue | undefined): StepValue {
  if (last?.kind === 'number' && last.of === 'count') return { kind: 'list', items: [PLACE], isSome: true };
  const [from, to] = [asNumber(first)?.exact ?? null, asNumber(last)?.exact ?? null];
  if (from === null || to === null || !(to - from <= MOST_ROUNDS)) return UNKNOWN;
  const length = Math.max(0, to - from);
  return { kind: 'list', items: Array.from({ length }, (_, at) => exactly(from + at)) };
}

function zipped(lists: readonly StepValue[]): StepValue {
  const all = lists.flatMap((one) => (one.kind === 'list' ? [one.items] : []));
  if (all.length < lists.length || all.length === 0) return UNKNOWN;
  const some = lists.filter((one) => one.kind === 'list' && one.isSome);
  // Of several beside a list of others it is not known which goes with which.
  if (some.length > 0 && all.some((items) => items.length !== 1)) return UNKNOWN;
  const length = Math.min(...all.map((items) => items.length));
  return {
    kind: 'list',
    items: Array.from({ length }, (_, at) => ({
      kind: 'list',
      items: all.map((items) => items[at] ?? UNKNOWN),
    })),
    ...(some.length > 0 && { isSome: true }),
  };
}
