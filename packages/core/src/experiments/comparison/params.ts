import type { Fields } from '../params/field.ts';
import { RUN_FIELDS, type RunParams, TWIN_FIELDS, type TwinParams } from '../params/run-params.ts';

/** What `widthwise compare` is asked with. */
export interface ComparisonParams extends RunParams, TwinParams {
  readonly parametrizations: readonly string[];
}

const { data, dataSeed, widths, ...network } = RUN_FIELDS;

/** Without a word it is the demo. */
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
  // 1 is the poster's table.
  baseWidth: { ...network.baseWidth, default: 1, otherwise: '1' },
};
