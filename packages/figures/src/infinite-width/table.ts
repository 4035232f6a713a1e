import type { InfinitePoint, InfiniteWidth } from '@widthwise/core';
import { layerSymbol } from '../convergence-check/sentences.ts';
import { intervalText } from '../limit/sentences.ts';
import { valueText } from '../words/number-text.ts';
import { slopeText } from '../words/slope-text.ts';
import type { InfiniteSetting } from './setting.ts';

const EXTRAPOLATED =
  'Extrapolated: a of a + c/n over these widths with its 95\u00a0% interval, no estimate of what grows by theory or diverges at a width, of the loss where theory has outputs move less the wider the network, nor of λ_min where the least eigenvalues may meet in the limit.';
const SOLVED =
  'Solved: the equations of the limit, which are for linear networks and one hidden layer under μP with gradient descent on all samples, as far as that takes seconds; those of two nonlinear hidden layers or more are not solved. Off: one network’s Gram by the limit’s, ‖Φ_n − Φ‖/‖Φ‖, which falls like n^−½.';

/** What each parametrization comes to, a row each. */
export interface InfiniteTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What its columns are. */
  readonly howToRead: string;
}

/** Loss and λ_min of the last hidden layer after training as n → ∞; null where nothing is known of any. */
export function infiniteTable(
  found: Readonly<Record<string, InfiniteWidth>> | null,
  { parametrizations, widths, depth }: InfiniteSetting,
): InfiniteTable | null {
  const all = parametrizations.flatMap(({ name, label }) => {
    const limit = found !== null && Object.hasOwn(found, name) ? found[name]! : null;
    const [loss, lambdaMin] = [limit?.loss.at(-1), limit?.lambdaMin[depth - 1]?.at(-1)];
    const isKnown = [loss, lambdaMin].some((point) => (point?.extrapolated ?? point?.limit ?? null) !== null);
    return limit === null || !(isKnown || limit.divergesAt !== null)
      ? []
      : [{ label, limit, loss, lambdaMin }];
  });
  if (all.length === 0) return null;
  const solved = all.some(({ limit }) => limit.method !== 'extrapolated');
  const widest = widths.at(-1)!;
  const shown = (point: InfinitePoint | undefined, { divergesAt }: InfiniteWidth): string[] => {
    const text = extrapolatedText(point?.extrapolated ?? null);
    if (!solved) return [text];
    return [text, divergesAt === null ? solvedText(point) : `diverges at step ${divergesAt}`];
  };
  const heads = (name: string): string[] => (solved ? [name, `${name}, solved`] : [name]);
  return {
    heads: [
      '',
      ...heads('loss'),
      ...heads(`λ_min of ${layerSymbol({ layer: depth, which: 'activation' })}`),
      ...(solved ? [`Gram off at ${widest}`, 'its slope'] : []),
    ],
    rows: all.map(({ label, limit, loss, lambdaMin }) => [
      label,
      ...shown(loss, limit),
      ...shown(lambdaMin, limit),
      ...(solved ? distanceCells(limit, depth) : []),
    ]),
    howToRead: solved ? `${EXTRAPOLATED} ${SOLVED}` : EXTRAPOLATED,
  };
}

/** What is never below 0 is not said to be: of a fall that a + c/n does not follow, a may be. */
function extrapolatedText(estimate: InfinitePoint['extrapolated']): string {
  if (estimate === null) return '–';
  if (estimate.value <= 0) return 'not told from 0';
  return intervalText({ ...estimate, low: estimate.low === null ? null : Math.max(0, estimate.low) });
}

/** `0.108`, exactly; `0.108 ± 0.002`. */
function solvedText(point: InfinitePoint | undefined): string {
  const text = valueText(point?.limit ?? null);
  const error = point?.limitError ?? 0;
  return error > 0 ? `${text} ± ${valueText(error)}` : text;
}

function distanceCells({ distance }: InfiniteWidth, depth: number): readonly string[] {
  const own = distance?.[depth - 1];
  const widest = own?.byWidth.at(-1);
  if (own === undefined || widest === undefined) return ['–', '–'];
  return [intervalText(widest), slopeText(own.slope)];
}
