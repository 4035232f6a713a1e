import { literal, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { argument, type CallSite, everyArgument, positional } from '../../interpret/interpreter.ts';
import { quantityOf } from '../../interpret/numbers.ts';
import type { OptimizerValue } from '../../interpret/parameter-groups.ts';
import { type DictValue, optionsOf, UNKNOWN, type Value } from '../../interpret/value.ts';
import type { ParameterValue } from '../../network/layer.ts';
import type { OptimizerBuild, OptimizerGroup } from '../../network/optimizer.ts';
import type { OptimizerKnowledge } from './tables.ts';

/** Notes an optimizer with its groups: which parameters, which learning rate. */
export function buildOptimizer(
  qualified: string,
  knowledge: OptimizerKnowledge,
  { args, frame, span }: CallSite,
): Value {
  const parameters = argument(args, { name: 'params', index: 0 });
  const given = argument(args, knowledge.lr);
  const lr = given === undefined ? (args.open ? UNKNOWN_QUANTITY : literal(1)) : quantityOf(given);
  const groups = parameters === undefined ? [] : groupsIn(parameters, lr);
  const build: OptimizerBuild = {
    kind: knowledge.kind,
    qualified,
    span,
    lr,
    groups: [...groups],
    rewrites: [],
    factors: [],
  };
  frame.interpreter.trace.optimizers.push(build);
  return { kind: 'optimizer', build };
}

/** A scheduler multiplies what the optimizer has, unless it is given rates of its own. */
export function buildScheduler({ args, frame, span }: CallSite): Value {
  const [first = UNKNOWN, ...rest] = everyArgument(args);
  const rates = [args.named.get('max_lr'), args.named.get('base_lr')].filter((rate) => rate !== undefined);
  const step: Value = {
    kind: 'opaque',
    symbol: frame.interpreter.symbols.of(null, 'step', span.start),
    fallback: null,
  };
  const factors = rest.flatMap(optionsOf).filter(({ kind }) => kind === 'function');
  for (const option of optionsOf(first)) {
    if (option.kind !== 'optimizer') continue;
    option.build.rewrites.push(...rates.map(quantityOf));
    for (const factor of factors) {
      option.build.factors.push(quantityOf(frame.call(factor, positional(step), span)));
    }
  }
  return UNKNOWN;
}

/** `optimizer.name(…)` and `group.name(…)`. */
export function optimizerMethod({ build }: OptimizerValue, name: string, { args }: CallSite): Value {
  const [first = UNKNOWN] = everyArgument(args);
  if (name === 'add_param_group' && first.kind === 'dict') build.groups.push(groupOf(first, build.lr));
  else if (name === 'add_param_group' || name === 'update') build.rewrites.push(UNKNOWN_QUANTITY);
  return UNKNOWN;
}

function groupsIn(value: Value, common: Quantity): readonly OptimizerGroup[] {
  const loose: ParameterValue[] = [];
  const groups: OptimizerGroup[] = [];
  for (const item of itemsOf(value)) {
    if (item.kind === 'parameter') loose.push(item);
    else if (item.kind === 'dict') groups.push(groupOf(item, common));
  }
  return loose.length === 0 ? groups : [...groups, { parameters: loose, lr: common }];
}

function groupOf({ entries, open }: DictValue, common: Quantity): OptimizerGroup {
  const parameters = itemsOf(entries.get('params') ?? { kind: 'none' }).filter(
    (item) => item.kind === 'parameter',
  );
  const own = entries.get('lr');
  // A key such as lr_scale means what the code makes of it elsewhere.
  const hidden =
    open || [...entries.keys()].some((key) => key !== 'lr' && /(?:^|_)lr(?:_|$)|rate/i.test(key));
  if (hidden) return { parameters, lr: UNKNOWN_QUANTITY };
  return { parameters, lr: own === undefined ? common : quantityOf(own) };
}

function itemsOf(value: Value): readonly Value[] {
  return optionsOf(value).flatMap((option) =>
    option.kind === 'list' ? option.items.flatMap(itemsOf) : [option],
  );
}
