import { effectBehind, handedOn, presentSize } from './carried-effects.ts';
import { gainOf } from './contraction.ts';
import type { WeightNode } from './graph.ts';
import type { GraphStructure, Use } from './graph-structure.ts';
import type { Judged } from './judged.ts';
import type { Movement } from './movement.ts';
import { factorOf } from './rules.ts';
import { between, either, largest, over, type Size, times, UNKNOWN, ZERO } from './size.ts';

/** What the initial size of one weight does to the first judged tensors behind it. */
export interface StartEffects {
  /** Exactly 0 for a zero start. */
  readonly init: Size;
  /** As init, were the weight random with b = 0; null where the effect does not depend on b. */
  readonly initAtZero: Size | null;
}

/** A weight as one operation uses it, in other units or another order than its own. */
interface WeightUse extends Use {
  readonly weight: WeightNode;
  /** Of the factors before its use. */
  readonly factor: Size;
  /** Whether a norm of the weight is used: its initial size has no effect. */
  readonly normed: boolean;
  /** Whether what is used is random. */
  readonly random: boolean | null;
}

/** The effects of every weight's start, by place. */
export function startEffects(
  movement: Movement,
  judged: Judged,
  carried: readonly Size[],
): ReadonlyMap<number, StartEffects> {
  const effects = new Map<number, StartEffects>();
  for (const [place, uses] of usesOfWeights(movement)) {
    let [init, initAtZero]: [Size, Size | null] = [ZERO, ZERO];
    for (const use of uses) {
      const behind = times(use.factor, effectBehind(judged, carried, use.node));
      const effect = times(startAt(movement, judged, { use, random: use.random }), behind);
      init = largest(init, times(sizeAtUse(use), effect));
      const atZero = times(startAt(movement, judged, { use, random: true }), behind);
      initAtZero = use.normed || initAtZero === null ? null : largest(initAtZero, atZero);
    }
    effects.set(place, { init, initAtZero });
  }
  return effects;
}

/** The uses of each weight, found through scales, views and norms of it. */
function usesOfWeights({ structure, initialization }: Movement): ReadonlyMap<number, readonly WeightUse[]> {
  const { nodes, roots, uses } = structure;
  const found = new Map<number, WeightUse[]>();
  const forms: Form[] = [];
  for (const [place, root] of roots.entries()) {
    forms.push(formOf(structure, forms, place));
    const weight = nodes[root ?? place];
    if (weight.op !== 'weight') continue;
    const { random } = initialization.tensors[place].signs;
    const here = uses[place].filter(({ node }) => roots[node] === null);
    const ofRoot = found.get(root ?? place) ?? [];
    ofRoot.push(...here.map((use) => ({ ...use, ...forms[place], weight, random })));
    found.set(root ?? place, ofRoot);
  }
  return found;
}

/** What a weight is used as: it times a factor, or its norm times one. */
type Form = Pick<WeightUse, 'factor' | 'normed'>;

const ITSELF: Form = { factor: 0, normed: false };

function formOf({ nodes, operands, roots }: GraphStructure, forms: readonly Form[], place: number): Form {
  const node = nodes[place];
  if (roots[place] === null || node.op === 'weight') return ITSELF;
  if (node.op === 'norm') return { factor: 0, normed: true };
  const { factor, normed } = forms[operands[place][0]];
  return node.op === 'scale'
    ? { factor: times(factor, factorOf(node.exponent)), normed }
    : { factor, normed };
}

function sizeAtUse({ weight: { init }, normed }: WeightUse): Size {
  if (init === 'zero') return ZERO;
  if (init === 'unknown') return normed ? between(0, ZERO) : UNKNOWN;
  return normed || init === 'one' ? 0 : init;
}

/**
 * What the use of an initial weight adds to the exponent of its size: where it is multiplied, a change of what it meets
 * as large as that itself, at the weight's full strength.
 */
function startAt(
  movement: Movement,
  tensors: Judged,
  { use: { node, operand }, random }: { readonly use: Use; readonly random: boolean | null },
): Size {
  const { structure } = movement;
  const contraction = structure.contractions[node];
  if (contraction === null) return handedOn(movement, tensors, { node, operand });
  const { sum, freeLeft, freeRight } = contraction.forward;
  const other = structure.operands[node][1 - operand];
  const gain = gainOf(random, sum, operand === 0 ? freeLeft : freeRight);
  if (tensors.judged[other] === true) return over(0, gain);
  const size = presentSize(movement, other);
  return over(tensors.judged[other] === null ? either(size, 0) : size, gain);
}
