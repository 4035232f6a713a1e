import type { AbcExponents, Parametrization } from './parametrization.ts';

/** One way of writing a parametrization; all forms of one parametrization train identically. */
export interface ParametrizationForm extends Parametrization {
  readonly source: string;
}

const abc = (a: number, b: number, c: number): AbcExponents => ({ a, b, c });

/** μP for SGD as its papers print it. */
export const MUP_FORMS: readonly ParametrizationForm[] = [
  {
    name: 'mup-table-3',
    source: 'Yang et al. 2022 (Tensor Programs V), Table 3, and the poster of Chen et al. 2025',
    optimizer: 'sgd',
    input: abc(0, 0, -1),
    hidden: abc(0, 1 / 2, 0),
    output: abc(0, 1, 1),
  },
  {
    name: 'mup-table-8',
    source: 'Yang et al. 2022 (Tensor Programs V), Table 8: the form of the mup package',
    optimizer: 'sgd',
    input: abc(0, 0, -1),
    hidden: abc(0, 1 / 2, 0),
    output: abc(1, 0, -1),
  },
  {
    name: 'mup-table-9',
    source:
      'Yang et al. 2022 (Tensor Programs V), Table 9, and Yang & Hu 2021: one learning rate for all weights',
    optimizer: 'sgd',
    input: abc(-1 / 2, 1 / 2, 0),
    hidden: abc(0, 1 / 2, 0),
    output: abc(1 / 2, 1 / 2, 0),
  },
];

/** IP for SGD as its papers print it. */
export const IP_FORMS: readonly ParametrizationForm[] = [
  {
    name: 'ip-poster',
    source: 'Chen et al. 2025, table of parametrizations, column IP',
    optimizer: 'sgd',
    input: abc(0, 0, -1),
    hidden: abc(0, 1, 0),
    output: abc(0, 1, 1),
  },
  {
    name: 'ip-naive',
    source: 'Hajjar, Chizat & Giraud 2021, naive IP: unit initialization and 1/n multipliers',
    optimizer: 'sgd',
    input: abc(0, 0, -1),
    hidden: abc(1, 0, -2),
    output: abc(1, 0, -1),
  },
];
