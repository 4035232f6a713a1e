import { slopeSize } from './activations.ts';
import { contractedSigns, contractedSize } from './contraction.ts';
import type { GraphStructure, Use } from './graph-structure.ts';
import { ABSENT, type Initial, summedSigns, summedSize, UNIT } from './initial.ts';
import { divisorOf, factorOf, unreadGradient } from './rules.ts';
import { NO_SIGNS, type Signs, signsOfUnread, signsThrough } from './signs.ts';
import { over, type Size, times } from './size.ts';
import type { WeightUnions } from './weight-set.ts';

/** A pass backward before the first update. */
interface Backward {
  readonly structure: GraphStructure;
  readonly tensors: readonly Initial[];
  /** Those that have been found, from the output on. */
  readonly gradients: Initial[];
  readonly unions: WeightUnions;
}

/**
 * Every gradient before the first update.
 *
 * @param known their signs, where they are known; `not asked` where it counts only whether a gradient is exactly 0, which no
 * signs decide
 */
export function initialGradients(
  structure: GraphStructure,
  { tensors, unions }: Pick<Backward, 'tensors' | 'unions'>,
  known: readonly Initial[] | 'not asked' | null = null,
): readonly Initial[] {
  const { nodes, uses, isOutput, hasGradient } = structure;
  const gradients: Initial[] = nodes.map(() => ABSENT);
  const pass: Backward = { structure, tensors, gradients, unions };
  const signed = known === null ? nodesWhoseSignsCount(structure) : [];
  const signsAt = (place: number, terms: readonly Initial[]) => {
    if (known === 'not asked') return NO_SIGNS;
    return known === null ? summedSigns(terms, unions) : known[place].signs;
  };
  for (let place = nodes.length - 1; place >= 0; place--) {
    if (!hasGradient[place]) continue;
    const terms = uses[place].map((use) => {
      const signs = signed[place] ? handedSigns(pass, use) : NO_SIGNS;
      return { size: handedSize(pass, use), signs };
    });
    if (isOutput[place]) terms.unshift(UNIT);
    gradients[place] = { size: summedSize(terms), signs: signsAt(place, terms) };
  }
  return gradients;
}

/** What a contraction, or a sum over what a term is broadcast along, is handed on from: a weight's goes nowhere. */
function nodesWhoseSignsCount({ nodes, operands, broadcasts }: GraphStructure): readonly boolean[] {
  const signed: boolean[] = [];
  for (const [place, { op }] of nodes.entries()) {
    const sums = op === 'contract' || broadcasts[place]?.some(({ sum }) => sum > 0);
    signed.push(sums === true || operands[place].some((operand) => signed[operand]));
  }
  return signed;
}

function handedSize({ structure, tensors, gradients }: Backward, { node: place, operand }: Use): Size {
  const node = structure.nodes[place];
  const of = structure.operands[place];
  const gradient = gradients[place];
  switch (node.op) {
    case 'contract': {
      const { toLeft, toRight } = structure.contractions[place]!;
      return contractedSize(gradient, tensors[of[1 - operand]], operand === 0 ? toLeft : toRight);
    }
    case 'add':
      return contractedSize(gradient, UNIT, structure.broadcasts[place]![operand]);
    case 'scale':
      return times(gradient.size, factorOf(node.exponent));
    case 'act':
      return times(gradient.size, slopeSize(node.kind, tensors[of[0]].size));
    case 'norm':
      return over(gradient.size, divisorOf(tensors[of[0]].size));
    case 'unknown':
      return unreadGradient(gradient.size);
    default:
      return gradient.size;
  }
}

function handedSigns(
  { structure, tensors, gradients, unions }: Backward,
  { node: place, operand }: Use,
): Signs {
  const of = structure.operands[place];
  const { signs } = gradients[place];
  switch (structure.nodes[place].op) {
    case 'contract': {
      const { toLeft, toRight } = structure.contractions[place]!;
      const other = tensors[of[1 - operand]].signs;
      return contractedSigns(signs, other, { speeds: operand === 0 ? toLeft : toRight, unions });
    }
    case 'add':
      return contractedSigns(signs, NO_SIGNS, { speeds: structure.broadcasts[place]![operand], unions });
    case 'act':
    case 'softmax':
      return signsThrough(signs, tensors[of[0]].signs, unions);
    case 'unknown':
      return signsOfUnread([signs, ...of.map((other) => tensors[other].signs)], unions);
    default:
      return signs;
  }
}
