import type { Fields } from '../params/field.ts';
import { RUN_FIELDS, type RunParams, TWIN_FIELDS, type TwinParams } from '../params/run-params.ts';

/** What `widthwise check` is asked with. */
export interface ConvergenceCheckParams extends RunParams, TwinParams {
  readonly parametrization: string;
  /** ε, a share of the loss at step 0. */
  readonly tolerance: number;
}

const { data, dataSeed, widths, ...network } = RUN_FIELDS;

export const CONVERGENCE_CHECK_FIELDS: Fields<ConvergenceCheckParams> = {
  ...TWIN_FIELDS,
  parametrization: {
    kind: 'text',
    flag: 'parametrization',
    value: 'P',
    default: 'mup',
    says: 'what to train: `sp-constant`, `sp`, `ntp`, `ip`, `mup`, or `abc:FILE.json` with your own exponents',
    setting: true,
    names: 'parametrization',
  },
  data: { ...data, default: 'digits:16', otherwise: '`digits:16`, 16 samples' },
  dataSeed,
  widths: {
    ...widths,
    default: [128, 256, 512],
    fewest: 1,
    fewestSays: 'it takes a width',
    says: 'widths of the hidden layers; what is kept as width grows takes three',
  },
  ...network,
  steps: { ...network.steps, default: 100 },
  learningRate: {
    ...network.learningRate,
    default: 4,
    says: 'learning rate η; at the base width n₀ every rate is η/n₀',
  },
  seeds: { ...network.seeds, default: 3 },
  tolerance: {
    kind: 'positive',
    flag: 'tolerance',
    value: 'ε',
    default: 0.01,
    says: 'loss gap that counts as none, a share of the loss at step 0',
    setting: true,
  },
};
