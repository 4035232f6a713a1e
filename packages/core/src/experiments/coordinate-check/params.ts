import type { Fields } from '../params/field.ts';
import { RUN_FIELDS, type RunParams, TWIN_FIELDS, type TwinParams } from '../params/run-params.ts';

/** What `widthwise coord-check` is asked with. */
export interface CoordinateCheckParams extends RunParams, TwinParams {
  readonly parametrization: string;
}

const { data, dataSeed, widths, ...network } = RUN_FIELDS;

export const COORDINATE_CHECK_FIELDS: Fields<CoordinateCheckParams> = {
  ...TWIN_FIELDS,
  parametrization: {
    kind: 'text',
    flag: 'parametrization',
    value: 'P',
    default: 'mup',
    says: 'what to check: `sp-constant`, `sp`, `ntp`, `ip`, `mup`, or `abc:FILE.json` with your own exponents',
    setting: true,
    names: 'parametrization',
  },
  data,
  dataSeed,
  widths: {
    ...widths,
    default: [64, 128, 256, 512, 1024],
    says: 'widths of the hidden layers; a verdict needs three, better four that span a factor of 4',
  },
  ...network,
  steps: { ...network.steps, default: 3 },
  learningRate: {
    ...network.learningRate,
    says: 'learning rate η; rather larger than for training, so that updates show',
  },
  // At the smallest width instead the first outputs would be as large as SP's, and the error signal would fall with them.
  baseWidth: { ...network.baseWidth, default: 1, otherwise: '1' },
  probe: {
    ...network.probe,
    otherwise: 'all of them',
    says: 'training samples whose coordinates are measured',
  },
};
