import { freeSymbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import { type ContractionSide, sidesOf } from '../forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';

/**
 * Names of what layers sum over behind an activation, as hidden units are: no embedding, and no bottleneck of linear maps.
 * Where others are behind ReLU and the like, what a sigmoid or tanh alone bounds may be an action, a code or probabilities.
 */
export function namesBehindActivations(pass: ForwardPass): ReadonlySet<WidthSymbol> {
  const activated = activatedIn(pass);
  const bounded = boundedIn(pass);
  const namesOf = (sides: readonly ContractionSide[]) =>
    new Set(
      sides
        .flatMap(({ dimensions }) => dimensions.filter(({ isSummed }) => isSummed))
        .flatMap(({ length }) => [...freeSymbolsOf(length)]),
    );
  const sides = weightSides(pass).filter(({ other }) => activated.has(other));
  const growing = namesOf(sides.filter(({ other }) => !bounded.has(other)));
  return growing.size > 0 ? growing : namesOf(sides);
}

/** Activations that stay bounded, as the calculus calls them. */
const SATURATING: ReadonlySet<string> = new Set(['sigmoid', 'tanh', 'erf', 'softcap']);

/** Tensors of which each entry is bounded, as a sigmoid's and a tanh's are, whatever goes into it. */
function boundedIn({ tensors }: ForwardPass): ReadonlySet<Tensor> {
  const bounded = new Set<Tensor>();
  for (const tensor of tensors) {
    const isBounded =
      tensor.op === 'act'
        ? SATURATING.has(tensor.activation)
        : keepsEntries(tensor) && operandsOf(tensor).every((one) => bounded.has(one));
    if (isBounded) bounded.add(tensor);
  }
  return bounded;
}

/** What parameters are multiplied with. */
export function weightSides({ tensors }: ForwardPass): readonly ContractionSide[] {
  return tensors.flatMap((tensor) =>
    tensor.op === 'contract' ? sidesOf(tensor).filter(({ of }) => parameterIn(of) !== null) : [],
  );
}

/** Tensors that an activation has made, by themselves or times others, entry by entry. */
export function activatedIn({ tensors }: ForwardPass): ReadonlySet<Tensor> {
  const activated = new Set<Tensor>();
  for (const tensor of tensors) {
    if (tensor.op === 'act' || (keepsEntries(tensor) && operandsOf(tensor).some((one) => activated.has(one))))
      activated.add(tensor);
  }
  return activated;
}

/** Whether each entry of a tensor is made of one entry of what it is made of, or is one. */
function keepsEntries(tensor: Tensor): boolean {
  switch (tensor.op) {
    case 'contract':
      return sidesOf(tensor).every(({ dimensions }) => dimensions.every(({ isSummed }) => !isSummed));
    case 'add':
      return tensor.of.filter((one) => parameterIn(one) === null).length < 2;
    case 'view':
    case 'scale':
    case 'norm':
    case 'choice':
    case 'repeat':
      return true;
    default:
      return false;
  }
}
