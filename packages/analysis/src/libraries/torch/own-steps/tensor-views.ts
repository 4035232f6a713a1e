import { type Magnitude, ONE, over, times } from './magnitude.ts';
import { isAlike, lengthOf, transposed } from './step-tensors.ts';
import { asNumber, type StepValue, type Tensor, type TensorState } from './step-value.ts';

type Dims = readonly Magnitude[];

type Change = (state: TensorState) => TensorState;

/** A tensor with the entries of another: what is done to it in place is done to the other. */
function viewOf(of: Tensor, there: Change, back: Change): Tensor {
  let known: { readonly from: TensorState; readonly made: TensorState } | null = null;
  return {
    kind: 'tensor',
    get state() {
      if (known?.from !== of.state) known = { from: of.state, made: there(of.state) };
      return known.made;
    },
    set state(after) {
      const { state } = of;
      of.state = state.form === 'weight' ? { ...state, added: null } : back(after);
    },
  };
}

/** `x.T`. */
export function turnedView(of: Tensor): Tensor {
  return viewOf(of, transposed, transposed);
}

/** `x.view(…)`, `x.reshape(…)`; undefined where it is not known which shape it has then. */
export function reshaped(of: Tensor, lengths: readonly StepValue[]): Tensor | undefined {
  const { state } = of;
  if (!('dims' in state) || state.form === 'weight' || state.form === 'zero') return of;
  const { dims } = state;
  const [only] = lengths;
  const given = lengths.length === 1 && only?.kind === 'list' ? only.items : lengths;
  const wanted = dimsOf(given, lengthOf(dims));
  if (wanted === null) return undefined;
  return isAlike(wanted, dims) ? of : viewOf(of, withDims(wanted), withDims(dims));
}

/** `x.view_as(y)`, `x.reshape_as(y)`. */
export function shapedLike(of: Tensor, other: TensorState): Tensor | undefined {
  if (!('dims' in of.state) || of.state.form === 'weight' || of.state.form === 'zero') return of;
  if (!('dims' in other)) return undefined;
  const { dims } = of.state;
  return isAlike(other.dims, dims) ? of : viewOf(of, withDims(other.dims), withDims(dims));
}

function withDims(dims: Dims): Change {
  return (state) => ('dims' in state ? { ...state, dims } : state);
}

/** The lengths that are asked for, where −1 stands for what is left of all entries; null where some are not known. */
function dimsOf(given: readonly StepValue[], entries: Magnitude): Dims | null {
  const lengths = given.map(asNumber);
  const isRest = lengths.map((length) => length?.exact === -1);
  const known = lengths.flatMap((length, at) => (isRest[at] ? [] : [length?.magnitude ?? null]));
  if (known.includes(null) || isRest.filter(Boolean).length > 1) return null;
  const rest = over(
    entries,
    known.reduce<Magnitude>((all, one) => (one ? times(all, one) : all), ONE),
  );
  return lengths.map((length, at) => (isRest[at] ? rest : (length?.magnitude ?? ONE)));
}
