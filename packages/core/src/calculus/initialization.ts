import { activatedSize, isOdd, slopeSize } from './activations.ts';
import { contractedInit, type Initial } from './contraction.ts';
import type { GraphNode, WeightNode } from './graph.ts';
import type { GraphStructure, Use } from './graph-structure.ts';
import {
  doubtful,
  NO_SIGNS,
  type Signs,
  signsOfSum,
  signsOfUnread,
  signsOfUnreadWeight,
  signsOfWeight,
  signsThrough,
  withoutOdd,
} from './signs.ts';
import {
  ANY_BUT_ZERO,
  between,
  isKnown,
  largest,
  lowOf,
  mayBeZero,
  over,
  type Size,
  times,
  UNKNOWN,
  UNKNOWN_NOT_ZERO,
  ZERO,
} from './size.ts';

/** A network before its first update. */
export interface Initialization {
  readonly tensors: readonly Initial[];
  /** Of the loss with respect to each node; `ABSENT` where no gradient comes. */
  readonly gradients: readonly Initial[];
}

const ABSENT: Initial = { size: ZERO, signs: NO_SIGNS };
const UNIT: Initial = { size: 0, signs: NO_SIGNS };

export function initializationOf(structure: GraphStructure): Initialization {
  const tensors: Initial[] = [];
  for (const place of structure.nodes.keys()) tensors.push(initialTensor(structure, tensors, place));
  return { tensors, gradients: initialGradients(structure, tensors) };
}

function initialTensor(structure: GraphStructure, tensors: readonly Initial[], place: number): Initial {
  const node = structure.nodes[place];
  const of = structure.operands[place].map((operand) => tensors[operand]);
  const [x, y] = of;
  switch (node.op) {
    case 'input':
      return UNIT;
    case 'weight':
      return initialWeight(node, place);
    case 'contract':
      return contractedInit(x, y, structure.contractions[place]!.forward);
    case 'add':
      return summed(of);
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
      return { size: UNKNOWN_NOT_ZERO, signs: signsOfUnread(of.map(({ signs }) => signs)) };
  }
}

function initialWeight({ init }: WeightNode, place: number): Initial {
  if (init === 'unknown') return { size: UNKNOWN, signs: signsOfUnreadWeight(place) };
  if (init === 'zero') return ABSENT;
  return init === 'one' ? UNIT : { size: init, signs: signsOfWeight(place) };
}

/** A given exponent: any where it is not read, as no factor is exactly 0. */
export function factorOf(exponent: number | 'unknown'): Size {
  return exponent === 'unknown' ? UNKNOWN_NOT_ZERO : exponent;
}

function summed(terms: readonly Initial[]): Initial {
  let size: Size = ZERO;
  const signs: Signs[] = [];
  for (const term of terms) {
    size = largest(size, term.size);
    if (term.size !== ZERO) signs.push(mayBeZero(term.size) ? doubtful(term.signs) : term.signs);
  }
  return { size, signs: signsOfSum(signs) };
}

/** A norm makes anything Θ(1), except what is exactly 0. */
function normalizedInit(size: Size): Size {
  if (size === ZERO) return ZERO;
  return mayBeZero(size) ? between(0, ZERO) : 0;
}

/** What a norm divides by: its operand's size, or a constant where that is exactly 0. */
export function divisorOf(size: Size): Size {
  if (isKnown(size)) return size === ZERO ? 0 : size;
  return mayBeZero(size) ? between(Math.min(0, lowOf(size)), ANY_BUT_ZERO) : size;
}

function initialGradients(structure: GraphStructure, tensors: readonly Initial[]): readonly Initial[] {
  const { nodes, uses, isOutput, hasGradient } = structure;
  const gradients: Initial[] = nodes.map(() => ABSENT);
  const signed = nodesWhoseSignsCount(structure);
  for (let place = nodes.length - 1; place >= 0; place--) {
    if (!hasGradient[place]) continue;
    const terms = uses[place].map((use) => handedGradient(structure, { tensors, gradients }, use));
    if (isOutput[place]) terms.unshift(UNIT);
    const { size, signs } = summed(signed[place] ? terms : terms.map(withoutSigns));
    gradients[place] = { size, signs };
  }
  return gradients;
}

function withoutSigns({ size }: Initial): Initial {
  return { size, signs: NO_SIGNS };
}

/** A weight's gradient goes nowhere: what its signs come from need not be followed. */
function nodesWhoseSignsCount({ nodes, operands }: GraphStructure): readonly boolean[] {
  const signed: boolean[] = [];
  for (const [place, { op }] of nodes.entries()) {
    signed.push(op === 'contract' || op === 'add' || operands[place].some((operand) => signed[operand]));
  }
  return signed;
}

function handedGradient(
  structure: GraphStructure,
  { tensors, gradients }: Initialization,
  { node: place, operand }: Use,
): Initial {
  const node: GraphNode = structure.nodes[place];
  const of = structure.operands[place];
  const gradient = gradients[place];
  const x = tensors[of[operand]];
  switch (node.op) {
    case 'contract': {
      const speeds = structure.contractions[place]!;
      return operand === 0
        ? contractedInit(gradient, tensors[of[1]], speeds.toLeft)
        : contractedInit(gradient, tensors[of[0]], speeds.toRight);
    }
    case 'add':
      return contractedInit(gradient, UNIT, structure.broadcasts[place]![operand]);
    case 'scale':
      return { ...gradient, size: times(gradient.size, factorOf(node.exponent)) };
    case 'act':
      return {
        size: times(gradient.size, slopeSize(node.kind, x.size)),
        signs: signsThrough(gradient.signs, x.signs),
      };
    case 'norm':
      return { ...gradient, size: over(gradient.size, divisorOf(x.size)) };
    case 'softmax':
      return { ...gradient, signs: signsThrough(gradient.signs, x.signs) };
    case 'unknown': {
      const all = [gradient, ...of.map((other) => tensors[other])];
      return { size: unreadGradient(gradient.size), signs: signsOfUnread(all.map(({ signs }) => signs)) };
    }
    default:
      return gradient;
  }
}

/** What an operation that is not understood makes of a gradient: no more is known than whether there is any. */
export function unreadGradient(gradient: Size): Size {
  if (gradient === ZERO) return ZERO;
  return mayBeZero(gradient) ? UNKNOWN : UNKNOWN_NOT_ZERO;
}
