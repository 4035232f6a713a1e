import { freeSymbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import { sidesOf } from '../forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';
import { nameOf } from './dimension-names.ts';

/**
 * Names of the features of a state that a recurrent cell is given beside its data, makes anew of both, as `nn.Linear(data +
 * state, state)` does, and gives beside what it reads off it: what comes from outside is what it has made itself.
 */
export function carriedStates({ tensors, returned, isComputed }: ForwardPass): ReadonlySet<WidthSymbol> {
  const given = returned.filter(isComputed).map((tensor) => shownBy(tensor).shape?.dims ?? []);
  const states = new Set(given.flatMap((dims) => nameOf(dims.at(-1) ?? UNNAMED) ?? []));
  const isBesideOthers = (symbol: WidthSymbol) =>
    given.some((dims) => dims.length > 0 && !dims.some((length) => freeSymbolsOf(length).has(symbol)));
  const renewed = tensors.flatMap((tensor): readonly WidthSymbol[] => {
    if (tensor.op !== 'contract') return [];
    return sidesOf(tensor).flatMap(({ of, other, dimensions }) => {
      if (parameterIn(of) === null || isComputed(other)) return [];
      const joined = dimensions.flatMap(({ length, isSummed }) =>
        isSummed && length.op === 'add' ? [...freeSymbolsOf(length)] : [],
      );
      const made = dimensions.flatMap(({ length, isSummed }) => (isSummed ? [] : (nameOf(length) ?? [])));
      return made.filter((symbol) => joined.includes(symbol));
    });
  });
  return new Set(renewed.filter((symbol) => states.has(symbol) && isBesideOthers(symbol)));
}

/** What a tensor of unknown shape shows, as those states do that layers of a recurrent one give, one on the other. */
function shownBy(tensor: Tensor): Tensor {
  let shown = tensor;
  while (shown.shape === null && shown.op === 'view') shown = shown.of;
  return shown;
}

const UNNAMED = { op: 'unknown' } as const;
