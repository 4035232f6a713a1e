import type { Fields } from '../params/field.ts';
import { RUN_FIELDS, type UnprobedParams } from '../params/run-params.ts';

/** What `widthwise limit` is asked with. */
export interface LimitParams extends UnprobedParams {
  readonly parametrization: string;
}

const { data, dataSeed, widths, probe: _, ...network } = RUN_FIELDS;

export const LIMIT_FIELDS: Fields<LimitParams> = {
  parametrization: {
    kind: 'text',
    flag: 'parametrization',
    value: 'P',
    default: 'mup',
    says: 'what to train: `mup` and other forms of it have a limit in closed equations; `sp`, `ntp` or `abc:FILE.json` are extrapolated',
    setting: true,
    names: 'parametrization',
  },
  data: { ...data, default: 'digits:8', otherwise: '`digits:8`, 8 samples' },
  dataSeed,
  widths: {
    ...widths,
    default: [64, 128, 256, 512],
    says: 'widths of the networks beside the limit; an extrapolation takes three',
  },
  ...network,
  depth: { ...network.depth, default: 1 },
  seeds: { ...network.seeds, default: 20 },
  baseWidth: { ...network.baseWidth, default: 1, otherwise: '1' },
};
