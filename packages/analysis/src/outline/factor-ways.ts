import { CONSTANT, type Growth, knownExponent, timesGrowth, UNKNOWN_GROWTH } from '../growth/growth.ts';
import type { Quantity } from '../growth/quantity.ts';
import type { Contraction, Tensor, WeightTensor } from '../network/graph.ts';
import type { Guard } from '../network/guard.ts';
import type { Span } from '../syntax/span.ts';
import { isEntrywise, sidesOf } from './forward/contraction-side.ts';
import { parameterIn } from './forward/forward-pass.ts';

/** How a tensor comes from a weight on one way through the conditions between them. */
export interface FactorWay {
  /** What each condition on the way says, by the place of its choice. */
  readonly decided: ReadonlyMap<Guard, number>;
  /** The product with the weight, and what that is applied to, without factors. */
  readonly product: Contraction;
  readonly weight: WeightTensor;
  readonly base: Tensor;
  /** How the factors on the way grow together, and the place of the last one that does. */
  readonly factor: Growth;
  readonly factorSpan: Span | null;
}

/** More ways than these are not told apart. */
const MOST_WAYS = 8;

/** Every way from a tensor back to a weight, through factors, views, biases, gains, conditions and losses; none where they are many. */
export function factorWays(tensor: Tensor, growthOf: (quantity: Quantity) => Growth): readonly FactorWay[] {
  const found: FactorWay[] = [];
  const ahead: Walk[] = [{ tensor, decided: new Map(), product: null, factor: CONSTANT, factorSpan: null }];
  for (let walk = ahead.pop(); walk !== undefined; walk = ahead.pop()) {
    const next = stepOf(walk, growthOf);
    if (next !== null) ahead.push(...next);
    else if (walk.product !== null) {
      const { product, tensor, ...rest } = walk;
      found.push({ ...rest, base: tensor, ...product });
    }
    if (ahead.length + found.length > MOST_WAYS) return [];
  }
  return found;
}

interface Walk extends Pick<FactorWay, 'decided' | 'factor' | 'factorSpan'> {
  readonly tensor: Tensor;
  readonly product: Pick<FactorWay, 'product' | 'weight'> | null;
}

/** One step back; null where the way ends. */
function stepOf(walk: Walk, growthOf: (quantity: Quantity) => Growth): readonly Walk[] | null {
  const { tensor, factor } = walk;
  switch (tensor.op) {
    case 'scale': {
      const growth = growthOf(tensor.factor);
      const span = knownExponent(growth) === 0 ? null : tensor.span;
      const factorSpan = walk.factorSpan ?? span;
      return [{ ...walk, tensor: tensor.of, factor: timesGrowth(factor, growth), factorSpan }];
    }
    case 'view':
      return [{ ...walk, tensor: tensor.of }];
    case 'add': {
      const terms = tensor.of.filter((one) => parameterIn(one) === null);
      const [only] = terms;
      return terms.length === 1 && only !== undefined ? [{ ...walk, tensor: only }] : null;
    }
    case 'choice':
      return chosen(tensor, walk);
    case 'loss':
      return tensor.of.map((one) => ({ ...walk, tensor: one }));
    case 'unread':
      return tensor.isMultiple === true && tensor.of[0] !== undefined
        ? [{ ...walk, tensor: tensor.of[0], factor: UNKNOWN_GROWTH }]
        : null;
    case 'contract':
      return throughProduct(tensor, walk);
    default:
      return null;
  }
}

function chosen({ of, guard }: Extract<Tensor, { op: 'choice' }>, walk: Walk): readonly Walk[] {
  if (guard === null) return of.map((tensor) => ({ ...walk, tensor, factor: UNKNOWN_GROWTH }));
  const known = walk.decided.get(guard);
  return of.flatMap((tensor, place): readonly Walk[] =>
    known !== undefined && known !== place
      ? []
      : [{ ...walk, tensor, decided: new Map([...walk.decided, [guard, place]]) }],
  );
}

/** Through a gain, and through one product with a matrix. */
function throughProduct(product: Contraction, walk: Walk): readonly Walk[] | null {
  const side = sidesOf(product).find(
    ({ of, other }) => parameterIn(of) !== null && parameterIn(other) === null,
  );
  const weight = side === undefined ? null : parameterIn(side.of);
  if (side === undefined || weight === null) return null;
  if (isEntrywise(product)) return [{ ...walk, tensor: side.other }];
  return walk.product === null ? [{ ...walk, tensor: side.other, product: { product, weight } }] : null;
}
