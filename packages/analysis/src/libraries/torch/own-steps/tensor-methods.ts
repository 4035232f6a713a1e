import { ONE } from './magnitude.ts';
import { counted, exactly, extremeOf, powerOf, productOf, quotientOf, sumOf } from './step-numbers.ts';
import {
  absolute,
  added,
  atLeast,
  contracted,
  inverted,
  larger,
  lengthOf,
  multiplied,
  raised,
  reduced,
  scaledBy,
  signs,
} from './step-tensors.ts';
import {
  asNumber,
  type NumberValue,
  numberOf,
  type StepValue,
  type Tensor,
  type TensorState,
  tensor,
  UNKNOWN,
} from './step-value.ts';
import { reshaped, shapedLike, turnedView } from './tensor-views.ts';

/** What a method or function is given beside its first tensor. */
export interface Given {
  readonly positional: readonly StepValue[];
  readonly named: ReadonlyMap<string, StepValue>;
}

const UNREAD: TensorState = { form: 'unknown' };

/** Methods whose tensor has the entries of the one that they are called on. */
const SAME: ReadonlySet<string> = new Set(
  'detach float half double bfloat16 to type type_as contiguous cuda cpu expand_as data requires_grad_ squeeze unsqueeze'.split(
    ' ',
  ),
);

/** The state of a tensor, or of a number as a tensor. */
export function stateOf(value: StepValue | undefined): TensorState {
  if (value?.kind === 'tensor') return value.state;
  const number = asNumber(value);
  return number === undefined ? UNREAD : { form: 'number', number };
}

/** A number as it is, anything else as a tensor of its own. */
export function asValue(state: TensorState): StepValue {
  return state.form === 'number' ? state.number : tensor(state);
}

/** `x.name(…)`, also in place, where the name ends with `_`; undefined for a method that is not known. */
export function tensorMethod(of: Tensor, name: string, given: Given): StepValue | undefined {
  if (SAME.has(name)) return of;
  const view = viewBy(of, name, given);
  if (view !== undefined) return view ?? undefined;
  if (name.endsWith('_') && !name.endsWith('__')) {
    const made = madeBy(of.state, name.slice(0, -1), given) ?? UNREAD;
    of.state = settled(of.state, SETTING.has(name) ? made : afterwards(made));
    return of;
  }
  if (name === 'clone') return tensor(of.state);
  const made = madeBy(of.state, name, given);
  return made === undefined ? undefined : asValue(made);
}

/** The same entries in another shape, for both of which in-place operations count; null for one that is not known. */
function viewBy(of: Tensor, name: string, { positional, named }: Given): Tensor | null | undefined {
  const shape = named.get('shape');
  switch (name) {
    case 'view':
    case 'reshape':
      return reshaped(of, shape === undefined ? positional : [shape]) ?? null;
    case 'view_as':
    case 'reshape_as':
      return shapedLike(of, stateOf(positional[0])) ?? null;
    case 't':
      return turnedView(of);
    case 'transpose':
    case 'swapaxes':
      return isOfLastTwo(positional) ? turnedView(of) : null;
    default:
      return undefined;
  }
}

const SETTING: ReadonlySet<string> = new Set(['fill_', 'copy_', 'zero_']);

/** What is counted in a tensor is not the same at each step. */
export function afterwards(state: TensorState): TensorState {
  return state.form === 'number' ? { form: 'number', number: counted(state.number) } : state;
}

/** What a tensor becomes that is given another state: a parameter stays one. */
export function settled(before: TensorState, after: TensorState): TensorState {
  if (before.form !== 'weight' || after.form === 'weight') return after;
  return { ...before, added: null };
}

function madeBy(of: TensorState, name: string, { positional, named }: Given): TensorState | undefined {
  const at = (place: number, key: string) => positional[place] ?? named.get(key);
  const [first, second] = [stateOf(at(0, 'other')), stateOf(at(1, 'tensor2'))];
  const factor = (key: string, place: number): NumberValue => {
    const given = at(place, key);
    return given === undefined ? exactly(1) : (asNumber(given) ?? numberOf(null, null));
  };
  switch (name) {
    case 'add':
    case 'sub':
      return added(of, scaledBy(first, factor('alpha', 9)));
    case 'mul':
      return product(of, first);
    case 'div':
    case 'true_divide':
      return quotient(of, first);
    case 'addcmul':
      return added(of, scaledBy(product(stateOf(at(0, 'tensor1')), second), factor('value', 9)));
    case 'addcdiv':
      return added(of, scaledBy(quotient(stateOf(at(0, 'tensor1')), second), factor('value', 9)));
    case 'lerp':
      return added(of, scaledBy(stateOf(at(0, 'end')), inNumber(at(1, 'weight'))));
    case 'copy':
    case 'fill':
      return stateOf(at(0, name === 'copy' ? 'src' : 'value'));
    case 'zero':
      return 'dims' in of ? { form: 'zero', dims: of.dims } : { form: 'zero', dims: [] };
    case 'neg':
      return of;
    case 'square':
      return powered(of, exactly(2));
    case 'sqrt':
      return powered(of, exactly(1 / 2));
    case 'rsqrt':
      return powered(of, exactly(-1 / 2));
    case 'pow':
      return powered(of, inNumber(at(0, 'exponent')));
    case 'reciprocal':
      return quotient({ form: 'number', number: exactly(1) }, of);
    case 'sign':
      return signs(of);
    case 'abs':
      return absolute(of);
    case 'clamp_min':
      return clamped(of, at(0, 'min'));
    case 'clamp':
      return at(1, 'max') === undefined ? clamped(of, at(0, 'min')) : UNREAD;
    case 'maximum':
    case 'max':
      return positional.length === 1 ? larger(of, first) : UNREAD;
    case 'mm':
    case 'matmul':
    case 'bmm':
      return contracted(of, stateOf(at(0, 'mat2')));
    case 'norm':
    case 'sum':
    case 'mean':
      return reducedBy(name, of, { positional, named });
    default:
      return undefined;
  }
}

function inNumber(value: StepValue | undefined): NumberValue {
  return asNumber(value) ?? numberOf(null, null);
}

function clamped(of: TensorState, least: StepValue | undefined): TensorState {
  const number = asNumber(least);
  if (of.form !== 'number') return atLeast(of, number);
  return { form: 'number', number: extremeOf('max', of.number, number ?? numberOf(null, null)) };
}

/** `x * y`, of numbers, too. */
export function product(left: TensorState, right: TensorState): TensorState {
  if (left.form === 'number' && right.form === 'number')
    return { form: 'number', number: productOf(left.number, right.number) };
  return multiplied(left, right);
}

/** `x / y`, of numbers, too. */
export function quotient(left: TensorState, right: TensorState): TensorState {
  if (right.form !== 'number') return product(left, inverted(right));
  if (left.form === 'number') return { form: 'number', number: quotientOf(left.number, right.number) };
  return scaledBy(left, quotientOf(exactly(1), right.number));
}

/** `x ** y`, of numbers, too. */
export function powered(of: TensorState, exponent: NumberValue): TensorState {
  if (of.form === 'number') return { form: 'number', number: powerOf(of.number, exponent) };
  return exponent.exact === null ? UNREAD : raised(of, exponent.exact);
}

/** `x + y`, of numbers, too. */
export function total(left: TensorState, right: TensorState): TensorState {
  if (left.form === 'number' && right.form === 'number')
    return { form: 'number', number: sumOf(left.number, right.number) };
  return added(left, right);
}

function isOfLastTwo(places: readonly StepValue[]): boolean {
  const exact = places.map((one) => asNumber(one)?.exact);
  return exact.length === 2 && [-2, 0].includes(exact[0] ?? 9) && [-1, 1].includes(exact[1] ?? 9)
    ? true
    : exact[0] === -1 && exact[1] === -2;
}

function reducedBy(
  name: 'norm' | 'sum' | 'mean',
  of: TensorState,
  { positional, named }: Given,
): TensorState {
  const keeps = named.get('keepdim');
  const keepsDims = keeps?.kind === 'truth' && keeps.value;
  if (name === 'norm' && (named.has('p') || named.has('ord'))) return UNREAD;
  const given = named.get('dim') ?? positional[0];
  if (given === undefined || given.kind === 'none') return reduced(name, of, { over: null, keepsDims });
  const rank = 'dims' in of ? of.dims.length : 0;
  const places = (given.kind === 'list' ? given.items : [given]).map((one) => asNumber(one)?.exact);
  if (name === 'norm' && !named.has('dim')) return UNREAD;
  const fromEnd = places.flatMap((one) => (typeof one === 'number' ? [one < 0 ? one : one - rank] : []));
  return fromEnd.length < places.length ? UNREAD : reduced(name, of, { over: fromEnd, keepsDims });
}

/** `x.name`; undefined for an attribute that is not known. */
export function tensorAttribute(of: Tensor, name: string): StepValue | undefined {
  const { state } = of;
  if (name === 'data') return of;
  if (name === 'T' || name === 'mT' || name === 'H' || name === 'mH') return turnedView(of);
  if (!('dims' in state)) return undefined;
  if (name === 'shape')
    return { kind: 'list', items: state.dims.map((length) => numberOf(null, length)), isShape: true };
  // What is updated alike may be a vector, too.
  return name === 'ndim' ? numberOf(null, ONE) : undefined;
}

/** `x.size(-1)`, `x.dim()`, `x.numel()`; undefined for any other method. */
export function sizeMethod(of: Tensor, name: string, { positional }: Given): StepValue | undefined {
  if (!('dims' in of.state)) return undefined;
  const { dims } = of.state;
  if (name === 'dim' || name === 'ndimension') return numberOf(null, ONE);
  if (name === 'numel' || name === 'nelement') return numberOf(null, lengthOf(dims));
  if (name !== 'size') return undefined;
  const [given] = positional;
  if (given === undefined) return tensorAttribute(of, 'shape');
  const place = asNumber(given)?.exact;
  const length = typeof place === 'number' ? dims.at(place) : undefined;
  return length === undefined ? UNKNOWN : numberOf(null, length === ONE ? ONE : length);
}
