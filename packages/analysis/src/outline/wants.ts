import type { InitExponent, WeightJudgement } from '@widthwise/core';
import { ROUNDING } from '../growth/rounding.ts';
import type { WantedExponents } from '../model-outline.ts';
import type { MuonShape, UpdateRule } from '../network/optimizer.ts';
import { exponentsOf } from './exponents.ts';
import type { Judgement } from './judgement.ts';
import { rateExcessByRole } from './proven-excess.ts';
import { hasSeveralFactors, type Weight } from './weights.ts';

/** What is right for one weight, the others as they are; null where nothing is known of that. */
export function wantedOf(weight: Weight, judgement: Judgement): WantedExponents | null {
  const judged = judgement.weights.get(weight);
  const { a } = exponentsOf(weight);
  const here = judged === undefined ? UNKNOWN : rightHere(weight, judged);
  const { b, c } = judgement.rescaled.has(weight)
    ? closedForm(weight)
    : asFarAsProved(weight, here, judgement);
  if (b === null && c === null) return null;
  return { a, b: largeEnough(weight, b, judgement), c };
}

/** The start of an input weight that falls with the width: none may, where what it makes then vanishes in what it is added to. */
function largeEnough(weight: Weight, right: InitExponent | null, { shares }: Judgement): InitExponent | null {
  const { a, b } = exponentsOf(weight);
  const share = shares.get(weight) ?? null;
  const isMatrix = weight.role === 'input' && weight.dims !== null && weight.dims.length > 1;
  if (!isMatrix || share === null || share <= 0 || !Number.isFinite(share)) return right;
  if (a === null || typeof b !== 'number' || right !== b || b <= -a) return right;
  return Math.max(-a, b - share);
}

type Right = Pick<WantedExponents, 'b' | 'c'>;

const UNKNOWN: Right = { b: null, c: null };

/** What a hidden weight has wrong, whatever stands behind it that is not read, beside what is right there. */
function asFarAsProved(weight: Weight, right: Right, judgement: Judgement): Right {
  if (weight.role !== 'hidden' || weight.isTied || weight.mayBe.length > 0) return right;
  const { b } = exponentsOf(weight);
  const limit = judgement.limits.get(weight) ?? null;
  const isLarge = typeof b === 'number' && limit !== null && b < limit - ROUNDING;
  const isOpen =
    weight.rate.missing === null && !weight.untracked && judgement.weights.get(weight)?.rate == null;
  const start = right.b ?? (isLarge ? limit : null);
  const isFast = isOpen && rateExcessByRole(weight, judgement) > ROUNDING;
  return { b: start, c: right.c ?? (isFast && start !== null ? closedForm(weight).c : null) };
}

/** A start that is not read should be what makes its effect Θ(1). No start is right for both uses of a tied one. */
function rightHere(weight: Weight, { init, rightInit, rightRate, targetInit }: WeightJudgement): Right {
  if (weight.isTied && (init === null || init < 0)) return { b: null, c: null };
  const b = !weight.isTied && hasSeveralFactors(weight) ? null : (rightInit ?? targetInit);
  return { b: b === null ? null : initExponent(b), c: rightRate };
}

function initExponent(b: number): InitExponent {
  return b === Number.POSITIVE_INFINITY ? 'zero' : b;
}

/**
 * μP's own exponents, for weights in front of a norm whose starts do not go together. There only differences count, so
 * that any of them could be changed; these are the ones that people choose.
 *
 * @see docs/math.md#exponent-calculus
 */
function closedForm(weight: Weight): Right {
  const { a, b } = exponentsOf(weight);
  const { speeds } = weight;
  if (a === null || speeds === null) return { b: null, c: null };
  const { into, out } = speeds;
  const start = into - Math.min(into, out) / 2 - a;
  const isSmall = into === 0 && b !== null && (b === 'zero' || b > start);
  return { b: b === 'zero' || isSmall ? b : start, c: rateIn(weight.rate.update, { a, into, out }) };
}

function rateIn(
  update: UpdateRule | null,
  { a, into, out }: Readonly<Record<'a' | 'into' | 'out', number>>,
): number | null {
  switch (update?.kind) {
    case 'sgd':
      return into - out - 2 * a;
    case 'adam':
      return into - a;
    case 'muon':
      return (into - out) / 2 - a - MUON_SHAPES[update.shape](into, out);
    default:
      return null;
  }
}

/** σ of the factor n^−σ that an orthogonalized update is multiplied by. */
const MUON_SHAPES: Readonly<Record<MuonShape, (into: number, out: number) => number>> = {
  none: () => 0,
  jordan: (into, out) => -Math.max(0, out - into) / 2,
  spectral: (into, out) => -(out - into) / 2,
  moonlight: (into, out) => -Math.max(into, out) / 2,
};
