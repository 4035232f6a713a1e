import { argument, everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { leaveLoaded } from '../../interpret/modules/loaded.ts';
import { type ModuleValue, namedParameters } from '../../interpret/modules/modules.ts';
import { optimizersIn, resume } from '../../interpret/modules/optimizer-state.ts';
import { havoc } from '../../interpret/modules/unread.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { areSameWrites } from '../../interpret/values/parameter-state.ts';
import { sameValue } from '../../interpret/values/same-value.ts';
import { type DictValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { ParameterValue } from '../../network/layer.ts';
import { buffersIn } from './buffers.ts';

/** What a state that comes from outside may be, as far as is known. */
const OUTSIDE: ReadonlySet<Value['kind']> = new Set(['unknown', 'opaque', 'reference', 'none']);

/**
 * Whether a state is of an earlier run, as far as is known: the code itself does not compute it. It may fill in what
 * the state of an older run lacks.
 */
export function isFromOutside(state: Value): boolean {
  const options = optionsOf(state);
  const loaded = options.filter(isLoaded);
  const isFilledIn = (key: string) => loaded.some(({ entries }) => !entries.has(key));
  return (
    options.every((option) => OUTSIDE.has(option.kind) || isLoaded(option) || isEmpty(option)) &&
    loaded.every(({ entries }) => [...entries.keys()].every(isFilledIn))
  );
}

/** Whether a state is the module's own, or a copy of it, as one is kept of its best round: it starts as it did. */
export function isOwnState(state: Value, module: ModuleValue, { frame }: CallSite): boolean {
  const states = optionsOf(state).filter(({ kind }) => kind !== 'none');
  if (states.length === 0 || !states.every(({ kind }) => kind === 'dict')) return false;
  const { parameters } = frame.heap;
  const startsAs = (parameter: ParameterValue) => (kept: Value) =>
    kept.kind === 'parameter' &&
    kept.inState === true &&
    areSameWrites(parameters.initOf(kept), parameters.initOf(parameter));
  const isIn = (state: DictValue, path: string, isOwn: (kept: Value) => boolean) =>
    optionsOf(state.entries.get(path) ?? UNKNOWN).every(isOwn);
  return states.every(
    (one) =>
      one.kind === 'dict' &&
      namedParameters(module, frame).every(({ path, parameter }) => isIn(one, path, startsAs(parameter))) &&
      buffersIn(module, frame).every(({ path, value }) => isIn(one, path, (kept) => sameValue(kept, value))),
  );
}

function isLoaded(option: Value): option is DictValue {
  return option.kind === 'dict' && option.isLoaded === true;
}

/** As where none has been put in yet. */
function isEmpty(option: Value): boolean {
  return option.kind === 'dict' && option.entries.size === 0 && !option.open;
}

const OF_STATE = /^torch\.distributed\.checkpoint\.state_dict\.(?:_init_optim_state|(set|get)_(\w+))$/;

/** `set_model_state_dict(model, state)` and its like: the states of what is spread over devices. */
export function shardedState(qualified: string, site: CallSite): Value | undefined {
  const [all, does, what = ''] = OF_STATE.exec(qualified) ?? [];
  if (all === undefined || does !== 'set') return all === undefined ? undefined : UNKNOWN;
  const { args, frame } = site;
  for (const build of everyArgument(args).flatMap(optimizersIn)) resume(build, frame);
  if (!what.includes('optim')) setWeights(what, site);
  return UNKNOWN;
}

function setWeights(what: string, site: CallSite): void {
  const { args, frame } = site;
  const model = argument(args, { name: 'model', index: 0 }) ?? UNKNOWN;
  const second = what === 'model_state_dict' ? args.positional[1] : undefined;
  const state = args.named.get('model_state_dict') ?? second ?? UNKNOWN;
  for (const one of optionsOf(model)) {
    if (one.kind !== 'object' && one.kind !== 'layer') continue;
    if (isFromOutside(state)) leaveLoaded(one, site);
    else havoc(one, frame);
  }
}
