import { activatedSize, isOdd } from './activations.ts';
import type { WeightNode } from './graph.ts';
import type { GraphStructure } from './graph-structure.ts';
import { ABSENT, contracted, type Initial, summed, UNIT } from './initial.ts';
import { factorOf } from './rules.ts';
import { signsOfUnread, signsOfUnreadWeight, signsOfWeight, withoutOdd } from './signs.ts';
import { between, mayBeZero, type Size, times, UNKNOWN, UNKNOWN_NOT_ZERO, ZERO } from './size.ts';
import type { WeightUnions } from './weight-set.ts';

/** Every tensor before the first update. */
export function initialTensors(structure: GraphStructure, unions: WeightUnions): readonly Initial[] {
  const tensors: Initial[] = [];
  for (const place of structure.nodes.keys()) {
    tensors.push(initialTensor(structure, { tensors, place, unions }));
  }
  return tensors;
}

interface ForwardRequest {
  /** Those before it. */
  readonly tensors: readonly Initial[];
  readonly place: number;
  readonly unions: WeightUnions;
}

function initialTensor(structure: GraphStructure, { tensors, place, unions }: ForwardRequest): Initial {
  const node = structure.nodes[place];
  const of = structure.operands[place].map((operand) => tensors[operand]);
  const [x, y] = of;
  switch (node.op) {
    case 'input':
      return UNIT;
    case 'weight':
      return initialWeight(node, place);
    case 'contract':
      return contracted(x, y, { speeds: structure.contractions[place]!.forward, unions });
    case 'add':
      return summed(of, unions);
    case 'scale':
      return { size: times(x.size, factorOf(node.exponent)), signs: x.signs };
    case 'act':
      return {
        size: activatedSize(node.kind, x.size),
        signs: isOdd(node.kind) ? { ...x.signs, random: false } : withoutOdd(x.signs),
      };
    case 'norm':
      return { size: normalizedInit(x.size), signs: x.signs };
    case 'softmax':
      return { size: 0, signs: withoutOdd(x.signs) };
    case 'view':
      return x;
    case 'unknown':
      return {
        size: UNKNOWN_NOT_ZERO,
        signs: signsOfUnread(
          of.map(({ signs }) => signs),
          unions,
        ),
      };
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
