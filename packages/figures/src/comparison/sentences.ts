import {
  type ComparisonReport,
  type ComparisonVerdict,
  judgedLayers,
  type LayerScaling,
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
  report: Pick<ComparisonReport, 'verdicts'>,
  labels: Readonly<Record<string, string>>,
): string {
  if (report.verdicts === null) return 'No verdict before every run is finished.';
  const entries = Object.entries(report.verdicts);
  if (entries.every(([, { divergence }]) => divergence?.everywhere)) {
    return 'Every run diverges, so nothing is measured: a smaller learning rate may train.';
  }
  if (entries.every(([, { motion }]) => motion === 'untrained'))
    return 'Nothing was trained: the learning rate is too small, or the gradient is zero at the start.';
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
  const { stable, featureLearning, richness, motion } = verdict;
  return (
    motion !== 'grows' &&
    stable !== false &&
    featureLearning !== false &&
    richness !== 'low' &&
    !keepsBoth(verdict)
  );
}

/** The verdict on one parametrization: consequence, then evidence. */
export function verdictSentence(verdict: ComparisonVerdict): string {
  if (verdict.divergence?.everywhere) return `Training ${verdict.reasons[0]}.`;
  const sentences = [
    movementSentence(verdict),
    richnessSentence(verdict),
    ...verdict.reasons.map((reason) => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function movementSentence({ featureLearning, classes }: ComparisonVerdict): string {
  if (featureLearning === null) return '';
  const { layer, slope } = decisive(classes.movement, featureLearning ? 'low' : 'high');
  const evidence = `(layer ${layer}: slope ${slopeText(slope)}; 0 keeps them moving)`;
  return `Features ${featureLearning ? 'keep' : 'stop'} moving as width grows ${evidence}.`;
}

const LOW_WORDS = {
  dependent: 'They become linearly dependent',
  shrink: 'They shrink, as independent as they were,',
} as const;

function richnessSentence({ richness, collapse, classes }: ComparisonVerdict): string {
  if (richness === null) return '';
  const low = richness === 'low' ? classes.lambdaMin.filter((each) => each.class === 'falls') : [];
  const { layer, step, slope } =
    low.length === 0 ? decisive(classes.lambdaMin, 'low') : low.reduce(lowerOf('high'));
  const evidence = `(λ_min, the smallest eigenvalue of the feature Gram, in layer ${layer} at step ${step}: slope ${slopeText(slope)})`;
  if (richness === 'rich') return `They stay linearly independent ${evidence}.`;
  return `${collapse === null ? 'λ_min falls' : LOW_WORDS[collapse]} ${evidence}.`;
}

/** The judged layer whose interval decides: that all keep their size by the lowest low, that one does not by the lowest high. */
function decisive(layers: readonly LayerScaling[], end: 'low' | 'high'): LayerScaling {
  const judged = new Set(judgedLayers(layers.length));
  return layers.filter(({ layer }) => judged.has(layer)).reduce(lowerOf(end));
}

function lowerOf(end: 'low' | 'high'): (first: LayerScaling, next: LayerScaling) => LayerScaling {
  const reach = ({ slope }: LayerScaling): number => slope[end] ?? Number.POSITIVE_INFINITY;
  return (first, next) => (reach(next) < reach(first) ? next : first);
}
