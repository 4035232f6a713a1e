import { type Hypothesis, type IndependenceCell, type LayerScaling, LOW_SHARE } from '@widthwise/core';
import type { Mark, VerdictCell } from '../comparison/verdict-cells.ts';
import { valueText } from '../words/number-text.ts';
import { judgedSlopeText, slopeText } from '../words/slope-text.ts';
import type { ConvergenceFindings } from './findings.ts';
import { layerSymbol } from './sentences.ts';

const STATES: Readonly<Record<Hypothesis['state'], VerdictCell>> = {
  holds: { mark: 'yes', word: 'holds' },
  'does-not-hold': { mark: 'no', word: 'does not hold' },
  'not-known': { mark: 'open', word: 'not known' },
  'in-the-limit': { mark: 'none', word: 'finite' },
};

const NAMES: Readonly<Record<Hypothesis['name'], string>> = {
  activation: 'activation',
  data: 'data',
  parametrization: 'parametrization',
  network: 'network',
  optimizer: 'optimizer',
  batches: 'batches',
  loss: 'loss',
  width: 'width',
};

/** A hypothesis of the theorem in cells. */
export interface HypothesisRow {
  readonly name: string;
  readonly verdict: VerdictCell;
  readonly reason: string;
}

export function hypothesisRows({
  hypotheses,
}: Pick<ConvergenceFindings, 'hypotheses'>): readonly HypothesisRow[] {
  return hypotheses.map(({ name, state, reason }) => ({ name: NAMES[name], verdict: STATES[state], reason }));
}

/** One layer in cells. */
export interface ConvergenceTableRow {
  readonly layer: string;
  /** The least λ_min of hˡ and of xˡ by their limits over the probed steps, with the step. */
  readonly preactivation: string;
  readonly activation: string;
  /** λ_min of x_0 and x_T together, and its slope. */
  readonly joint: string;
  readonly movement: string;
  readonly lambdaMin: string;
  readonly verdict: VerdictCell;
}

/** Every hidden layer: what became of its features at the widest width, and what width does to them. */
export function convergenceTable(
  { independence, joint, classes }: Pick<ConvergenceFindings, 'independence' | 'joint' | 'classes'>,
  depth: number,
): readonly ConvergenceTableRow[] {
  return Array.from({ length: depth }, (_, index) => {
    const layer = index + 1;
    const own = (which: IndependenceCell['which']): readonly IndependenceCell[] =>
      (independence?.cells ?? []).filter((cell) => cell.layer === layer && cell.which === which);
    const movement = classes?.movement.find((each) => each.layer === layer);
    const lambdaMin = classes?.lambdaMin.find((each) => each.layer === layer);
    const cells = [...own('preactivation'), ...own('activation')];
    return {
      layer: `layer ${layer}`,
      preactivation: worstText(own('preactivation')),
      activation: worstText(own('activation')),
      joint: jointText(joint[index]),
      movement: scalingText(movement),
      lambdaMin: scalingText(lambdaMin),
      verdict: layerVerdict(cells, { movement, lambdaMin, samples: independence?.samples ?? 0 }),
    };
  });
}

function jointText(joint: ConvergenceFindings['joint'][number] | undefined): string {
  if (joint === undefined || joint.value === null) return '–';
  const { value, slope } = joint;
  return slope.value === null ? valueText(value) : `${valueText(value)}, ${slopeText(slope)}`;
}

function scalingText(scaling: LayerScaling | undefined): string {
  if (scaling === undefined) return '–';
  const { slope, predicted, agreement } = scaling;
  return judgedSlopeText({ ...slope, predicted, agreement });
}

interface LayerMeasured {
  readonly movement: LayerScaling | undefined;
  readonly lambdaMin: LayerScaling | undefined;
  /** How many are watched: one alone is always independent, which says nothing. */
  readonly samples: number;
}

/** How features are called that are not dependent, and what that is worth. */
const KEPT = {
  told: ['yes', 'independent'],
  untold: ['open', 'one sample watched'],
} as const;

function layerVerdict(
  cells: readonly IndependenceCell[],
  { movement, lambdaMin, samples }: LayerMeasured,
): VerdictCell {
  if (cells.length === 0) return { mark: 'none', word: '' };
  if (cells.some((cell) => cell.judged && cell.lambdaMin === 0)) return { mark: 'no', word: 'dependent' };
  if (cells.some(({ limit }) => limit === 0) || lambdaMin?.class === 'falls')
    return { mark: 'no', word: 'collapses with width' };
  const [kept, features] = samples > 1 ? KEPT.told : KEPT.untold;
  if (movement?.class === 'falls') return { mark: 'no', word: `frozen with width, ${features}` };
  if (movement?.class === 'grows') return { mark: 'no', word: `grows with width, ${features}` };
  if (movement === undefined || lambdaMin === undefined) return { mark: kept, word: features };
  const open = [
    ...(movement.class === 'constant' ? [] : ['movement']),
    ...(lambdaMin.class === 'constant' ? [] : ['λ_min']),
  ];
  return open.length === 0
    ? { mark: kept, word: `${features}, keeps with width` }
    : { mark: 'open', word: `${open.join(' and ')} with width undecided, ${features}` };
}

function worstText(cells: readonly IndependenceCell[]): string {
  if (cells.length === 0) return '–';
  const least = cells.reduce((worst, next) => (next.lambdaMin < worst.lambdaMin ? next : worst));
  if (!least.judged) return 'not judged';
  return `${cellText(least)} at step ${least.step}`;
}

/** `0.92` of the limit, `0` below the floor, the value itself where there is no limit to compare it with. */
function cellText({ share, lambdaMin }: IndependenceCell): string {
  if (lambdaMin === 0) return '0';
  return share === null ? `λ ${valueText(lambdaMin)}` : valueText(share);
}

/** The map of λ_min, layer × step. */
export interface IndependenceMap {
  readonly steps: readonly number[];
  readonly rows: readonly {
    readonly name: string;
    readonly cells: readonly { readonly text: string; readonly mark: Mark; readonly worst: boolean }[];
  }[];
}

/** @param most columns, the first and the last step among them */
export function independenceMap(
  { independence }: Pick<ConvergenceFindings, 'independence'>,
  most: number = Number.POSITIVE_INFINITY,
): IndependenceMap {
  const cells = independence?.cells ?? [];
  const probed = [...new Set(cells.map(({ step }) => step))].sort((left, right) => left - right);
  const count = Math.min(most, probed.length);
  const worst = independence?.worst ?? null;
  const picked = new Set(
    Array.from({ length: count }, (_, index) =>
      count === 1 ? probed[0]! : probed[Math.round((index * (probed.length - 1)) / (count - 1))]!,
    ),
  );
  if (worst !== null) picked.add(worst.step);
  const steps = probed.filter((step) => picked.has(step));
  const names = [...new Set(cells.map(layerSymbol))];
  return {
    steps,
    rows: names.map((name) => ({
      name,
      cells: steps.map((step) => {
        const cell = cells.find((each) => layerSymbol(each) === name && each.step === step);
        if (cell === undefined) return { text: '–', mark: 'none' as const, worst: false };
        return { text: cellText(cell), mark: cellMark(cell), worst: isSame(cell, worst) };
      }),
    })),
  };
}

function isSame(cell: IndependenceCell, other: IndependenceCell | null): boolean {
  return cell.layer === other?.layer && cell.which === other.which && cell.step === other.step;
}

function cellMark({ judged, share, lambdaMin, limit }: IndependenceCell): Mark {
  if (!judged) return 'none';
  if (lambdaMin === 0 || limit === 0) return 'no';
  if (share === null) return 'none';
  return share < LOW_SHARE ? 'open' : 'yes';
}
