import { DEFAULT_RATES } from '../default-rates.ts';
import type { Fields } from '../params/field.ts';
import { RUN_FIELDS, type RunParams, TWIN_FIELDS, type TwinParams } from '../params/run-params.ts';

/** What `widthwise compare` is asked with. */
export interface ComparisonParams extends RunParams, TwinParams {
  readonly parametrizations: readonly string[];
}

const { data, dataSeed, widths, ...network } = RUN_FIELDS;

/** Without a word all start as one network at the smallest width, at one rate that suits it: a fair comparison. */
export const COMPARISON_FIELDS: Fields<ComparisonParams> = {
  ...TWIN_FIELDS,
  data,
  dataSeed,
  widths,
  parametrizations: {
    kind: 'texts',
    flag: 'parametrizations',
    value: 'P,P,…',
    default: ['sp-constant', 'sp', 'ntp', 'ip', 'mup'],
    says: 'what to compare: `sp-constant`, `sp`, `ntp`, `ip`, `mup`, or `abc:FILE.json` with your own exponents',
    setting: true,
    names: 'parametrization',
  },
  ...network,
  learningRate: {
    ...network.learningRate,
    default: null,
    otherwise: `${DEFAULT_RATES.sgd}; with momentum ${DEFAULT_RATES.momentum}, with Adam ${DEFAULT_RATES.adam}; of gradients summed over samples that by their number`,
    says: 'learning rate η, the same for every parametrization; at the base width n₀ every rate is η/n₀',
  },
};
