import { literal, pair, type Quantity } from '../../growth/quantity.ts';
import { exactInteger, quantityOf } from '../../interpret/values/numbers.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { UNKNOWN } from '../../interpret/values/value.ts';
import type { LayerParameter } from '../../network/layer.ts';
import { inverseRoot } from './fans.ts';
import type { Given } from './signature.ts';

/** More layers than a recurrent network that is read has. */
const MAX_LAYERS = 12;

/** The parameters of an RNN, an LSTM or a GRU: for each layer and direction what it does to its input and its state. */
export function recurrentParameters(gates: number, given: Given): readonly LayerParameter[] {
  const count = exactInteger(given.get('num_layers') ?? UNKNOWN);
  const both = truthOf(given.get('bidirectional') ?? UNKNOWN);
  // Where it is not known how many layers there are, a second one stands for those behind the first.
  const layers = Array.from({ length: Math.min(count ?? 2, MAX_LAYERS) }, (_, layer) => layer);
  return layers.flatMap((layer) => {
    const present: true | null = count === undefined && layer > 0 ? null : true;
    const forward = directionOf({ gates, given, layer, both, suffix: '', present });
    if (both === false) return forward;
    const isThere = both === null ? null : present;
    return [...forward, ...directionOf({ gates, given, layer, both, suffix: '_reverse', present: isThere })];
  });
}

interface Direction {
  readonly gates: number;
  readonly given: Given;
  readonly layer: number;
  /** Whether there are two directions. */
  readonly both: boolean | null;
  readonly suffix: string;
  readonly present: true | null;
}

function directionOf({ gates, given, layer, both, suffix, present }: Direction): readonly LayerParameter[] {
  const hidden = quantityOf(given.get('hidden_size') ?? UNKNOWN);
  const projected = given.get('proj_size');
  const isProjected = projected !== undefined && exactInteger(projected) !== 0;
  const state = isProjected ? quantityOf(projected) : hidden;
  const input = layer === 0 ? quantityOf(given.get('input_size') ?? UNKNOWN) : behind(state, both);
  const rows = times(gates, hidden);
  const initial = { std: inverseRoot(hidden), kind: 'random' } as const;
  const biased = truthOf(given.get('bias') ?? UNKNOWN);
  const make = (name: string, dims: readonly Quantity[], there: true | null): LayerParameter => ({
    name: `${name}_l${layer}${suffix}`,
    dims,
    fanIn: dims.length > 1 ? [1] : [],
    present: there,
    initial,
  });
  const bias = biased === null ? null : present;
  return [
    make('weight_ih', [rows, input], present),
    make('weight_hh', [rows, state], present),
    ...(biased === false ? [] : [make('bias_ih', [rows], bias), make('bias_hh', [rows], bias)]),
    ...(isProjected ? [make('weight_hr', [state, hidden], present)] : []),
  ];
}

/** What a layer hands to the next one. */
function behind(state: Quantity, both: boolean | null): Quantity {
  if (both === false) return state;
  return both === true ? times(2, state) : pair('either', state, times(2, state));
}

function times(count: number, of: Quantity): Quantity {
  return count === 1 ? of : pair('multiply', literal(count), of);
}
