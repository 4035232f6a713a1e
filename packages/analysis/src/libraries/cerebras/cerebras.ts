import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { buildOptimizer } from '../torch/optimizers.ts';
import { buildScheduler } from '../torch/schedulers.ts';
import type { OptimizerKnowledge } from '../torch/tables.ts';

/** By either of the names that releases have had. */
const PACKAGES = ['cerebras.pytorch', 'cerebras_pytorch'];

const LR = { name: 'lr', index: 1 };
const DECAY = { name: 'weight_decay', index: 4, leftOut: '0' };

const OPTIMIZERS: ReadonlyMap<string, OptimizerKnowledge> = new Map(
  PACKAGES.flatMap((name): readonly (readonly [string, OptimizerKnowledge])[] => [
    [`${name}.optim.Adam`, { update: { kind: 'adam' }, lr: LR }],
    [`${name}.optim.AdamW`, { update: { kind: 'adam' }, lr: LR, coupledDecay: DECAY }],
    [`${name}.optim.SGD`, { update: { kind: 'sgd' }, lr: LR }],
  ]),
);

const NAME = /^cerebras[._]pytorch\.(.*)$/;
const SCHEDULER = /^optim\.lr_scheduler\.(\w+)$/;

/** Those that put others one after the other. */
const OF_SCHEDULERS: ReadonlySet<string> = new Set(['SequentialLR', 'ChainedScheduler']);

/** The rates between which a scheduler goes, whatever groups have. */
const RATES: readonly (readonly [string, string])[] = [
  ['initial_learning_rate', 'base_lr'],
  ['end_learning_rate', 'max_lr'],
];

/** What hands a model or a function on as it is. */
const AS_GIVEN: ReadonlySet<string> = new Set(['compile', 'trace', 'step_closure', 'checkpoint_closure']);

/** Cerebras' PyTorch: its optimizers, its schedulers, and what compiles a model for its machines. */
export const cerebras: Library = {
  roots: ['cerebras', 'cerebras_pytorch'],
  optimizers: [...OPTIMIZERS.keys()],
  covers: (qualified) => NAME.test(qualified),
  call(qualified, site) {
    const optimizer = OPTIMIZERS.get(qualified);
    if (optimizer !== undefined) return buildOptimizer(qualified, optimizer, site);
    const [, name = ''] = NAME.exec(qualified) ?? [];
    if (AS_GIVEN.has(name)) return site.args.positional[0] ?? UNKNOWN;
    const [, scheduler] = SCHEDULER.exec(name) ?? [];
    return scheduler === undefined ? undefined : scheduled(scheduler, site);
  },
};

function scheduled(name: string, site: CallSite): Value | undefined {
  if (OF_SCHEDULERS.has(name)) return UNKNOWN;
  const { args } = site;
  const rates = RATES.flatMap(([given, known], at) => {
    const rate = argument(args, { name: given, index: at + 1 });
    return rate === undefined ? [] : [[known, rate] as const];
  });
  if (rates.length < RATES.length) return undefined;
  const between = { ...args, positional: args.positional.slice(0, 1), named: new Map(rates) };
  return buildScheduler('torch.optim.lr_scheduler.CyclicLR', { ...site, args: between });
}
