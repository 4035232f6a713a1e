import { literal, type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { OptimizerKnowledge } from '../knowledge/knowledge.ts';
import { argument, type CallSite, type OptimizerGroup } from './interpreter.ts';
import { quantityOf } from './numbers.ts';
import { optionsOf, type ParameterValue, type Value } from './value.ts';

/** Notes an optimizer with its groups: which parameters, which learning rate. */
export function buildOptimizer(
  qualified: string,
  knowledge: OptimizerKnowledge,
  { args, frame, span }: CallSite,
): void {
  const parameters = argument(args, { name: 'params', index: 0 });
  const lr = argument(args, knowledge.lr);
  const common = lr === undefined ? (args.open ? UNKNOWN_QUANTITY : literal(1)) : quantityOf(lr);
  const groups = parameters === undefined ? [] : groupsIn(parameters, common);
  frame.interpreter.trace.optimizers.push({ kind: knowledge.kind, qualified, span, groups });
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

function groupOf({ entries, open }: Extract<Value, { kind: 'dict' }>, common: Quantity): OptimizerGroup {
  const parameters = itemsOf(entries.get('params') ?? { kind: 'none' }).filter(
    (item) => item.kind === 'parameter',
  );
  const own = entries.get('lr');
  // a key such as lr_scale means what the code makes of it elsewhere
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
