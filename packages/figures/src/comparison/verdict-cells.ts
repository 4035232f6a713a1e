import type { ComparisonVerdict } from '@widthwise/core';

export type Mark = 'yes' | 'no' | 'open' | 'waiting' | 'none';

export const SIGNS: Readonly<Record<Mark, string>> = {
  yes: '✓',
  no: '✗',
  open: '?',
  waiting: '…',
  none: ' ',
};

/** A verdict twice, as a sign and as a word, so that neither color nor language has to carry it alone. */
export interface VerdictCell {
  readonly mark: Mark;
  readonly word: string;
}

type Judged = Pick<
  ComparisonVerdict,
  'stable' | 'featureLearning' | 'richness' | 'motion' | 'richnessMeasured'
>;

const UNDECIDED: VerdictCell = { mark: 'open', word: 'undecided' };
const NOT_MEASURED: VerdictCell = { mark: 'open', word: 'not measured' };

/** The poster's first column: whether features move. What is unstable is nothing else. */
export function featuresCell({ stable, featureLearning, motion }: Judged): VerdictCell {
  if (motion === 'untrained') return { mark: 'open', word: 'not trained' };
  if (stable === false) return { mark: 'no', word: 'unstable' };
  if (motion === 'grows') return { mark: 'no', word: 'grows' };
  if (featureLearning === null) return UNDECIDED;
  return featureLearning ? { mark: 'yes', word: 'moves' } : { mark: 'no', word: 'frozen' };
}

/** The poster's second column: whether they stay linearly independent. */
export function richnessCell({ richness, richnessMeasured }: Judged): VerdictCell {
  if (richness === null) return richnessMeasured ? UNDECIDED : NOT_MEASURED;
  return richness === 'rich' ? { mark: 'yes', word: 'rich' } : { mark: 'no', word: 'low' };
}

/** How a run stands, as far as the verdict so far depends on it. */
export interface RunStanding {
  readonly state:
    | { readonly kind: 'waiting' | 'running' | 'finished' | 'cancelled' | 'failed' }
    | { readonly kind: 'diverged'; readonly atStep: number };
}

/**
 * What is known so far of one parametrization, both columns in one place. What is undecided is said only when no run
 * will decide it any more.
 *
 * @param running whether more runs may still end
 */
export function verdictSoFar(
  verdict: Judged | undefined,
  runs: readonly RunStanding[],
  running: boolean,
): readonly VerdictCell[] {
  const diverged = runs.flatMap(({ state }) => (state.kind === 'diverged' ? [state.atStep] : []));
  const ended = runs.filter(({ state }) => state.kind === 'finished').length + diverged.length;
  if (ended === 0) {
    return [running ? { mark: 'waiting', word: 'waiting' } : { mark: 'open', word: 'not measured' }];
  }
  if (diverged.length === ended) return [{ mark: 'no', word: divergenceText(diverged) }];
  if (verdict === undefined) return [{ mark: 'waiting', word: 'measuring' }];
  const [features, richness] = [featuresCell(verdict), richnessCell(verdict)];
  const open = running && runs.some(({ state }) => state.kind === 'waiting' || state.kind === 'running');
  if (features === UNDECIDED && richness.mark === 'open') {
    return [open ? { mark: 'waiting', word: 'measuring' } : UNDECIDED];
  }
  return [named('features', features), named('richness', richness)].filter(
    ({ mark }) => !(open && mark === 'open'),
  );
}

/** Away from its column an open question says what it is about. */
function named(column: string, { mark, word }: VerdictCell): VerdictCell {
  return { mark, word: mark === 'open' ? `${column} ${word}` : word };
}

function divergenceText(steps: readonly number[]): string {
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  return first === last ? `diverges at step ${first}` : `diverges at steps ${first} to ${last}`;
}
