import type { LayerFamily } from '../network/layer.ts';
import { addForwardHook } from './forward-hooks.ts';
import { type CallSite, everyArgument, type Frame } from './interpreter.ts';
import { constructLayer } from './layers.ts';
import { type ModuleValue, namedParameters } from './modules.ts';
import { leaveUnread, optimizersIn } from './optimizer-state.ts';
import { unreadInit } from './parameter-state.ts';
import { unknownFrom } from './swallowed.ts';
import { opaqueResult, unreadFunction } from './tensors.ts';
import { optionsOf, UNKNOWN, type Value } from './value.ts';

/** A call that leaves the file; in a model a class is a part, of this family. */
export function unreadCall(qualified: string, site: CallSite, family: LayerFamily = 'other'): Value {
  handOver(qualified, site);
  if (changesModels(qualified, site)) mayScale(qualified, site);
  const isPart = site.frame.building && isClassName(lastName(qualified));
  if (isPart) return constructLayer(qualified, { family }, site);
  const values = everyArgument(site.args);
  if (!qualified.startsWith('torch.')) return madeUnread(qualified, values, site);
  const made = unreadFunction(lastName(qualified), values, site);
  return made === UNKNOWN ? unknownFrom(values, site.frame.interpreter) : made;
}

/**
 * What a function that is not read may do to what it is handed. A layer or parameter may come back with other initial
 * values, and so may a whole model, unless the function is known to use or keep it.
 */
export function handOver(to: string, site: CallSite): void {
  if (mayInitialize(to, site)) havocArguments(site);
  if (!LEAVES_RATES.test(lastName(to))) leaveRatesUnread(to, site);
}

/** The same of a method of something that is not read, which may change what a model gives as well. */
export function handOverTo(method: string, site: CallSite): void {
  handOver(method, site);
  if (changesModels(method, site)) mayScale(method, site);
}

/** Whether a whole model may become another one by a call. */
function changesModels(qualified: string, { args, frame }: CallSite): boolean {
  return !frame.building && !args.named.has('lr') && !frame.interpreter.libraries.leavesModel(qualified);
}

/** What functions are called that set where a model starts, and leave what it makes of that. */
const INITIALIZES = /init|reset|load|pretrain|weight/i;

/** What is handed a model may multiply what the model gives. */
function mayScale(what: string, { args, frame, span }: CallSite): void {
  if (INITIALIZES.test(lastName(what))) return;
  for (const value of everyArgument(args).flatMap(partsIn)) {
    const id = value.kind === 'layer' ? value.layer.id : value.id;
    addForwardHook({ id, run: UNKNOWN, span }, frame.heap);
  }
}

/** The modules in what a call is given, or in a list of it. */
function partsIn(value: Value): readonly ModuleValue[] {
  return optionsOf(value).flatMap((one) => {
    if (one.kind === 'list') return one.items.flatMap(partsIn);
    return one.kind === 'object' || one.kind === 'layer' ? [one] : [];
  });
}

/** What saves an optimizer, wraps it or lets it take a step. */
const LEAVES_RATES = new RegExp(
  '^(?:append|add(?!_param_group).*|extend|insert|setdefault|index|log.*|info|debug|warning|print.*|save.*|' +
    'prepare(?:_optimizer)?|setup(?:_optimizers)?|step|unscale_|zero_grad|toggle_optimizer|untoggle_optimizer|backward|' +
    'state_dict|get_.*state_dict|manual_backward|clip_.*|isinstance|type|id)$',
);

/** Whatever is handed an optimizer may change its rates. */
function leaveRatesUnread(what: string, { args, frame, span }: CallSite): void {
  for (const build of everyArgument(args).flatMap(optimizersIn)) leaveUnread(build, { what, span }, frame);
}

/** A call of something that is not known may initialize all that it is handed, if it makes no optimizer. */
export function notFollowed(what: string, site: CallSite, callee: Value = UNKNOWN): Value {
  if (!site.args.named.has('lr')) havocArguments(site);
  if (changesModels(what, site)) mayScale(what, site);
  leaveRatesUnread(what, site);
  const values = everyArgument(site.args);
  return madeUnread(what, [...values, callee], site);
}

/** What code that is not read makes of what it is given: a tensor, if it was given any, or something unknown. */
function madeUnread(what: string, values: readonly Value[], site: CallSite): Value {
  const { interpreter } = site.frame;
  const made = opaqueResult(what, values, site);
  if (made.kind === 'tensor') interpreter.trace.unread.add(made.tensor);
  return made === UNKNOWN ? unknownFrom(values, interpreter) : made;
}

function havocArguments({ args, frame }: CallSite): void {
  for (const value of everyArgument(args).flatMap(optionsOf)) havoc(value, frame);
}

/** Methods that collect what they are handed, or write it down. */
const ONLY_COLLECTS =
  /^(?:append|add(?:_\w+)?|extend|insert|setdefault|index|count|remove|discard|log\w*|info|debug|warning|save\w*)$/;

function mayInitialize(qualified: string, site: CallSite): boolean {
  const { args, frame } = site;
  const name = lastName(qualified);
  if (ONLY_COLLECTS.test(name) || args.named.has('lr')) return false;
  if (frame.building) return true;
  const isHolder = isClassName(name) && !INITIALIZES.test(name);
  if (!isHolder && changesModels(qualified, site)) return true;
  return everyArgument(args)
    .flatMap(optionsOf)
    .some((value) => isPart(value) || (isListOfParts(value) && !isClassName(name)));
}

function lastName(qualified: string): string {
  return qualified.slice(qualified.lastIndexOf('.') + 1);
}

/** By convention. */
function isClassName(name: string): boolean {
  return /^[A-Z]/.test(name);
}

/** A layer or parameter, or a function that may be called on one. */
function isPart({ kind }: Value): boolean {
  return kind === 'layer' || kind === 'parameter' || kind === 'function' || kind === 'partial';
}

function isListOfParts(value: Value): boolean {
  return (
    value.kind === 'list' &&
    value.items.flatMap(optionsOf).some((item) => isPart(item) || isListOfParts(item))
  );
}

/** Whether nothing is known of a value, which may be a module. */
export function isUnread(value: Value): boolean {
  return value.kind === 'unknown' || (value.kind === 'opaque' && value.fallback === null);
}

/** Leaves the parameters in a value unknown. */
export function havoc(value: Value, frame: Frame): void {
  if (value.kind === 'parameter') {
    frame.heap.write(value, unreadInit(value.layer.span), 'strong');
  } else if (value.kind === 'list') {
    for (const item of value.items.flatMap(optionsOf)) havoc(item, frame);
  } else if (value.kind === 'layer' || value.kind === 'object') {
    for (const { parameter } of namedParameters(value, frame)) {
      frame.heap.write(parameter, unreadInit(parameter.layer.span), 'strong');
    }
  }
}
