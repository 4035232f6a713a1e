import { literal } from '../../growth/quantity.ts';
import { linear, product, sum } from '../../network/elementwise.ts';
import type { Tensor } from '../../network/graph.ts';
import type { Layer } from '../../network/layer.ts';
import { UNKNOWN_LAYOUT, withLength } from '../../network/layout.ts';
import { lastOf } from '../../network/shape.ts';
import { act, fixRank, isData, partOf, scale, shapeOf, unread, view } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';
import { argument } from '../machine/given-arguments.ts';
import type { CallSite } from '../machine/interpreter.ts';
import { list } from '../values/containers.ts';
import { optionsOf } from '../values/either.ts';
import type { Value } from '../values/value.ts';
import { parameterIn } from './forward.ts';
import { tensorIn, tensorValue } from './tensors.ts';

/** What a recurrent layer hands on from one step to the next; what is not there is zero. */
interface State {
  readonly hidden: Tensor | null;
  /** Of an LSTM. */
  readonly cell: Tensor | null;
}

/** The parameters of one layer of a recurrent network as its steps use them, and what is said of its steps. */
interface Recurrence {
  readonly weights: readonly [input: Tensor, hidden: Tensor];
  readonly biases: readonly [input: Tensor | null, hidden: Tensor | null];
  readonly gates: number;
  readonly span: Span;
}

/**
 * Two steps of an LSTM or a GRU, which stand for any number of them: the second one has what the first one made. What a
 * state that is data adds to the first is left aside. Undefined where the layer is of another kind.
 */
export function applyRecurrent(layer: Layer, site: CallSite): Value | undefined {
  const { args, frame } = site;
  const gates = GATES.get(layer.qualified);
  const given = tensorIn(argument(args, { name: 'input', index: 0 }), frame);
  if (gates === undefined || given === null || !isPlain(layer)) return undefined;
  const stored = argument(args, { name: 'hx', index: 1 });
  if (stored !== undefined && !isAtRest(stored)) return undefined;
  listSteps(given);
  let state: State = NOTHING;
  let made = given;
  for (const suffix of layersOf(layer)) {
    const recurrence = recurrenceOf(layer, suffix, { gates, site });
    if (recurrence === null) return undefined;
    state = step(made, step(made, NOTHING, recurrence), recurrence);
    if (state.hidden === null) return undefined;
    made = state.hidden;
  }
  return resultOf(state, site.span);
}

/** Steps, batch and features: a sequence without a batch is rare, and has its two dimensions listed. */
function listSteps(given: Tensor): void {
  const shape = shapeOf(given);
  if (shape?.open === true && shape.dims.length < 3) fixRank(given, 3);
}

const NOTHING: State = { hidden: null, cell: null };

const GATES: ReadonlyMap<string, number> = new Map([
  ['torch.nn.LSTM', 4],
  ['torch.nn.GRU', 3],
]);

/**
 * Whether a layer goes one way, hands on its whole state, and has for certain what it may have. Where nobody says how many
 * layers there are, it is taken to have more than one, which hand on what the first one would.
 */
function isPlain({ parameters }: Layer): boolean {
  return (parameters ?? []).every(
    ({ name, present }) => (present === true || !name.endsWith('_l0')) && !/_reverse$|^weight_hr/.test(name),
  );
}

/** What the names of the parameters of each layer end with. */
function layersOf({ parameters }: Layer): readonly string[] {
  return (parameters ?? []).flatMap(({ name }) =>
    name.startsWith('weight_ih') ? [name.slice('weight_ih'.length)] : [],
  );
}

function recurrenceOf(
  layer: Layer,
  suffix: string,
  { gates, site: { frame, span } }: { readonly gates: number; readonly site: CallSite },
): Recurrence | null {
  const used = (which: string) => parameterIn(layer, `${which}${suffix}`, frame);
  const [input, hidden] = [used('weight_ih'), used('weight_hh')];
  if (input === null || hidden === null) return null;
  return { weights: [input, hidden], biases: [used('bias_ih'), used('bias_hh')], gates, span };
}

function step(given: Tensor, state: State, recurrence: Recurrence): State {
  const { weights, biases, gates, span } = recurrence;
  const ofInput = linear(given, { matrix: weights[0], bias: biases[0], span });
  // Where there is no state yet, its bias alone is small beside what the input gives.
  const ofState =
    state.hidden === null ? null : linear(state.hidden, { matrix: weights[1], bias: biases[1], span });
  return (gates === 4 ? stepOfLstm : stepOfGru)({ ofInput, ofState }, state, recurrence);
}

/** What the matrices make of the input and of the state, for all gates at once. */
interface Projected {
  readonly ofInput: Tensor;
  readonly ofState: Tensor | null;
}

/** c' = σ(f) c + σ(i) tanh(g), h' = σ(o) tanh(c'). */
function stepOfLstm({ ofInput, ofState }: Projected, { cell }: State, recurrence: Recurrence): State {
  const { span } = recurrence;
  const all = ofState === null ? ofInput : sum([ofInput, ofState], span);
  const gate = (at: number, activation: string) => act(gateOf(all, at, recurrence), activation, span);
  const added = product(gate(0, 'sigmoid'), gate(2, 'tanh'), span);
  const next = cell === null ? added : sum([product(gate(1, 'sigmoid'), cell, span), added], span);
  return { hidden: product(gate(3, 'sigmoid'), act(next, 'tanh', span), span), cell: next };
}

/** h' = σ(-z) tanh(n + σ(r) m) + σ(z) h, of which m comes from the state. */
function stepOfGru({ ofInput, ofState }: Projected, { hidden }: State, recurrence: Recurrence): State {
  const { span } = recurrence;
  const together = (at: number) => {
    const parts = [ofInput, ofState].flatMap((one) => (one === null ? [] : [gateOf(one, at, recurrence)]));
    return parts.length === 1 ? parts : [sum(parts, span)];
  };
  const [reset, update] = [together(0), together(1)].flat();
  const candidate = gateOf(ofInput, 2, recurrence);
  if (reset === undefined || update === undefined) return NOTHING;
  const recalled =
    ofState === null ? null : product(act(reset, 'sigmoid', span), gateOf(ofState, 2, recurrence), span);
  const proposed = act(recalled === null ? candidate : sum([candidate, recalled], span), 'tanh', span);
  const added = product(act(scale(update, literal(-1), span), 'sigmoid', span), proposed, span);
  const kept = hidden === null ? null : product(act(update, 'sigmoid', span), hidden, span);
  return { hidden: kept === null ? added : sum([kept, added], span), cell: null };
}

/** The part of the last dimension that is one gate's. */
function gateOf(of: Tensor, at: number, { weights, gates, span }: Recurrence): Tensor {
  const [shape, width] = [shapeOf(of), lastOf(shapeOf(weights[1]))];
  if (shape === null || width === null || shape.dims.length === 0) {
    return unread([of], 'a gate of unknown shape', span);
  }
  const dim = shape.dims.length - 1;
  return partOf(of, { dim, name: `${at} of ${gates}` }, withLength(shape, dim, width), span);
}

/**
 * What the call gives: the states at each step, and the last one. That comes back to the model where it is given away:
 * how long it is is its own affair, and no output's.
 */
function resultOf({ hidden, cell }: State, span: Span): Value | undefined {
  if (hidden === null) return undefined;
  const last = (of: Tensor): Value => tensorValue(view(of, UNKNOWN_LAYOUT, span));
  return list([tensorValue(hidden), cell === null ? last(hidden) : list([last(hidden), last(cell)])]);
}

/** Whether a layer begins with nothing that the network has computed. */
function isAtRest(value: Value): boolean {
  return optionsOf(value).every(
    (one) =>
      one.kind === 'none' ||
      (one.kind === 'tensor' && isData(one.tensor)) ||
      (one.kind === 'list' && !one.open && one.items.every(isAtRest)),
  );
}
