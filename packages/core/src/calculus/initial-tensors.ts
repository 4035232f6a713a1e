import { activatedSize, isOdd } from './activations.ts';
import { contractedSigns, contractedSize } from './contraction.ts';
import type { WeightNode } from './graph.ts';
import type { GraphStructure } from './graph-structure.ts';
import { ABSENT, type Initial, summedSigns, summedSize, UNIT } from './initial.ts';
import { factorOf } from './rules.ts';
import { type Signs, signsOfUnread, signsOfUnreadWeight, signsOfWeight, withoutOdd } from './signs.ts';
import { between, mayBeZero, type Size, times, UNKNOWN, UNKNOWN_NOT_ZERO, ZERO } from './size.ts';
import type { WeightUnions } from './weight-set.ts';

/**
 * Every tensor before the first update.
 *
 * @param known their signs, where they are known
 */
export function initialTensors(
  structure: GraphStructure,
  unions: WeightUnions,
  known: readonly Initial[] | null = null,
): readonly Initial[] {
  const tensors: Initial[] = [];
  for (const place of structure.nodes.keys()) {
    const request: ForwardRequest = {
      of: structure.operands[place].map((one) => tensors[one]),
      place,
      unions,
    };
    tensors.push({
      size: initialSize(structure, request),
      signs: known === null ? initialSigns(structure, request) : known[place].signs,
    });
  }
  return tensors;
}

interface ForwardRequest {
  /** Its operands. */
  readonly of: readonly Initial[];
  readonly place: number;
  readonly unions: WeightUnions;
}

function initialSize({ nodes, contractions }: GraphStructure, { of, place }: ForwardRequest): Size {
  const node = nodes[place];
  const [x, y] = of;
  switch (node.op) {
    case 'weight':
      return initialWeight(node, place).size;
    case 'contract':
      return contractedSize(x, y, contractions[place]!.forward);
    case 'add':
      return summedSize(of);
    case 'scale':
      return times(x.size, factorOf(node.exponent));
    case 'act':
      return activatedSize(node.kind, x.size);
    case 'norm':
      return normalizedInit(x.size);
    case 'view':
      return x.size;
    case 'unknown':
      return UNKNOWN_NOT_ZERO;
    default: // data and softmax
      return 0;
  }
}

function initialSigns({ nodes, contractions }: GraphStructure, { of, place, unions }: ForwardRequest): Signs {
  const node = nodes[place];
  const [x, y] = of;
  switch (node.op) {
    case 'input':
      return UNIT.signs;
    case 'weight':
      return initialWeight(node, place).signs;
    case 'contract':
      return contractedSigns(x.signs, y.signs, { speeds: contractions[place]!.forward, unions });
    case 'add':
      return summedSigns(of, unions);
    case 'act':
      return isOdd(node.kind) ? { ...x.signs, random: false } : withoutOdd(x.signs);
    case 'softmax':
      return withoutOdd(x.signs);
    case 'unknown':
      return signsOfUnread(
        of.map(({ signs }) => signs),
        unions,
      );
    default: // the same in other units or another order
      return x.signs;
  }
}

function initialWeight({ init }: WeightNode, place: number): Initial {
  if (init === 'unknown') return { size: UNKNOWN, signs: signsOfUnreadWeight(place) };
  if (init === 'zero') return ABSENT;
  return init === 'one' ? UNIT : { size: init, signs: signsOfWeight(place) };
}

/** A norm makes anything Θ(1), except what is exactly 0. */
function normalizedInit(size: Size): Size {
  if (size === ZERO) return ZERO;
  return mayBeZero(size) ? between(0, ZERO) : 0;
}
