import type { Library } from '../../interpret/machine/library.ts';
import { optimizers } from '../optimizers/optimizers.ts';

/**
 * Of `deepspeed`: the model as it is, in an engine that takes its steps. The optimizer is the one it is given, or the one
 * that the configuration names, whose scheduler gives all groups one rate; one of a file may name a scheduler.
 */
const DEEPSPEED = `
from torch import optim
from torch.nn import DataParallel

OPTIMIZERS = {'Adam': optim.AdamW, 'AdamW': optim.AdamW, 'SGD': optim.SGD}

def initialize(args=None, model=None, optimizer=None, model_parameters=None, training_data=None, lr_scheduler=None,
               distributed_port=29500, mpu=None, dist_init_required=None, collate_fn=None, config=None,
               mesh_param=None, config_params=None):
    settings = config if config is not None else config_params
    if optimizer is None:
        parameters = model.parameters() if model_parameters is None else model_parameters
        named = settings['optimizer']
        optimizer = OPTIMIZERS[named['type']](parameters, **{'weight_decay': 0.0, **named['params']})
    if lr_scheduler is None and (not isinstance(settings, dict) or 'scheduler' in settings):
        for group in optimizer.param_groups:
            group['lr'] = 1e-3 if _is_scheduled() else group['lr']
    return DataParallel(model), optimizer, training_data, lr_scheduler
`;

/** DeepSpeed: what it makes of a model is read in Python, its optimizers with those of other packages. */
export const deepspeed: Library = {
  ...optimizers,
  roots: ['deepspeed'],
  described: new Map([['deepspeed', DEEPSPEED]]),
  covers: (qualified) => qualified.startsWith('deepspeed.') && qualified !== 'deepspeed.initialize',
};
