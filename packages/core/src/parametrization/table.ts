import { sameExponent } from '../calculus/exponent.ts';
import { shownText } from '../words/shown-text.ts';
import { invariants } from './gauge.ts';
import {
  LAYER_ROLES,
  type NumericExponents,
  type OptimizerName,
  type Parametrization,
} from './parametrization.ts';

/** A row of the table: a parametrization that people know by a name of its own. */
export interface NamedParametrization extends Parametrization {
  readonly input: NumericExponents;
  readonly hidden: NumericExponents;
  readonly output: NumericExponents;
  /** How people write it: `μP` where the command line says `mup`. */
  readonly label: string;
  readonly source: string;
}

export type ParametrizationId = 'sp-constant' | 'sp' | 'ntp' | 'ip' | 'mup';

const abc = (a: number, b: number, c: number): NumericExponents => ({ a, b, c });

/**
 * The parametrizations of the poster's table, and the one that PyTorch has by default, for SGD.
 *
 * Written with a = 0, so that b is half the exponent of the initial variance and c the exponent of the learning rate.
 *
 * @see Chen, Yang, Zhao, Gu 2025, "Global Convergence and Rich Feature Learning in L-Layer Infinite-Width Neural
 *   Networks under μ Parametrization", the table of parametrizations (docs/math.md#parametrization)
 */
export const PARAMETRIZATIONS: Readonly<Record<ParametrizationId, NamedParametrization>> = {
  'sp-constant': {
    name: 'sp-constant',
    label: 'SP, constant η',
    source: 'fan-in initialization with one learning rate for every width, as PyTorch trains by default',
    optimizer: 'sgd',
    input: abc(0, 0, 0),
    hidden: abc(0, 1 / 2, 0),
    output: abc(0, 1 / 2, 0),
  },
  sp: {
    name: 'sp',
    label: 'SP, η/n',
    source: 'Chen et al. 2025, table of parametrizations, column SP',
    optimizer: 'sgd',
    input: abc(0, 0, 1),
    hidden: abc(0, 1 / 2, 1),
    output: abc(0, 1 / 2, 1),
  },
  ntp: {
    name: 'ntp',
    label: 'NTP',
    source: 'Chen et al. 2025, table of parametrizations, column NTP',
    optimizer: 'sgd',
    input: abc(0, 0, 0),
    hidden: abc(0, 1 / 2, 1),
    output: abc(0, 1 / 2, 1),
  },
  ip: {
    name: 'ip',
    label: 'IP',
    source: 'Chen et al. 2025, table of parametrizations, column IP',
    optimizer: 'sgd',
    input: abc(0, 0, -1),
    hidden: abc(0, 1, 0),
    output: abc(0, 1, 1),
  },
  mup: {
    name: 'mup',
    label: 'μP',
    source: 'Chen et al. 2025, table of parametrizations, column μP',
    optimizer: 'sgd',
    input: abc(0, 0, -1),
    hidden: abc(0, 1 / 2, 0),
    output: abc(0, 1, 1),
  },
};

/**
 * The same for Adam. An update of Adam has entries of the size of its rate, whatever the gradient: hidden features move by
 * n^(1−C), and a readout that starts at B = ½ multiplies what moves together by n^½.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3, for μP; docs/math.md#adam for the others
 */
const ADAM_ROWS: readonly NamedParametrization[] = [
  {
    name: 'sp-constant',
    label: 'SP, constant η',
    source: 'fan-in initialization with one learning rate for every width, as PyTorch trains by default',
    optimizer: 'adam',
    input: abc(0, 0, 0),
    hidden: abc(0, 1 / 2, 0),
    output: abc(0, 1 / 2, 0),
  },
  {
    name: 'sp',
    label: 'SP, η/n',
    source: 'fan-in initialization with one learning rate that falls like 1/n',
    optimizer: 'adam',
    input: abc(0, 0, 1),
    hidden: abc(0, 1 / 2, 1),
    output: abc(0, 1 / 2, 1),
  },
  {
    name: 'ntp',
    label: 'NTP',
    source:
      'the largest rates under which a readout of standard deviation n^−½ stays bounded: a kernel limit',
    optimizer: 'adam',
    input: abc(0, 0, 1 / 2),
    hidden: abc(0, 1 / 2, 3 / 2),
    output: abc(0, 1 / 2, 1),
  },
  {
    name: 'mup',
    label: 'μP',
    source: 'Yang et al. 2022 (Tensor Programs V), Table 3, Adam',
    optimizer: 'adam',
    input: abc(0, 0, 0),
    hidden: abc(0, 1 / 2, 1),
    output: abc(0, 1, 1),
  },
];

/** The parametrizations of the table for an optimizer, by id; IP has none for Adam. */
export function parametrizationsFor(optimizer: OptimizerName): ReadonlyMap<string, NamedParametrization> {
  const rows = optimizer === 'sgd' ? Object.values(PARAMETRIZATIONS) : ADAM_ROWS;
  return new Map(rows.map((row) => [row.name, row]));
}

/** A longer name would leave no room beside it in tables and figures. */
const LONGEST_LABEL = 60;

/**
 * How people read a parametrization's name: the table's label where it is that row of the table in some form, else
 * the name, on one line and not too long.
 */
export function displayLabel(parametrization: Parametrization): string {
  const row = parametrizationsFor(parametrization.optimizer).get(parametrization.name);
  return row !== undefined && trainsAlike(row, parametrization)
    ? row.label
    : shownText(parametrization.name, LONGEST_LABEL);
}

function trainsAlike(left: Parametrization, right: Parametrization): boolean {
  const [ofLeft, ofRight] = [invariants(left), invariants(right)];
  return LAYER_ROLES.every(
    (role) => sameExponent(ofLeft[role].B, ofRight[role].B) && sameExponent(ofLeft[role].C, ofRight[role].C),
  );
}
