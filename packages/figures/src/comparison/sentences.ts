import {
  type ComparisonReport,
  type ComparisonSlopes,
  type ComparisonVerdict,
  judgedLayers,
  type Slope,
} from '@widthwise/core';
import { listed, numberWord } from '../words/counted.ts';
import { slopeText } from '../words/slope-text.ts';

const ACHIEVEMENT = 'features moving and rich as width grows';

/**
 * The answer to the whole comparison, in one sentence: who keeps features moving and rich.
 *
 * @param labels how to write each parametrization, by name; a name without a label is written as it is
 */
export function comparisonSentence(
  report: ComparisonReport,
  labels: Readonly<Record<string, string>>,
): string {
  if (report.verdicts === null) return 'No verdict before every run is finished.';
  const entries = Object.entries(report.verdicts);
  if (entries.every(([, { divergence }]) => divergence?.everywhere)) {
    return 'Every run diverges, so nothing is measured: a smaller learning rate may train.';
  }
  const named = (fits: (verdict: ComparisonVerdict) => boolean): readonly string[] =>
    entries.filter(([, verdict]) => fits(verdict)).map(([name]) => labels[name] ?? name);
  const all = named(() => true);
  const [winners, open] = [named(keepsBoth), named(isOpen)];

  if (all.length === 1 && open.length === 1) return `Whether ${all[0]} keeps ${ACHIEVEMENT} is undecided.`;
  const answer = `${winnersClause(winners, all, open.length > 0)} ${ACHIEVEMENT}`;
  if (open.length === 0) return `${answer}.`;
  return `${answer}; ${listed(open)} ${open.length === 1 ? 'is' : 'are'} undecided.`;
}

function winnersClause(winners: readonly string[], all: readonly string[], someOpen: boolean): string {
  const keep = (singular: boolean): string => {
    if (someOpen) return singular ? 'is seen to keep' : 'are seen to keep';
    return singular ? 'keeps' : 'keep';
  };
  if (all.length === 1) return winners.length === 1 ? `${all[0]} keeps` : `${all[0]} does not keep`;
  if (winners.length === all.length) {
    return all.length === 2 ? `Both ${listed(all)} keep` : `All ${numberWord(all.length)} keep`;
  }
  if (winners.length > 0) {
    return `Of these ${numberWord(all.length)} only ${listed(winners)} ${keep(winners.length === 1)}`;
  }
  if (all.length === 2) return `Neither ${all[0]} nor ${all[1]} ${keep(true)}`;
  return `None of these ${numberWord(all.length)} ${keep(true)}`;
}

function keepsBoth({ stable, featureLearning, richness }: ComparisonVerdict): boolean {
  return stable === true && featureLearning === true && richness === 'rich';
}

/** Nothing measured speaks against it, yet something is undecided. */
function isOpen(verdict: ComparisonVerdict): boolean {
  const { stable, featureLearning, richness } = verdict;
  return stable !== false && featureLearning !== false && richness !== 'low' && !keepsBoth(verdict);
}

/** The verdict on one parametrization: consequence, then evidence. */
export function verdictSentence(verdict: ComparisonVerdict, slopes: ComparisonSlopes): string {
  if (verdict.divergence?.everywhere) return `Training ${verdict.reasons[0]}.`;
  const sentences = [
    movementSentence(verdict, slopes.movement),
    richnessSentence(verdict, slopes.lambdaMin),
    ...verdict.reasons.map((reason) => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function movementSentence({ featureLearning }: ComparisonVerdict, slopes: readonly Slope[]): string {
  if (featureLearning === null) return '';
  const { layer, slope } = decisive(slopes, featureLearning ? 'low' : 'high');
  const evidence = `(layer ${layer}: slope ${slopeText(slope)}; 0 keeps them moving)`;
  return `Features ${featureLearning ? 'keep' : 'stop'} moving as width grows ${evidence}.`;
}

function richnessSentence({ richness }: ComparisonVerdict, slopes: readonly Slope[]): string {
  if (richness === null) return '';
  const { layer, slope } = decisive(slopes, richness === 'rich' ? 'low' : 'high');
  const evidence = `(λ_min, the smallest eigenvalue of the feature Gram, in layer ${layer}: slope ${slopeText(slope)})`;
  return richness === 'rich'
    ? `They stay linearly independent ${evidence}.`
    : `They become linearly dependent ${evidence}.`;
}

/** The judged layer whose interval decides: that all keep their size by the lowest low, that one does not by the lowest high. */
function decisive(slopes: readonly Slope[], end: 'low' | 'high'): { layer: number; slope: Slope } {
  const judged = judgedLayers(slopes.length).map((layer) => ({ layer, slope: slopes[layer - 1]! }));
  const reach = ({ slope }: { slope: Slope }): number => slope[end] ?? Number.POSITIVE_INFINITY;
  return judged.reduce((first, next) => (reach(next) < reach(first) ? next : first));
}
