import type { Library } from '../../interpret/machine/library.ts';
import { TIMM_SCHEDULERS } from '../schedulers/schedulers.ts';
import { GROUPS } from './groups.ts';
import { HEADS, POOLS } from './heads.ts';
import { LAYERS, MANIPULATE } from './layers.ts';
import {
  ACTIVATIONS_BY_NAME,
  NORMS,
  NORMS_BY_NAME,
  NORMS_WITH_ACTIVATIONS,
  NORMS_WITH_ACTIVATIONS_BY_NAME,
} from './named-layers.ts';

const MODULES: ReadonlyMap<string, string> = new Map([
  ['timm.layers', LAYERS],
  ['timm.models.layers', LAYERS],
  ['timm.layers.adaptive_avgmax_pool', POOLS],
  ['timm.layers.classifier', HEADS],
  ['timm.layers.norm', NORMS],
  ['timm.layers.norm_act', NORMS_WITH_ACTIVATIONS],
  ['timm.layers.create_act', ACTIVATIONS_BY_NAME],
  ['timm.layers.create_norm', NORMS_BY_NAME],
  ['timm.layers.create_norm_act', NORMS_WITH_ACTIVATIONS_BY_NAME],
  [
    'timm.models.vision_transformer',
    'from timm.layers import Attention, Block, LayerScale, Mlp, PatchEmbed\n',
  ],
  ['timm.models._manipulate', MANIPULATE],
  ['timm.optim', GROUPS],
  ['timm.scheduler', TIMM_SCHEDULERS],
  ['timm.scheduler.cosine_lr', TIMM_SCHEDULERS],
  ['timm.scheduler.step_lr', TIMM_SCHEDULERS],
  ['timm.scheduler.scheduler', TIMM_SCHEDULERS],
  ['timm.scheduler.scheduler_factory', TIMM_SCHEDULERS],
  ['timm.optim.optim_factory', GROUPS],
]);

/** timm's layers, of which other models are made, too, and its groups for optimizers. */
export const timm: Library = {
  roots: ['timm'],
  described: MODULES,
  // Pre-trained weights, data and what registers models have no part in what a model is.
  covers: (qualified) =>
    /^timm\.(?:data|utils|models\._(?:builder|registry|hub|pretrained))\b/.test(qualified),
};
