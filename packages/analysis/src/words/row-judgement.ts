import { type Exponent, type InitExponent, nameText } from '@widthwise/core';
import { grouped } from '../grouped.ts';
import { ROUNDING } from '../growth/rounding.ts';
import type { ModelOutline, WeightRow } from '../model-outline.ts';
import { growthText, powerText, rateText } from './exponent-text.ts';

/** One exponent of one weight beside the one that is right. */
export interface JudgedExponent {
  readonly quantity: 'init std' | 'multiplier' | 'learning rate';
  readonly yours: string;
  /** Empty where nothing can be wanted. */
  readonly wants: string;
  readonly state: 'right' | 'wrong' | 'unknown';
  /** What a wrong one does; empty otherwise. */
  readonly why: string;
}

/** The three exponents of a weight, each held against what is right for it, the other weights as they are. */
export function judgeRow(row: WeightRow): readonly JudgedExponent[] {
  const { b, c, wants, effects } = row;
  const [wantedInit, wantedRate] = [wants?.b ?? null, wants?.c ?? null];
  const initWhy = b === null || wantedInit === null ? null : initProblem(row, b, wantedInit);
  const rateWhy = c === null || wantedRate === null ? null : rateProblem(c, wantedRate, effects.rate);
  return [
    {
      quantity: 'init std',
      yours: powerText(b),
      wants:
        wantedInit === null
          ? ''
          : powerText(wantedInit) + (row.role === 'output' && wantedInit !== 'zero' ? ' or less' : ''),
      state: stateOf(initWhy),
      why: initWhy ?? '',
    },
    multiplierOf(row),
    row.isFixed
      ? FIXED
      : {
          quantity: 'learning rate',
          yours: rateText(c),
          wants: wantedRate === null ? '' : rateText(wantedRate),
          state: stateOf(rateWhy),
          why: rateWhy ?? '',
        },
  ];
}

/** Of what nothing trains. */
const FIXED: JudgedExponent = {
  quantity: 'learning rate',
  yours: 'fixed',
  wants: '',
  state: 'right',
  why: '',
};

/** A multiplier is right whatever it is, as start and rate are held against it; of a tied weight where both are judged. */
function multiplierOf(row: WeightRow): JudgedExponent {
  const { a, tied, wants, effects } = row;
  const yours =
    tied === null ? powerText(a) : `${powerText(tied.embedding)}, as readout ${powerText(tied.readout)}`;
  const [shared] = sharedProblems(row);
  if (shared !== undefined) {
    const asReadout = powerText((tied?.embedding ?? a ?? 0) + 1);
    return {
      quantity: 'multiplier',
      yours,
      wants: `as readout ${asReadout}`,
      state: 'wrong',
      why: '',
    };
  }
  if (tied !== null) {
    return {
      quantity: 'multiplier',
      yours,
      wants: '',
      state: effects.init === null || effects.rate === null ? 'unknown' : 'right',
      why: '',
    };
  }
  return {
    quantity: 'multiplier',
    yours,
    wants: wants?.a == null ? '' : powerText(wants.a),
    state: wants?.a == null ? 'unknown' : 'right',
    why: '',
  };
}

export const MARKS: Readonly<Record<JudgedExponent['state'], string>> = {
  right: '✓',
  wrong: '✗',
  unknown: '?',
};

/** ✗ where something is wrong, ? where something is unknown, else ✓; empty for a weight that does not scale. */
export function markOf(row: WeightRow): string {
  if (row.role === 'finite') return '';
  const states = judgeRow(row).map((judged) => judged.state);
  if (states.includes('wrong')) return MARKS.wrong;
  return states.includes('unknown') ? MARKS.unknown : MARKS.right;
}

/** What is wrong with one weight, in a clause that is said of it. */
export interface RowProblem {
  /** `use` where what is wrong is that one tensor is used twice, and no exponent of it. */
  readonly of: JudgedExponent['quantity'] | 'use';
  readonly problem: string;
}

/** All that is wrong with a weight. */
export function rowProblems(row: WeightRow): readonly RowProblem[] {
  return [...sharedProblems(row), ...exponentProblems(row)];
}

/** What each wrong exponent does, one sentence a line, of which every weight has the name that it holds for. */
export function problemsOf(rows: readonly WeightRow[]): readonly string[] {
  const each = rows.flatMap((row) => rowProblems(row).map(({ problem }) => ({ name: row.name, problem })));
  return [...grouped(each, ({ problem }) => problem).values()].map((same) => {
    // What the code makes in one of two ways has one name.
    const all = [...new Set(same.map(({ name }) => nameText(name)))];
    const names = all.slice(0, MOST_NAMES);
    const more = all.length > names.length ? ` and ${all.length - names.length} more` : '';
    return `${names.join(', ')}${more}: ${same[0]?.problem}`;
  });
}

/** Names before the rest is counted. */
const MOST_NAMES = 6;

/** All that breaks a model: what is wrong with its weights, or where that is nothing, what grows all the same. */
export function problemsOfModel({ weights, growing }: ModelOutline): readonly string[] {
  const ofWeights = problemsOf(weights);
  if (ofWeights.length > 0 || growing.length === 0) return ofWeights;
  const places = [...new Set(growing.flatMap(({ where }) => where ?? []))].slice(0, MOST_NAMES);
  return [
    `features times features (${places.join(', ')}) are sums over more and more of them and grow with the width: ` +
      'they want the factor 1/n, as attention logits 1/d in place of 1/√d',
  ];
}

/** An embedding that is the readout, too, and multiplied by too little less there, has no start and no rate that is right for both. */
function sharedProblems({ isTied, a, tied, effects }: WeightRow): readonly RowProblem[] {
  const { init, rate } = effects;
  const missing = tied === null ? 1 : 1 - (tied.readout - tied.embedding);
  if (!isTied || (a === null && tied === null) || missing < ROUNDING) return [];
  if ((init === null || init >= 0) && (rate === null || rate >= 0)) return [];
  const problem =
    'one tensor is embedding and readout, and no start and no rate is right for both: ' +
    `multiply what it gives as the readout by ${powerText(missing)}${tied === null ? '' : ' more'}`;
  return [{ of: 'use', problem }];
}

function exponentProblems(row: WeightRow): readonly RowProblem[] {
  return judgeRow(row).flatMap(({ quantity, yours, wants, state, why }) =>
    state === 'wrong' && quantity !== 'multiplier'
      ? [{ of: quantity, problem: `${quantity} is ${inWords(yours)}, μP wants ${inWords(wants)}: ${why}` }]
      : [],
  );
}

function inWords(power: string): string {
  return power === 'constant' ? 'constant in width' : power;
}

function stateOf(why: string | null): JudgedExponent['state'] {
  if (why === null) return 'unknown';
  return why === '' ? 'right' : 'wrong';
}

/** What a start does that is not right; nothing where it is. */
function initProblem(row: WeightRow, b: InitExponent, wanted: InitExponent): string {
  const { role, isCapped, effects } = row;
  if (isSame(b, wanted)) return '';
  if (b === 'zero') return 'what it makes starts at 0';
  if (wanted === 'zero') return 'it should start at 0';
  const excess = wanted - b;
  if (role === 'output' && excess > 0) {
    const growth = growthOf(excess - 1 / 2, effects.made);
    if (growth <= ROUNDING)
      return `starts ${growthText(excess)} times larger than in μP, so a rate that moves features makes outputs blow up`;
    return `${isCapped ? 'what is capped grows' : 'outputs grow'} like ${growthText(growth)} at initialization`;
  }
  const growth = excess > 0 ? growthOf(excess, effects.made) : -growthOf(-excess, negated(effects.made));
  if (role === null || Math.abs(growth) <= ROUNDING) {
    return `starts ${growthText(Math.abs(excess))} times ${excess > 0 ? 'larger' : 'smaller'} than in μP`;
  }
  const what = WHAT_GROWS[role];
  return growth > 0 ? `${what} grow like ${growthText(growth)}` : `${what} shrink like ${powerText(-growth)}`;
}

/** By what a start that is too large makes grow what comes behind it: no more than that does, as what it is given may shrink. */
function growthOf(excess: number, made: Exponent): number {
  return made === null ? 0 : Math.max(0, Math.min(excess, -made));
}

function negated(made: Exponent): Exponent {
  return made === null ? null : -made;
}

const WHAT_GROWS = {
  input: 'features',
  hidden: 'preactivations',
  output: 'outputs',
  finite: 'features',
} as const;

/** What a learning rate does under full alignment that is not right; nothing where it is. */
function rateProblem(c: number, wanted: number, effect: number | null): string {
  if (isSame(c, wanted)) return '';
  if (effect === null && c < wanted) return 'under full alignment its updates are too large';
  const excess = effect === null || effect === 0 || !Number.isFinite(effect) ? c - wanted : effect;
  // In front of a norm whose starts do not go together, start and rate are wanted together: μP's own.
  const mended = wanted - c;
  const once = 'once starts are as μP wants them';
  if (excess >= 0) {
    const fades = `as width grows it stops mattering: its updates shrink like ${powerText(excess)}`;
    return mended > ROUNDING ? `${fades}, and are ${growthText(mended)} times too large ${once}` : fades;
  }
  const said = `under full alignment its updates are ${growthText(-excess)} times too large`;
  if (mended < -ROUNDING) return `${said}, and ${growthText(-mended)} times too small ${once}`;
  const differs = mended > ROUNDING && Math.abs(mended + excess) > ROUNDING;
  return differs ? `${said}, and ${growthText(mended)} times ${once}` : said;
}

function isSame(one: InitExponent, other: InitExponent): boolean {
  if (one === 'zero' || other === 'zero') return one === other;
  return Math.abs(one - other) < ROUNDING;
}
