import type { Library } from '../interpret/machine/library.ts';
import { apex } from './apex/apex.ts';
import { attentionKernels } from './attention/attention.ts';
import { cerebras } from './cerebras/cerebras.ts';
import { decorators } from './decorators/decorators.ts';
import { deepspeed } from './deepspeed/deepspeed.ts';
import { einops } from './einops/einops.ts';
import { fairscale } from './fairscale/fairscale.ts';
import { groupedProducts } from './grouped-products/grouped-products.ts';
import { mup } from './mup/mup.ts';
import { optimizers } from './optimizers/optimizers.ts';
import { progress } from './progress/progress.ts';
import { python } from './python/python.ts';
import { schedulers } from './schedulers/schedulers.ts';
import { settings } from './settings/settings.ts';
import { timm } from './timm/timm.ts';
import { tools } from './tools/tools.ts';
import { torch } from './torch/torch.ts';
import { transformers } from './transformers/transformers.ts';
import { wandb } from './wandb/wandb.ts';

/** Every library that the analysis reads. */
export const LIBRARIES: readonly Library[] = [
  mup,
  torch,
  python,
  transformers,
  timm,
  einops,
  attentionKernels,
  groupedProducts,
  fairscale,
  optimizers,
  schedulers,
  settings,
  apex,
  deepspeed,
  cerebras,
  decorators,
  wandb,
  progress,
  tools,
];
