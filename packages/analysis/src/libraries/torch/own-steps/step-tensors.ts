import { COLUMNS, isSame, type Magnitude, ONE, over, ROWS, times, toThe } from './magnitude.ts';
import { isSmall } from './step-numbers.ts';
import type { Form, MadeState, NumberValue, TensorState, WeightState } from './step-value.ts';

type Dims = readonly Magnitude[];

const LOST: TensorState = { form: 'unknown' };

/** What is not negative. */
const EVEN: ReadonlySet<Form> = new Set(['even', 'root', 'inverse', 'other']);

/** Singular values of a matrix of norm 1, some of many. */
const SINGULAR_VALUES = [0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1];

/** How many times the smallest the largest of singular values may be that count as alike. */
const ALIKE = 3;

function isMade(state: TensorState): state is MadeState {
  return !['unknown', 'zero', 'number', 'weight'].includes(state.form);
}

/** The length of all dimensions together, or of those that are named. */
export function lengthOf(dims: Dims): Magnitude {
  return dims.reduce(times, ONE);
}

/** Whether two tensors have one shape. */
export function isAlike(left: Dims, right: Dims): boolean {
  return left.length === right.length && left.every((length, at) => isSame(length, right[at] ?? ONE));
}

/** Of two tensors that are combined entry by entry. */
function together(left: Dims, right: Dims): Dims {
  const [longer, shorter] = left.length >= right.length ? [left, right] : [right, left];
  const ahead = longer.length - shorter.length;
  return longer.map((length, at) => (isSame(length, ONE) ? (shorter[at - ahead] ?? length) : length));
}

/** A matrix that is divided by its norm may be orthogonalized from here on. */
function normed(state: MadeState): MadeState {
  if (state.form !== 'scaled' || state.spectrum !== undefined) return state;
  const area = lengthOf(state.dims.slice(-2));
  const isNormed = isOwnMatrix(state.dims) && isSame(times(state.magnitude, toThe(area, 1 / 2)), ONE);
  return isNormed ? { ...state, spectrum: [...SINGULAR_VALUES] } : state;
}

/** Whether it is as long and wide as the parameter, or the other way round. */
function isOwnMatrix(dims: Dims): boolean {
  const [before, after] = lastTwo(dims);
  return (
    dims.length > 1 &&
    (isAlike([before, after], [ROWS, COLUMNS]) || isAlike([after, before], [ROWS, COLUMNS]))
  );
}

/** `x + y`; of a difference the signs do not matter, but where both are known to be positive. */
export function added(left: TensorState, right: TensorState): TensorState {
  if (left.form === 'zero') return right;
  if (right.form === 'zero') return left;
  if (left.form === 'weight') return gaining(left, right);
  if (right.form === 'weight') return gaining(right, left);
  if (left.form === 'number' && isMade(right)) return withNumber(right, left.number);
  if (right.form === 'number' && isMade(left)) return withNumber(left, right.number);
  return isMade(left) && isMade(right) ? sum(left, right) : LOST;
}

function gaining(weight: WeightState, state: TensorState): WeightState {
  if (state.form === 'number' && state.number.exact === 0) return weight;
  if (state.form === 'decay' && isShare(state.magnitude, 1)) return weight;
  const isRead = isMade(state) && state.form !== 'decay';
  return { ...weight, added: isRead && weight.added ? [...weight.added, state] : null };
}

function withNumber(state: MadeState, number: NumberValue): TensorState {
  return number.exact === 0 || (isSmall(number) && EVEN.has(state.form)) ? state : LOST;
}

function sum(left: MadeState, right: MadeState): TensorState {
  if (right.form === 'decay') return isBeside(left, right) ? left : LOST;
  if (left.form === 'decay') return isBeside(right, left) ? right : LOST;
  if (left.spectrum !== undefined && right.spectrum !== undefined) return polynomial(left, right);
  if (!isSame(left.magnitude, right.magnitude)) return LOST;
  const dims = together(left.dims, right.dims);
  if (left.form === right.form) return { form: left.form, magnitude: left.magnitude, dims };
  const isOf = (...forms: readonly Form[]) => forms.includes(left.form) && forms.includes(right.form);
  if (isOf('linear', 'scaled')) return normed({ form: 'scaled', magnitude: left.magnitude, dims });
  return LOST;
}

/** Whether it goes with this power of the rate, whatever the gradient is. */
function isShare({ gradient, rate }: Magnitude, power: number): boolean {
  return gradient === 0 && rate === power;
}

/** Whether its size is not the gradient's, so that a part of the weight beside it is a decay of its own. */
function isBeside({ form, magnitude }: MadeState, decay: MadeState): boolean {
  const isOwnSize = form === 'ratio' || form === 'turning' || form === 'decay';
  return isOwnSize && isShare(decay.magnitude, magnitude.rate);
}

/** `a * X + B @ X`, `b * A + c * A @ A`. */
function polynomial(left: MadeState, right: MadeState): TensorState {
  const isMatrix = ({ form }: MadeState) => form === 'scaled' || form === 'turning';
  if (isMatrix(left) !== isMatrix(right) || !isAlike(left.dims, right.dims)) return LOST;
  const [turned = left] = [left, right].filter(({ form }) => form === 'turning');
  const spectrum = left.spectrum?.map((value, at) => value + (right.spectrum?.[at] ?? 0));
  return { ...turned, ...(spectrum && { spectrum }) };
}

/** `x * number`. */
export function scaledBy(state: TensorState, number: NumberValue): TensorState {
  if (number.exact === 1) return state;
  if (state.form === 'weight') return weightTimes(state, number);
  if (state.form === 'zero') return state;
  if (!isMade(state) || number.magnitude === null) return LOST;
  if (number.exact === 0) return { form: 'zero', dims: state.dims };
  const { exact } = number;
  const magnitude = times(state.magnitude, number.magnitude);
  const spectrum = exact === null ? state.spectrum : state.spectrum?.map((value) => value * exact);
  const isScaled = state.form === 'linear' && number.magnitude.gradient !== 0;
  const form = isScaled ? 'scaled' : state.form;
  return normed({ ...state, form, magnitude, ...(spectrum && { spectrum }) });
}

function weightTimes(state: WeightState, { exact, magnitude, isLeft }: NumberValue): TensorState {
  if (isLeft) return state;
  if (exact === 0) return { form: 'zero', dims: state.dims };
  // With what has been added to it, it is more than what decays.
  if (magnitude === null || state.added?.length !== 0) return { ...state, added: null };
  return { form: 'decay', magnitude, dims: state.dims };
}

/** `x * y`, entry by entry. */
export function multiplied(left: TensorState, right: TensorState): TensorState {
  if (left.form === 'number') return scaledBy(right, left.number);
  if (right.form === 'number') return scaledBy(left, right.number);
  if (left.form === 'zero' || right.form === 'zero') return left.form === 'zero' ? left : right;
  if (!isMade(left) || !isMade(right)) return LOST;
  const magnitude = times(left.magnitude, right.magnitude);
  const dims = together(left.dims, right.dims);
  const form = left === right ? squared(left.form) : productForm(left, right);
  if (form === null) return LOST;
  const { spectrum } = left.form === 'turning' ? left : right;
  return normed({ form, magnitude, dims, ...(form === 'turning' && spectrum && { spectrum }) });
}

function squared(form: Form): Form | null {
  if (form === 'linear' || form === 'root') return 'even';
  return form === 'decay' ? null : 'other';
}

function productForm(left: MadeState, right: MadeState): Form | null {
  const found = formTimes(left, right) ?? formTimes(right, left);
  return found ?? (EVEN.has(left.form) && EVEN.has(right.form) ? 'other' : null);
}

/** Of a tensor times a statistic, or over a root of squares. */
function formTimes({ form, dims }: MadeState, by: MadeState): Form | null {
  if (form === 'linear' && by.form === 'inverse') return isAlike(dims, by.dims) ? 'ratio' : 'scaled';
  if (by.form !== 'other') return null;
  if (form === 'linear' || form === 'scaled') return 'scaled';
  return form === 'turning' || form === 'decay' ? form : null;
}

/** `1 / x`, entry by entry, of what is not negative. */
export function inverted(state: TensorState): TensorState {
  if (!isMade(state) || !EVEN.has(state.form)) return LOST;
  const form = state.form === 'root' ? 'inverse' : 'other';
  return { form, magnitude: over(ONE, state.magnitude), dims: state.dims };
}

/** `x ** exponent`. */
export function raised(state: TensorState, exponent: number): TensorState {
  if (state.form === 'zero') return exponent > 0 ? state : LOST;
  if (exponent === 2) return multiplied(state, state);
  if (!isMade(state) || !EVEN.has(state.form)) return LOST;
  const magnitude = toThe(state.magnitude, exponent);
  const ofSquares: Form = exponent === 1 / 2 ? 'root' : exponent === -1 / 2 ? 'inverse' : 'other';
  return { form: state.form === 'even' ? ofSquares : 'other', magnitude, dims: state.dims };
}

/** −1, 0 or 1, as a gradient or a momentum has it. */
export function signs(state: TensorState): TensorState {
  const isSigned = isMade(state) && ['linear', 'scaled', 'ratio'].includes(state.form);
  return isSigned ? { form: 'ratio', magnitude: ONE, dims: state.dims } : LOST;
}

/** `x.abs()`. */
export function absolute(state: TensorState): TensorState {
  if (!isMade(state)) return LOST;
  if (EVEN.has(state.form)) return state;
  return { form: state.form === 'linear' ? 'root' : 'other', magnitude: state.magnitude, dims: state.dims };
}

/** What is at least a small number. */
export function atLeast(state: TensorState, number: NumberValue | undefined): TensorState {
  const isKept = isMade(state) && EVEN.has(state.form) && number !== undefined && isSmall(number);
  return isKept ? state : LOST;
}

/** The larger of two, entry by entry. */
export function larger(left: TensorState, right: TensorState): TensorState {
  if (left.form === 'zero' && isMade(right) && EVEN.has(right.form)) return right;
  if (right.form === 'zero' && isMade(left) && EVEN.has(left.form)) return left;
  const isKept = isMade(left) && isMade(right) && left.form === right.form && EVEN.has(left.form);
  return isKept && isSame(left.magnitude, right.magnitude) ? left : LOST;
}

export interface Reduced {
  /** The dimensions that are gone through, from the end; null for all. */
  readonly over: readonly number[] | null;
  readonly keepsDims: boolean;
}

/** The norm, the sum or the mean over dimensions: of a sum of what may be negative nothing is known. */
export function reduced(
  how: 'norm' | 'sum' | 'mean',
  state: TensorState,
  { over: which, keepsDims }: Reduced,
): TensorState {
  if (!isMade(state) || (how !== 'norm' && !EVEN.has(state.form))) return LOST;
  const { dims } = state;
  const isGone = (at: number) => which === null || which.includes(at - dims.length);
  const count = lengthOf(dims.filter((_, at) => isGone(at)));
  const share = how === 'norm' ? toThe(count, 1 / 2) : how === 'sum' ? count : ONE;
  const magnitude = times(state.magnitude, share);
  const left = keepsDims
    ? dims.map((length, at) => (isGone(at) ? ONE : length))
    : dims.filter((_, at) => !isGone(at));
  if (left.length === 0) return { form: 'number', number: { kind: 'number', exact: null, magnitude } };
  return { form: 'other', magnitude, dims: left };
}

/** `x.T`, of its last two dimensions. */
export function transposed(state: TensorState): TensorState {
  if ((!isMade(state) && state.form !== 'zero') || state.dims.length < 2) return LOST;
  const [rows = ONE, columns = ONE] = state.dims.slice(-2);
  return { ...state, dims: [...state.dims.slice(0, -2), columns, rows] };
}

/** `x @ y`, as orthogonalizing has it: of a matrix with its own transpose, and of such products with it. */
export function contracted(left: TensorState, right: TensorState): TensorState {
  if (!(isMade(left) && isMade(right))) return LOST;
  const [mine, theirs] = [left.spectrum, right.spectrum];
  if (mine === undefined || theirs === undefined) return LOST;
  const [[before, summed], [across, after]] = [lastTwo(left.dims), lastTwo(right.dims)];
  if (!isSame(summed, across)) return LOST;
  const spectrum = mine.map((value, at) => value * (theirs[at] ?? 0));
  if (left.form === 'product') return turnedBy(right, spectrum);
  if (right.form === 'product') return turnedBy(left, spectrum);
  // X @ X.T: one matrix has one spectrum.
  const isOwn = mine === theirs && isSame(before, after);
  const dims = [...left.dims.slice(0, -2), before, after];
  return isOwn ? { form: 'product', magnitude: ONE, dims, spectrum } : LOST;
}

function lastTwo(dims: Dims): readonly [Magnitude, Magnitude] {
  return [dims.at(-2) ?? ONE, dims.at(-1) ?? ONE];
}

/** A matrix times a polynomial of its product with itself has entries of the size that they have once it is orthogonal. */
function turnedBy(state: MadeState, spectrum: readonly number[]): MadeState {
  if (state.form !== 'scaled') return { ...state, spectrum };
  return { ...state, form: 'turning', magnitude: times(state.magnitude, { ...ONE, least: 1 / 2 }), spectrum };
}

/** Whether a matrix has been orthogonalized: its singular values have become alike. */
export function isTurned({ form, spectrum = [] }: MadeState): boolean {
  if (form !== 'turning') return false;
  const sizes = spectrum.map(Math.abs);
  return Math.max(...sizes) <= ALIKE * Math.min(...sizes);
}
