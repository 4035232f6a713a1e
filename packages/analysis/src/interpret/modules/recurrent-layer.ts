import { DATA_LENGTH } from '../../growth/product.ts';
import { literal, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { product, sum } from '../../network/elementwise.ts';
import type { Shape, Tensor } from '../../network/graph.ts';
import { concatenated } from '../../network/joined.ts';
import type { Layer } from '../../network/layer.ts';
import { type Layout, UNKNOWN_LAYOUT, withLength } from '../../network/layout.ts';
import { linear } from '../../network/linear.ts';
import { fixRank } from '../../network/ranks.ts';
import { lastOf } from '../../network/shape.ts';
import { act, isData, partOf, scale, shapeOf, unread, view } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';
import { argument } from '../machine/given-arguments.ts';
import type { CallSite, Frame } from '../machine/interpreter.ts';
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
  /** What one without gates makes of its sum. */
  readonly activation: string;
  readonly span: Span;
}

/**
 * Two steps of a recurrent layer, which stand for any number of them: the second one has what the first one made. It begins
 * with the state that it is given, where the network has computed that; what a state that is data adds to the first step is
 * left aside. A cell is one such step, whose state comes back to it where it is data. Undefined where it is not read.
 */
export function applyRecurrent(layer: Layer, site: CallSite): Value | undefined {
  const { args, frame } = site;
  const kind = KINDS.get(layer.qualified);
  const given = tensorIn(argument(args, { name: 'input', index: 0 }), frame);
  if (kind === undefined || given === null || !isPlain(layer)) return undefined;
  const stored = argument(args, { name: 'hx', index: 1 });
  const start = startOf(stored, kind, frame);
  if (start === undefined) return undefined;
  if (kind.isCell) return applyCell({ layer, given, start, kind }, site);
  listSteps(given);
  let states: readonly State[] = [];
  let made = given;
  for (const directions of layersOf(layer)) {
    const recurrences = directions.map((suffix) => recurrenceOf(layer, suffix, { kind, site }));
    states = recurrences.flatMap((one) => (one === null ? [] : [step(made, step(made, start, one), one)]));
    const hidden = states.flatMap((one) => one.hidden ?? []);
    if (hidden.length === 0 || hidden.length < directions.length) return undefined;
    made = joined(hidden, site.span);
  }
  const cells = states.flatMap(({ cell }) => cell ?? []);
  return resultOf({ hidden: made, cell: cells.length === 0 ? null : joined(cells, site.span) }, site.span);
}

/** What a cell is called with. */
interface CellCall {
  readonly layer: Layer;
  readonly given: Tensor;
  readonly start: State;
  readonly kind: Kind;
}

function applyCell({ layer, given, start, kind }: CellCall, site: CallSite): Value | undefined {
  const recurrence = recurrenceOf(layer, '', { kind, site });
  if (recurrence === null) return undefined;
  const before = start === NOTHING ? step(given, NOTHING, recurrence) : start;
  const { hidden, cell } = step(given, before, recurrence);
  if (hidden === null) return undefined;
  return cell === null ? tensorValue(hidden) : list([tensorValue(hidden), tensorValue(cell)]);
}

/** What both directions make of a step stands one behind the other. */
function joined(directions: readonly Tensor[], span: Span): Tensor {
  return concatenated(directions, -1, span);
}

/** Steps, batch and features: a sequence without a batch is rare, and has its two dimensions listed. */
function listSteps(given: Tensor): void {
  const shape = shapeOf(given);
  if (shape?.open === true && shape.dims.length < 3) fixRank(given, 3);
}

const NOTHING: State = { hidden: null, cell: null };

/** What a layer does in a step. */
interface Kind {
  /** How many rows of its weights there are for each unit. */
  readonly gates: number;
  readonly isCell: boolean;
}

const GATES = { LSTM: 4, GRU: 3, RNN: 1 };

const KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries(GATES).flatMap(([name, gates]): [string, Kind][] => [
    [`torch.nn.${name}`, { gates, isCell: false }],
    [`torch.nn.${name}Cell`, { gates, isCell: true }],
  ]),
);

/**
 * Whether a layer hands on its whole state, and has for certain what it may have. Where nobody says how many layers there
 * are, it is taken to have more than one, which hand on what the first one would.
 */
function isPlain({ parameters }: Layer): boolean {
  return (parameters ?? []).every(
    ({ name, present }) => (present === true || /_l[1-9]/.test(name)) && !name.startsWith('weight_hr'),
  );
}

/** What the names of the parameters of each layer end with, of one direction or of both. */
function layersOf({ parameters }: Layer): readonly (readonly string[])[] {
  const suffixes = (parameters ?? []).flatMap(({ name }) =>
    name.startsWith('weight_ih') ? [name.slice('weight_ih'.length)] : [],
  );
  return suffixes.flatMap((suffix) =>
    suffix.endsWith(REVERSE) ? [] : [suffixes.filter((one) => one === suffix || one === suffix + REVERSE)],
  );
}

const REVERSE = '_reverse';

function recurrenceOf(
  layer: Layer,
  suffix: string,
  { kind: { gates }, site: { frame, span } }: { readonly kind: Kind; readonly site: CallSite },
): Recurrence | null {
  const used = (which: string) => parameterIn(layer, `${which}${suffix}`, frame);
  const [input, hidden] = [used('weight_ih'), used('weight_hh')];
  if (input === null || hidden === null) return null;
  const { activation = 'tanh' } = layer;
  return { weights: [input, hidden], biases: [used('bias_ih'), used('bias_hh')], gates, activation, span };
}

function step(given: Tensor, state: State, recurrence: Recurrence): State {
  const { weights, biases, gates, span } = recurrence;
  const ofInput = linear(given, { matrix: weights[0], bias: biases[0], span });
  // Where there is no state yet, its bias alone is small beside what the input gives.
  const ofState =
    state.hidden === null ? null : linear(state.hidden, { matrix: weights[1], bias: biases[1], span });
  const projected = { ofInput, ofState };
  if (gates === 1) return stepOfRnn(projected, recurrence);
  return (gates === 4 ? stepOfLstm : stepOfGru)(projected, state, recurrence);
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

/** h' = φ(W x + U h). */
function stepOfRnn({ ofInput, ofState }: Projected, { activation, span }: Recurrence): State {
  if (activation === '') return NOTHING;
  const all = ofState === null ? ofInput : sum([ofInput, ofState], span);
  return { hidden: act(all, activation, span), cell: null };
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
  const layout = stateLayout(shapeOf(hidden));
  const last = (of: Tensor): Value => tensorValue(view(of, layout, span));
  return list([tensorValue(hidden), cell === null ? last(hidden) : list([last(hidden), last(cell)])]);
}

/** How a last state is laid out: layers, of the sequence what is no step, and features. */
function stateLayout(shape: Shape | null): Layout {
  if (shape === null || shape.open || shape.dims.length !== 3) return UNKNOWN_LAYOUT;
  return { shape: { dims: [UNKNOWN_QUANTITY, DATA_LENGTH, UNKNOWN_QUANTITY], open: false }, from: null };
}

/** The state that a layer begins with; undefined where that is not known. */
function startOf(stored: Value | undefined, { gates }: Kind, frame: Frame): State | undefined {
  if (stored === undefined || isAtRest(stored)) return NOTHING;
  const both = stored.kind === 'list' && !stored.open && gates === 4 ? stored.items : [stored];
  const [hidden, cell = null] = both.map((one) => tensorIn(one, frame));
  if (hidden == null || (gates === 4) !== (cell !== null)) return undefined;
  return { hidden, cell };
}

/** Whether it is nothing that the network has computed. */
function isAtRest(value: Value): boolean {
  return optionsOf(value).every(
    (one) =>
      one.kind === 'none' ||
      (one.kind === 'tensor' && isData(one.tensor)) ||
      (one.kind === 'list' && !one.open && one.items.every(isAtRest)),
  );
}
