import { exactValue, literal, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { argument, everyArgument, NO_ARGUMENTS } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { fieldOf } from '../../interpret/machine/names.ts';
import {
  addGroup,
  leaveUnread,
  noteStep,
  optimizersIn,
  resume,
  startOptimizer,
} from '../../interpret/modules/optimizer-state.ts';
import { isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import { NONE, number, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { CoupledDecay, OptimizerBuild, UpdateRule } from '../../network/optimizer.ts';
import { isFromOutside } from './loaded-state.ts';
import { loadGroups, optimizerState } from './optimizer-states.ts';
import type { OptimizerKnowledge } from './tables.ts';

export type OptimizerValue = Extract<Value, { kind: 'optimizer' }>;

/** An optimizer of the tables with its groups: which parameters, at which learning rate. */
export function buildOptimizer(qualified: string, knowledge: OptimizerKnowledge, site: CallSite): Value {
  const { args, frame, span } = site;
  const params = argument(args, { name: 'params', index: 0 }) ?? UNKNOWN;
  const own = [...args.named].filter(([name]) => name !== 'params');
  const { decay, coupledDecay } = decayOf(knowledge, site);
  const defaults = new Map([
    ...own,
    ['lr', defaultRate(knowledge, site)] as const,
    ...(decay === undefined ? [] : [['weight_decay', decay] as const]),
  ]);
  const update = updateOf(knowledge, site);
  const isMatrix =
    update === null
      ? knowledge.isMatrix === undefined
        ? false
        : knowledge.isMatrix
      : update.kind === 'muon';
  const isLeftOut = !args.open && argument(args, knowledge.lr) === undefined;
  const leftOutRate = (isLeftOut && knowledge.leftOut) || null;
  const id = frame.interpreter.newId();
  const build = { id, update, isMatrix, qualified, span, leftOutRate, coupledDecay };
  const optimizer = startOptimizer(build, { params, defaults }, frame);
  const eps = update?.kind === 'adam' ? args.named.get('eps') : undefined;
  if (eps !== undefined && isLargeEps(eps))
    leaveUnread(build, { what: 'an eps that is not small', span }, frame);
  return optimizer;
}

const SHARDED = /^torch\.distributed\.optim\.(?:zero_redundancy_optimizer\.)?ZeroRedundancyOptimizer$/;

/** What it takes for itself. */
const OF_SHARDS: ReadonlySet<string> = new Set([
  'optimizer_class',
  'process_group',
  'parameters_as_bucket_view',
  'overlap_with_ddp',
]);

/** `ZeroRedundancyOptimizer(params, optimizer_class=AdamW, lr=…)`: that optimizer, whose state is spread over processes. */
export function shardedOptimizer(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  if (!SHARDED.test(qualified)) return undefined;
  const made = argument(args, { name: 'optimizer_class', index: 1 });
  if (made === undefined) return undefined;
  const named = new Map([...args.named].filter(([name]) => !OF_SHARDS.has(name)));
  return frame.call(made, { ...args, positional: args.positional.slice(0, 1), named }, span);
}

/** The weight decay that a call is given, and how it goes by the rate. */
function decayOf(
  { coupledDecay }: OptimizerKnowledge,
  { args }: CallSite,
): { readonly decay?: Value | undefined; readonly coupledDecay: CoupledDecay | null } {
  if (coupledDecay === undefined) return { coupledDecay: null };
  const { index, leftOut } = coupledDecay;
  const decay = argument(args, coupledDecay);
  return { decay, coupledDecay: { index, leftOut: args.open || decay !== undefined ? null : leftOut } };
}

/** Entries of gradients may be smaller than this where the model is wide: then updates go with them, as under SGD. */
const SMALL_EPS = 1e-4;

function isLargeEps(eps: Value): boolean {
  const exact = isNumeric(eps) ? exactValue(quantityOf(eps)) : undefined;
  return exact !== undefined && Number(exact.numerator) >= SMALL_EPS * Number(exact.denominator);
}

/** The rate of groups that have none of their own; left out, it is the same at every width. */
export function defaultRate({ lr }: OptimizerKnowledge, { args, frame }: CallSite): Value {
  const given = argument(args, lr);
  if (given === undefined && args.settings !== undefined)
    return fieldOf(args.settings.symbol, lr.name, frame);
  return given ?? number(args.open ? UNKNOWN_QUANTITY : literal(1));
}

/** How it makes updates, where the call says so in an argument; null where that is not read. */
export function updateOf({ update, unless }: OptimizerKnowledge, { args }: CallSite): UpdateRule | null {
  if (unless !== undefined && (args.open || !isLeftAtZero(argument(args, unless), unless.isOn))) return null;
  if (update === null || 'kind' in update) return update;
  const given = args.named.get(update.by);
  if (given === undefined) return args.open ? null : (update.rules[''] ?? null);
  const key = given.kind === 'text' ? given.text : given.kind === 'none' ? '' : null;
  return (key !== null && Object.hasOwn(update.rules, key) ? update.rules[key] : null) ?? null;
}

/** Whether an argument is 0, or left out and then off. */
function isLeftAtZero(given: Value | undefined, isOn: true | undefined): boolean {
  if (given === undefined) return isOn !== true;
  return isNumeric(given) && exactValue(quantityOf(given))?.numerator === 0;
}

/** `optimizer.name(…)`. */
export function optimizerMethod({ build }: OptimizerValue, name: string, site: CallSite): Value | undefined {
  const { args, frame, span } = site;
  const [first = UNKNOWN] = everyArgument(args);
  switch (name) {
    case 'step':
      // optimizer.step(closure)
      if (first.kind === 'function') frame.call(first, NO_ARGUMENTS, span);
      noteStep(build, frame);
      return UNKNOWN;
    case 'add_param_group':
      addGroup(build, first, frame);
      return NONE;
    case 'load_state_dict':
      if (isFromOutside(first)) resume(build, frame);
      else if (!loadGroups(build, first, frame)) leaveUnread(build, { what: 'load_state_dict', span }, frame);
      return NONE;
    case 'state_dict':
      return optimizerState(build, frame);
    case 'zero_grad':
    case 'train':
    case 'eval':
      return UNKNOWN;
    default:
      return ownMethod(build, name, site);
  }
}

/** What a method of a class of the project does to its own groups is not read. */
function ownMethod(build: OptimizerBuild, name: string, { frame, span }: CallSite): Value | undefined {
  if (!frame.interpreter.baseOptimizers.has(build.id)) return undefined;
  leaveUnread(build, { what: name, span }, frame);
  return UNKNOWN;
}

/** `scaler.step(optimizer)`: whatever it is that lets the optimizer take its step. */
export function steppedBy(name: string, { args, frame }: CallSite): Value | undefined {
  const builds = name === 'step' ? everyArgument(args).flatMap(optimizersIn) : [];
  for (const build of builds) noteStep(build, frame);
  return builds.length === 0 ? undefined : UNKNOWN;
}
