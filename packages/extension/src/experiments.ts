import type { ExperimentName } from '@widthwise/protocol';

interface Known {
  /** What the panel is called, and its command in the palette. */
  readonly title: string;
  readonly command: string;
  /** Where its settings stand, `widthwise.SECTION`. */
  readonly section: string;
}

/** How the editor calls each experiment. */
export const EXPERIMENTS: Readonly<Record<ExperimentName, Known>> = {
  compare: {
    title: 'Compare Parametrizations',
    command: 'widthwise.compare',
    section: 'compare',
  },
  check: {
    title: 'Convergence Check',
    command: 'widthwise.check',
    section: 'check',
  },
  'coord-check': {
    title: 'Coordinate Check',
    command: 'widthwise.coordCheck',
    section: 'coordCheck',
  },
  transfer: {
    title: 'Learning-Rate Transfer',
    command: 'widthwise.transfer',
    section: 'transfer',
  },
  limit: {
    title: 'Infinite-Width Limit',
    command: 'widthwise.limit',
    section: 'limit',
  },
};
