import type { ExperimentName } from '@widthwise/protocol';
import type { Panel } from '../app/panel.ts';
import { comparisonPanel } from './comparison/panel.tsx';
import { convergenceCheckPanel } from './convergence-check/panel.tsx';
import { coordinateCheckPanel } from './coordinate-check/panel.tsx';
import { limitPanel } from './limit/panel.tsx';
import { transferPanel } from './transfer/panel.tsx';

/** The panel of every experiment, by its command. */
export const PANELS: { readonly [Name in ExperimentName]: Panel<Name> } = {
  compare: comparisonPanel,
  check: convergenceCheckPanel,
  'coord-check': coordinateCheckPanel,
  transfer: transferPanel,
  limit: limitPanel,
};
