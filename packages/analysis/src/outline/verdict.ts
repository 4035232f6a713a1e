import type { Regime } from '@widthwise/core';
import { compare, ZERO } from '../growth/rational.ts';
import type { MissingOfModel, MissingOfWeight, MissingStep } from '../missing.ts';
import type { Verdict } from '../model-outline.ts';
import type { Tensor } from '../network/graph.ts';
import { OPTIMIZER_NAMES } from '../words/optimizer-names.ts';
import { exponentsOf, initChoice } from './exponents.ts';
import type { ForwardPass } from './forward/forward-pass.ts';
import { scaledIn } from './forward/scaled-entries.ts';
import type { Judgement } from './judgement.ts';
import { outgrowsWeights, outweighsGradients } from './weight-decays.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

/** The verdict on a model, what it takes for granted, and what is missing of the model. */
export interface VerdictReading {
  readonly verdict: Verdict | null;
  readonly headline: string | null;
  readonly assumptions: readonly string[];
  readonly missing: readonly MissingOfModel[];
}

/** What a verdict is read from. */
export interface VerdictSources {
  readonly pass: ForwardPass;
  readonly weights: readonly Weight[];
  readonly judgement: Judgement | null;
  readonly widths: Pick<Widths, 'growthOf'>;
  /** What the rows of the table lack. */
  readonly rowsMissing: readonly MissingOfModel[];
}

/**
 * The verdict on a model as a whole.
 *
 * What provably grows makes it unstable, whatever is not known; any other verdict needs that all of it is, but for what
 * the table has no number for and the calculus sees: that the uses of a tied weight have multipliers of their own, and
 * that weights of one row differ.
 */
export function readVerdict({
  pass,
  weights,
  judgement,
  widths,
  rowsMissing,
}: VerdictSources): VerdictReading {
  const hangsOnHeads = judgement?.hangsOnHeads ?? false;
  const hasWideOutput = pass.outputs.some((output) => isWide(output, widths));
  const forward = missingInForward(judgement);
  const found = hangsOnHeads ? null : regimeIn(weights, judgement);
  const decayed = found === 'unstable' ? [] : missingOfDecay(weights, widths);
  const missing: readonly MissingOfModel[] = [
    ...rowsMissing,
    ...forward,
    ...(hasWideOutput ? [{ kind: 'wide-output' } as const] : []),
    ...(hangsOnHeads ? [{ kind: 'heads' } as const] : []),
    ...decayed,
  ];
  const isWhole = !hasWideOutput && decayed.length === 0 && forward.length === 0 && weights.every(isRead);
  const regime = found === 'unstable' || isWhole ? found : null;
  if (judgement === null || regime === null) {
    return { verdict: null, headline: null, assumptions: [], missing };
  }
  const verdict = {
    regime,
    overwritten: judgement.overwritten,
    whateverTheRest: missing.length > 0,
  };
  const headline = headlineOf(weights, { widthStable: judgement.widthStable, missing });
  return { verdict, headline, assumptions: assumptionsOf(regime), missing };
}

function missingOfDecay(
  weights: readonly Weight[],
  widths: VerdictSources['widths'],
): readonly MissingOfModel[] {
  return [
    ...(outweighsGradients(weights, widths) ? [{ kind: 'added-decay' } as const] : []),
    ...(outgrowsWeights(weights, widths) ? [{ kind: 'growing-decay' } as const] : []),
  ];
}

function isWide({ shape }: Tensor, { growthOf }: Pick<Widths, 'growthOf'>): boolean {
  return (shape?.dims ?? []).some((length) => compare(growthOf(length).low, ZERO) > 0);
}

function regimeIn(weights: readonly Weight[], judgement: Judgement | null): Regime | null {
  const regime = judgement?.regime ?? 'unknown';
  return regime === 'unknown' || weights.some(({ untracked }) => untracked) ? null : regime;
}

/** Whether the calculus has all of a weight. */
function isRead(weight: Weight): boolean {
  return missingOf(weight).every(({ kind }) => kind === 'multiplier' && weight.isTied);
}

/** What of the forward pass is not followed: what that leaves unknown further on is not said again. */
function missingInForward(judgement: Judgement | null): readonly MissingOfModel[] {
  if (judgement === null) return [{ kind: 'no-output' }];
  const steps = new Map<string, MissingStep>();
  for (const tensor of judgement.unknown) {
    const why = whyUnknown(tensor);
    const key = `${why.kind} ${why.what ?? ''}`;
    const spans = steps.get(key)?.spans ?? [];
    steps.set(key, { ...why, spans: tensor.span === null ? spans : [...spans, tensor.span] });
  }
  return [...steps.values(), ...(judgement.depthMatters ? [{ kind: 'depth' } as const] : [])];
}

function whyUnknown(tensor: Tensor): Pick<MissingStep, 'kind' | 'what'> {
  if (tensor.op === 'unread') return { kind: 'unread-step', what: tensor.what };
  if (tensor.op === 'softmax') return { kind: 'growing-softmax' };
  if (tensor.op === 'act') return { kind: 'unread-step', what: tensor.activation };
  if (tensor.op === 'contract' && (scaledIn(tensor)?.shape?.dims.length ?? 0) > 1)
    return { kind: 'unread-step', what: 'a matrix times what scales its entries' };
  return { kind: tensor.op === 'choice' ? 'many-conditions' : 'open-dimensions' };
}

/** Why a row of the table is incomplete. */
export function missingOf(weight: Weight): readonly MissingOfWeight[] {
  const { qualified } = weight.layer;
  if (weight.which === null)
    return [qualified === '' ? { kind: 'unread-part' } : { kind: 'unread-layer', qualified }];
  const { a, b, c } = exponentsOf(weight);
  const missing: MissingOfWeight[] = [];
  if (weight.role === null) missing.push({ kind: 'role' });
  if (weight.uses.length === 0) missing.push({ kind: 'use-in-forward' });
  else if (a === null) missing.push({ kind: 'multiplier' });
  if (b === null) {
    const by = [...new Set(weight.inits.map(({ write }) => write.by))];
    const choice = initChoice(weight);
    missing.push({ kind: 'init', by, ...(choice && { choice }) });
  }
  const isFixed = weight.rate.missing?.kind === 'frozen';
  if (weight.rate.missing !== null && !isFixed) missing.push(weight.rate.missing);
  else if (c === null && !isFixed) missing.push({ kind: 'rate' });
  if (weight.untracked) missing.push({ kind: 'no-gradient' });
  return missing;
}

/** What people call it, from its exponents alone, `SP, Adam at one rate`, and whether that is of all of it. */
function headlineOf(
  weights: readonly Weight[],
  { widthStable, missing }: { readonly widthStable: boolean | null } & Pick<VerdictReading, 'missing'>,
): string {
  const name = widthStable === true ? 'μP' : nameOf(weights, missing.length > 0);
  const part = partText(missing);
  return [name, trainersText(weights), part].flatMap((text) => text ?? []).join(', ');
}

/** `Adam at one rate`; null where nothing says what trains it. */
function trainersText(weights: readonly Weight[]): string | null {
  const trained = weights.filter(({ rate }) => rate.update !== null && rate.missing?.kind !== 'frozen');
  const optimizers = [...new Set(trained.flatMap(({ rate }) => rate.update?.kind ?? []))];
  if (optimizers.length === 0) return null;
  const trainers = optimizers.map((one) => OPTIMIZER_NAMES[one]).join(' and ');
  const c = new Set(trained.map((weight) => exponentsOf(weight).c));
  if (c.size === 1 && !c.has(null)) return `${trainers} at one rate`;
  c.delete(null);
  return `${trainers}${c.size > 1 ? ' at a rate for each role' : ''}`;
}

/** What is not read of what has a verdict whatever that is. */
function partText(missing: readonly MissingOfModel[]): string | null {
  if (missing.length === 0) return null;
  const isUntrained = (one: MissingOfModel) => one.kind === 'weights' && one.why.kind === 'no-optimizer';
  return missing.every(isUntrained) ? 'optimizer not found' : 'read in part';
}

/** What the exponents that are known are called; null where that hangs on what is not read. */
function nameOf(weights: readonly Weight[], isPartial: boolean): string | null {
  const standard = weights.map(isStandard);
  if (!standard.includes(false) && !standard.includes(null)) return 'SP';
  return isPartial && !standard.includes(false) ? null : 'custom scaling';
}

/**
 * Whether a matrix starts as PyTorch starts it, n^−½ of what it sums over, at a rate that is the same at every width; null
 * where that is not known.
 */
function isStandard(weight: Weight): boolean | null {
  if (weight.role === 'finite' || weight.dims?.length === 1 || weight.frozen === 'surely') return true;
  const { a, b, c } = exponentsOf(weight);
  const isOther = [a, c].some((one) => one !== null && one !== 0);
  if (isOther) return false;
  const isAsMade = weight.role === 'input' ? b === 0 || b === 'zero' : b === 1 / 2;
  if (weight.role !== null && b !== null && !isAsMade) return false;
  const isKnown = a !== null && c !== null && (weight.role === null || b !== null);
  return isKnown ? true : null;
}

/** What verdicts take for granted beside the width. */
function assumptionsOf(regime: Regime): readonly string[] {
  const aligned =
    regime === 'unstable'
      ? 'Growth is as far as updates align with the features they meet.'
      : 'Updates are taken to align with the features they meet.';
  return [aligned, 'Tokens, layers and steps stay the same in number as the width grows.'];
}
