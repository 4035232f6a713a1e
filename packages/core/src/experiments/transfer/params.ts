import type { Fields } from '../params/field.ts';
import { RUN_FIELDS, TWIN_FIELDS, type TwinParams, type UnprobedParams } from '../params/run-params.ts';

/** What `widthwise transfer` is asked with. */
export interface TransferParams extends UnprobedParams, TwinParams {
  readonly parametrizations: readonly string[];
  readonly objective: Objective;
}

/** What the best rate makes least: the mean of the losses after steps 1 … T, or the last of them. */
export type Objective = 'mean' | 'final';

const { data, dataSeed, widths, probe: _, ...network } = RUN_FIELDS;

export const TRANSFER_FIELDS: Fields<TransferParams> = {
  ...TWIN_FIELDS,
  data,
  dataSeed,
  widths: {
    ...widths,
    default: [32, 64, 128, 256],
    says: 'widths of the hidden layers; a verdict needs three, and the rate is tuned at the smallest',
  },
  parametrizations: {
    kind: 'texts',
    flag: 'parametrizations',
    value: 'P,P,…',
    default: ['sp-constant', 'mup'],
    says: 'what to tune: `sp-constant`, `sp`, `ntp`, `ip`, `mup`, or `abc:FILE.json` with your own exponents',
    setting: true,
    names: 'parametrization',
  },
  ...network,
  steps: { ...network.steps, default: 20 },
  learningRate: {
    ...network.learningRate,
    default: 8,
    says: 'learning rate η from which the search starts; at the base width n₀ every rate is η/n₀',
  },
  seeds: { ...network.seeds, default: 4 },
  objective: {
    kind: 'choice',
    of: ['mean', 'final'],
    flag: 'objective',
    value: 'NAME',
    default: 'mean',
    says: 'what the best rate makes least: the `mean` of the losses after every step, or the `final` one, which has several minima where training oscillates',
    setting: true,
  },
};
