import { nameText, type Regime } from '@widthwise/core';
import type { ModelOutline, UnderAdam } from '../model-outline.ts';

const REGIMES: Readonly<Record<Regime, string>> = {
  unstable: 'unstable as width grows',
  trivial: 'outputs stop moving as width grows',
  kernel: 'features stop moving as width grows',
  'feature-learning': 'features keep moving as width grows',
  unknown: 'not decided',
};

/** What a regime means for training, in words. */
export function regimeText(regime: Regime): string {
  return REGIMES[regime];
}

/** The verdict on a model in one line, or how much of it was read: what its lens says and its hovers repeat. */
export function verdictLine(model: ModelOutline): string {
  const { verdict, headline, read, total, widths, supposed, missing, underAdam } = model;
  if (verdict !== null) return `${headline} · ${verdictWords(verdict)}`;
  if (underAdam !== null) return `${underAdamText(underAdam)} · optimizer not found`;
  const broken = missing.find((one) => one.kind === 'syntax');
  if (broken !== undefined) return brokenLine(broken.line);
  const much = `read ${read} of ${total} ${total === 1 ? 'weight' : 'weights'}`;
  if (widths.length === 0) {
    const names = supposed.map((name) => nameText(name)).join(', ');
    const width = supposed.length === 1 ? 'is the width' : 'are the widths';
    return `no width is evident${supposed.length === 0 ? '' : ` · ${much}, if ${names} ${width}`}`;
  }
  if (read < total) return much;
  const optimizer = missing.some((one) => one.kind === 'weights' && one.why.kind === 'no-optimizer');
  return optimizer ? `${much}, optimizer not found` : `${much}, no verdict`;
}

/** `if Adam trains it at one rate, unstable as width grows` */
function underAdamText({ verdict }: UnderAdam): string {
  return `if Adam trains it at one rate, ${verdictWords(verdict)}`;
}

function brokenLine(line: number | null): string {
  return line === null
    ? 'read in part: a class of it cannot be parsed'
    : `read in part: line ${line} cannot be parsed`;
}

/** A verdict alone: `unstable as width grows, whatever the rest does`. */
export function verdictWords(verdict: NonNullable<ModelOutline['verdict']>): string {
  const rest = verdict.whateverTheRest ? ', whatever the rest does' : '';
  // Where updates blow up, that they outgrow what was there at first says nothing more.
  const erased =
    verdict.overwritten && verdict.regime !== 'unstable' ? ', the initialization is overwritten' : '';
  return `${REGIMES[verdict.regime]}${rest}${erased}`;
}
