import type { Library } from '../../interpret/machine/library.ts';

/** Of Hugging Face's `optimization`: all groups keep their ratios, between 0 and the rates that they began with. */
export const SCHEDULES = `
from torch.optim.lr_scheduler import CosineAnnealingLR, LambdaLR

def _same(step):
    return 1.0

def get_constant_schedule(optimizer, last_epoch=-1):
    return LambdaLR(optimizer, _same)

def get_constant_schedule_with_warmup(optimizer, num_warmup_steps, last_epoch=-1):
    return LambdaLR(optimizer, _same)

def get_linear_schedule_with_warmup(optimizer, num_warmup_steps, num_training_steps, last_epoch=-1):
    return LambdaLR(optimizer, _same)

def get_cosine_schedule_with_warmup(optimizer, num_warmup_steps, num_training_steps, num_cycles=0.5, last_epoch=-1):
    return LambdaLR(optimizer, _same)

def get_cosine_with_hard_restarts_schedule_with_warmup(optimizer, num_warmup_steps, num_training_steps, num_cycles=1,
                                                       last_epoch=-1):
    return LambdaLR(optimizer, _same)

def get_inverse_sqrt_schedule(optimizer, num_warmup_steps, timescale=None, last_epoch=-1):
    return LambdaLR(optimizer, _same)

def get_polynomial_decay_schedule_with_warmup(optimizer, num_warmup_steps, num_training_steps, lr_end=1e-7, power=1.0,
                                              last_epoch=-1):
    return CosineAnnealingLR(optimizer, num_training_steps, eta_min=lr_end)

def get_scheduler(name, optimizer, num_warmup_steps=None, num_training_steps=None, scheduler_specific_kwargs=None,
                  **kwargs):
    if scheduler_specific_kwargs is None:
        return LambdaLR(optimizer, _same)
    return CosineAnnealingLR(optimizer, num_training_steps, eta_min=scheduler_specific_kwargs.get('min_lr', 0.0))
`;

/** Of `timm.scheduler`: between the rates that groups began with, the one that a warm-up starts at and the least. */
export const TIMM_SCHEDULERS = `
from torch.optim.lr_scheduler import CosineAnnealingLR

class Scheduler:
    def __init__(self, optimizer, lr_min=0.0, warmup_lr_init=0.0):
        self.optimizer = optimizer
        CosineAnnealingLR(optimizer, 1, eta_min=lr_min)
        CosineAnnealingLR(optimizer, 1, eta_min=warmup_lr_init)

    def step(self, epoch, metric=None):
        pass

    def step_update(self, num_updates, metric=None):
        pass

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        pass

class CosineLRScheduler(Scheduler):
    def __init__(self, optimizer, t_initial, lr_min=0.0, cycle_mul=1.0, cycle_decay=1.0, cycle_limit=1, warmup_t=0,
                 warmup_lr_init=0, **kwargs):
        super().__init__(optimizer, lr_min, warmup_lr_init)

class TanhLRScheduler(Scheduler):
    def __init__(self, optimizer, t_initial, lb=-7.0, ub=3.0, lr_min=0.0, cycle_mul=1.0, cycle_decay=1.0, cycle_limit=1,
                 warmup_t=0, warmup_lr_init=0, **kwargs):
        super().__init__(optimizer, lr_min, warmup_lr_init)

class PolyLRScheduler(Scheduler):
    def __init__(self, optimizer, t_initial, power=0.5, lr_min=0.0, cycle_mul=1.0, cycle_decay=1.0, cycle_limit=1,
                 warmup_t=0, warmup_lr_init=0, **kwargs):
        super().__init__(optimizer, lr_min, warmup_lr_init)

class StepLRScheduler(Scheduler):
    def __init__(self, optimizer, decay_t, decay_rate=1.0, warmup_t=0, warmup_lr_init=0, **kwargs):
        super().__init__(optimizer, 0.0, warmup_lr_init)

class MultiStepLRScheduler(Scheduler):
    def __init__(self, optimizer, decay_t, decay_rate=1.0, warmup_t=0, warmup_lr_init=0, **kwargs):
        super().__init__(optimizer, 0.0, warmup_lr_init)

class PlateauLRScheduler(Scheduler):
    def __init__(self, optimizer, decay_rate=0.1, patience_t=10, threshold=1e-4, cooldown_t=0, warmup_t=0,
                 warmup_lr_init=0, lr_min=0, **kwargs):
        super().__init__(optimizer, lr_min, warmup_lr_init)

def create_scheduler_v2(optimizer, sched='cosine', num_epochs=300, min_lr=0, warmup_lr=1e-5, **kwargs):
    return Scheduler(optimizer, min_lr, warmup_lr), num_epochs

def create_scheduler(args, optimizer, updates_per_epoch=0):
    return Scheduler(optimizer, args.min_lr, args.warmup_lr), args.epochs
`;

/** Of `warmup_scheduler`: from the rate that groups have, up to a multiple of it, then as another scheduler goes on. */
const GRADUAL_WARMUP = `
from torch.optim.lr_scheduler import MultiplicativeLR

class GradualWarmupScheduler:
    def __init__(self, optimizer, multiplier, total_epoch, after_scheduler=None):
        self.optimizer = optimizer
        self.after_scheduler = after_scheduler
        MultiplicativeLR(optimizer, lambda step: multiplier)

    def step(self, epoch=None, metrics=None):
        pass

    def get_last_lr(self):
        return [group['lr'] for group in self.optimizer.param_groups]
`;

/** Of `cosine_annealing_warmup`: between two rates that it is given, whatever groups have. */
const WARMUP_RESTARTS = `
from torch.optim.lr_scheduler import CyclicLR

class CosineAnnealingWarmupRestarts:
    def __init__(self, optimizer, first_cycle_steps, cycle_mult=1.0, max_lr=0.1, min_lr=0.001, warmup_steps=0, gamma=1.0,
                 last_epoch=-1):
        self.optimizer = optimizer
        CyclicLR(optimizer, min_lr, max_lr)

    def step(self, epoch=None):
        pass
`;

/** Of Lightning's bolts: from one rate up to that of the groups, then down to another. */
const LINEAR_WARMUP = `
from torch.optim.lr_scheduler import CosineAnnealingLR

class LinearWarmupCosineAnnealingLR:
    def __init__(self, optimizer, warmup_epochs, max_epochs, warmup_start_lr=0.0, eta_min=0.0, last_epoch=-1):
        self.optimizer = optimizer
        CosineAnnealingLR(optimizer, max_epochs, eta_min=warmup_start_lr)
        CosineAnnealingLR(optimizer, max_epochs, eta_min=eta_min)

    def step(self, epoch=None):
        pass
`;

const MODULES: ReadonlyMap<string, string> = new Map([
  ['diffusers.optimization', SCHEDULES],
  ['warmup_scheduler', GRADUAL_WARMUP],
  ['warmup_scheduler.scheduler', GRADUAL_WARMUP],
  ['cosine_annealing_warmup', WARMUP_RESTARTS],
  ['pl_bolts.optimizers', LINEAR_WARMUP],
  ['pl_bolts.optimizers.lr_scheduler', LINEAR_WARMUP],
]);

/** What packages make of rates over time, by PyTorch's own schedulers that make the same of how they go with the width. */
export const schedulers: Library = {
  roots: [...new Set([...MODULES.keys()].map((name) => name.split('.')[0] ?? name))],
  described: MODULES,
};
