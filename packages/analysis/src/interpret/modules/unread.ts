import { freeSymbolsOf } from '../../growth/quantity.ts';
import type { InitWrite } from '../../network/init.ts';
import type { LayerFamily } from '../../network/layer.ts';
import { isData } from '../../network/tensor.ts';
import { everyArgument } from '../machine/given-arguments.ts';
import type { CallSite, Frame, Meanings } from '../machine/interpreter.ts';
import { producedFrom } from '../machine/produced-numbers.ts';
import { factorFrom, unknownFrom } from '../machine/swallowed.ts';
import { either, optionsOf } from '../values/either.ts';
import { inLists, someInLists } from '../values/in-lists.ts';
import { unreadInit } from '../values/parameter-state.ts';
import { number, UNKNOWN, type Value } from '../values/value.ts';
import { initializes, leavesRates, onlyCollects, setsStarts } from './foreign-names.ts';
import { noteRateWriter } from './foreign-rates.ts';
import { addForwardHook } from './forward-hooks.ts';
import { givenBack, modelGivenBack, modelSpread } from './given-back.ts';
import { handedOptimizers, leaveDefaultsUnread } from './handed-optimizers.ts';
import { constructLayer } from './layers.ts';
import { loadsKept } from './loaded.ts';
import { type ModuleValue, namedParameters } from './modules.ts';
import { leaveUnread } from './optimizer-state.ts';
import { opaqueResult, openToFeatures, unreadFunction, withNumbers } from './tensors.ts';
import {
  isClassName,
  isMadeOfParameters,
  lastName,
  makesOptimizer,
  unreadOptimizer,
} from './unread-optimizer.ts';

/** A call that leaves the file; in a model a class is a part, of this family. */
export function unreadCall(qualified: string, site: CallSite, family: LayerFamily = 'other'): Value {
  handOver(qualified, site);
  mayChange(qualified, site);
  const isPart = site.frame.building && isClassName(lastName(qualified));
  if (isPart) return constructLayer(qualified, { family }, site);
  const values = everyArgument(site.args);
  const name = lastName(qualified);
  const back = givenBack(name, site) ?? modelGivenBack(name, site) ?? modelSpread(qualified, site);
  if (back !== undefined) return back;
  const optimizer = unreadOptimizer(qualified, site);
  if (optimizer !== null) return optimizer;
  if (!qualified.startsWith('torch.')) return madeUnread(qualified, values, site);
  const made = unreadFunction(name, values, site);
  const mayRunParts = values.some((value) => someInLists(value, isFunction));
  return withProduced(mayRunParts ? openToFeatures(made, site.span) : made, values, site);
}

/**
 * What a function that is not read may do to what it is handed. A layer or parameter may come back with other initial
 * values, and so may a whole model, unless the function is known to use or keep it.
 */
export function handOver(to: string, site: CallSite): void {
  noteWriters(site);
  noteSettings(site);
  noteEmpty(site);
  notePatch(to, site);
  if (mayInitialize(to, site)) havocArguments(to, site);
  if (!leavesRates(lastName(to))) leaveRatesUnread(to, site);
}

const PATCHES = /(?:^|\.)(?:patch|setattr)(?:\.object)?$/;

/** `mock.patch.object(nn.init, 'normal_', other)`, `monkeypatch.setattr('torch.nn.init.normal_', other)`. */
function notePatch(to: string, { args, frame: { heap, interpreter }, span }: CallSite): void {
  const [owner = UNKNOWN, name, value = UNKNOWN] = args.positional;
  if (!PATCHES.test(to)) return;
  if (owner.kind === 'text') interpreter.patched.add(owner.text);
  if (name?.kind !== 'text') return;
  for (const one of optionsOf(owner)) {
    if (one.kind === 'reference') interpreter.patched.add(`${one.qualified}.${name.text}`);
    if (one.kind === 'class')
      interpreter.moduleOf(one.definition).written.add(`${one.definition.name}.${name.text}`);
    if (one.kind !== 'object') continue;
    const before = heap.attributes(one.id).get(name.text)?.value ?? UNKNOWN;
    heap.setAttribute(one.id, name.text, { value: either([before, value]), span });
  }
}

/** Whoever is handed a function that writes rates may call it. */
function noteWriters({ args, frame }: CallSite): void {
  for (const value of everyArgument(args).flatMap(optionsOf)) {
    const handed = value.kind === 'partial' ? value.callee : value;
    if (handed.kind === 'function' && handed.definition.kind === 'function')
      noteRateWriter(handed.definition, frame);
  }
}

/** What a call is given by name may be a setting of the model that it makes: `build('net', scale=1 / width)`. */
function noteSettings({ args, frame }: CallSite): void {
  if (frame.building) return;
  for (const [name, value] of args.named)
    if (isComputedOfNames(value)) frame.interpreter.givenUnread.add(name);
}

function noteEmpty({ args, frame: { interpreter } }: CallSite): void {
  for (const value of everyArgument(args))
    if (value.kind === 'list' && value.items.length === 0) interpreter.handedEmpty.add(value);
}

function isComputedOfNames(value: Value): boolean {
  if (value.kind === 'unknown') return value.from !== undefined && value.from.size > 0;
  if (value.kind !== 'number') return false;
  const { quantity } = value;
  return quantity.op !== 'symbol' && freeSymbolsOf(quantity).size > 0;
}

/** The same of a method of something that is not read, which may change what a model gives as well. */
export function handOverTo(method: string, site: CallSite): void {
  if (loadsKept(method, site)) return;
  handOver(method, site);
  mayChange(method, site);
}

/** What code that is not read may do to what a model gives that it is handed. */
function mayChange(what: string, site: CallSite): void {
  const left = leavesModel(what, site);
  if (left === null) mayScale(what, site);
  else if (left === 'by-name') mayScaleBy(site);
}

/** Whether a whole model stays what it is in a call. */
function leavesModel(qualified: string, { args, frame }: CallSite): ReturnType<Meanings['leavesModel']> {
  if (frame.building || args.named.has('lr')) return 'surely';
  return frame.interpreter.libraries.leavesModel(qualified);
}

/** What is handed a model may multiply what the model gives. */
function mayScale(what: string, { args, frame, span }: CallSite): void {
  if (initializes(lastName(what))) return;
  hookParts(UNKNOWN, { args, frame, span });
}

/** What uses a model and is given numbers beside it may multiply it by one of these, if that grows. */
function mayScaleBy({ args, frame, span }: CallSite): void {
  const factor = factorFrom(everyArgument(args));
  if (factor !== null) hookParts(number(factor), { args, frame, span });
}

function hookParts(run: Value, { args, frame, span }: CallSite): void {
  for (const value of everyArgument(args).flatMap(partsIn)) {
    const id = value.kind === 'layer' ? value.layer.id : value.id;
    addForwardHook({ id, run, span }, frame.heap, frame.interpreter.hookOrder);
    if (run === UNKNOWN) frame.interpreter.trace.unreadChanges.push(span);
  }
}

/** The modules in what a call is given, or in a list of it. */
function partsIn(value: Value): readonly ModuleValue[] {
  return inLists(value).filter((one): one is ModuleValue => one.kind === 'object' || one.kind === 'layer');
}

/** Whatever is handed an optimizer, or groups of it, may change its rates. */
function leaveRatesUnread(what: string, { args, frame, span }: CallSite): void {
  leaveDefaultsUnread(everyArgument(args), frame);
  for (const build of handedOptimizers(everyArgument(args), frame)) {
    leaveUnread(build, { what, span }, frame);
    frame.interpreter.trace.unreadChanges.push(span);
  }
}

/** A call of what PyTorch has under a name that the code has given something else; undefined for any other. */
export function replacedCall(qualified: string, site: CallSite): Value | undefined {
  const { frame } = site;
  if (!frame.interpreter.patched.has(qualified) || !qualified.startsWith('torch.')) return undefined;
  return frame.building && isClassName(lastName(qualified))
    ? unreadCall(qualified, site)
    : notFollowed(`${qualified} = …`, site);
}

/** A call of something that is not known may initialize all that it is handed, if it makes no optimizer. */
export function notFollowed(what: string, site: CallSite, callee: Value = UNKNOWN): Value {
  const values = [...everyArgument(site.args), callee];
  const made = openToFeatures(leftToUnread(what, site, values), site.span);
  const optimizer = isMadeOfParameters(site.args) ? unreadOptimizer(what, site) : null;
  return optimizer ?? withProduced(made, values, site);
}

/** A part of a model of which nothing is known, as its making is not followed. */
export function unreadPart(site: CallSite): Value {
  const part = constructLayer('', { family: 'other' }, site);
  site.frame.interpreter.trace.opaqueLayers.add(part.layer);
  return part;
}

/** The same of code whose result nobody has; answers what it makes of what it is given, and not of what that names. */
export function leftToUnread(
  what: string,
  site: CallSite,
  values: readonly Value[] = everyArgument(site.args),
): Value {
  noteWriters(site);
  noteSettings(site);
  noteEmpty(site);
  if (!makesOptimizer(site.args)) havocArguments(what, site);
  mayChange(what, site);
  leaveRatesUnread(what, site);
  return opaqueUnread(what, values, site);
}

/** What code that is not read makes of what it is given: a tensor, if it was given any, or something unknown. */
function madeUnread(what: string, values: readonly Value[], site: CallSite): Value {
  return withProduced(opaqueUnread(what, values, site), values, site);
}

function opaqueUnread(what: string, values: readonly Value[], site: CallSite): Value {
  const made = opaqueResult(what, values, site);
  if (made.kind !== 'tensor') return made;
  site.frame.interpreter.trace.unread.add(made.tensor);
  return values.some(mayHaveParts) ? openToFeatures(made, site.span) : made;
}

/** Whether a value may be a part of a model, or a function that calls one. */
function mayHaveParts(value: Value): boolean {
  return value.kind === 'unknown' || isFunction(value);
}

function isFunction({ kind }: Value): boolean {
  return kind === 'function' || kind === 'partial';
}

/** What is not known of what it is made of, or data: with the numbers that may be put into it. */
function withProduced(made: Value, values: readonly Value[], { frame, span }: CallSite): Value {
  if (made !== UNKNOWN && (made.kind !== 'tensor' || !isData(made.tensor))) return made;
  const produced = producedFrom(values, frame);
  if (made.kind !== 'tensor') return unknownFrom([...values, ...produced], frame.interpreter);
  return withNumbers(made, produced, span);
}

function havocArguments(to: string, { args, frame }: CallSite): void {
  const by: HandedTo = setsStarts(to) ? {} : { mayBeLeft: true };
  for (const value of everyArgument(args)) for (const one of inLists(value)) havoc(one, frame, by);
}

/** PyTorch's functions of tensors: what changes one of them ends in an underscore. */
const OF_TENSORS = /^torch\.(?:(?:nn\.functional|linalg|special|fft)\.)?[a-z]\w*(?<!_)$/;

function mayInitialize(qualified: string, site: CallSite): boolean {
  const { args, frame } = site;
  const name = lastName(qualified);
  if (OF_TENSORS.test(qualified) && !args.named.has('out') && !args.open && !args.named.has('inplace'))
    return false;
  if (onlyCollects(name) || makesOptimizer(args)) return false;
  if (frame.building) return true;
  if (isKernel(name, site)) return false;
  const isHolder = isClassName(name) && !initializes(name);
  if (!isHolder && leavesModel(qualified, site) === null) return true;
  return everyArgument(args)
    .flatMap(optionsOf)
    .some((value) => isPart(value) || (isListOfParts(value) && !isClassName(name)));
}

/** What a forward pass hands its weights, beside tensors: `kernels.linear(x, self.weight)`. */
function isKernel(name: string, { args, frame: { interpreter } }: CallSite): boolean {
  if (interpreter.passDepth === 0 || initializes(name) || name.endsWith('_')) return false;
  const given = everyArgument(args).flatMap(optionsOf);
  return (
    given.some(({ kind }) => kind === 'tensor' || kind === 'unknown') &&
    given.every((one) => one.kind === 'parameter' || !(isPart(one) || isListOfParts(one)))
  );
}

/** A layer or parameter, or a function that may be called on one. */
function isPart({ kind }: Value): boolean {
  return kind === 'layer' || kind === 'parameter' || kind === 'function' || kind === 'partial';
}

function isListOfParts(value: Value): boolean {
  return value.kind === 'list' && someInLists(value, isPart);
}

/** Whether nothing is known of a value, which may be a module. */
export function isUnread(value: Value): boolean {
  return value.kind === 'unknown' || (value.kind === 'opaque' && value.fallback === null);
}

type HandedTo = Pick<InitWrite, 'mayBeLeft'>;

/** Leaves the parameters in a value unknown. */
export function havoc(value: Value, frame: Frame, by: HandedTo = {}): void {
  if (value.kind === 'parameter') {
    frame.heap.parameters.write(value, { ...unreadInit(value.layer.span), ...by }, 'strong');
    frame.interpreter.trace.unreadChanges.push(value.layer.span);
  } else if (value.kind === 'list') {
    for (const item of inLists(value)) havoc(item, frame, by);
  } else if (value.kind === 'layer' || value.kind === 'object') {
    for (const { parameter } of namedParameters(value, frame)) {
      frame.heap.parameters.write(parameter, { ...unreadInit(parameter.layer.span), ...by }, 'strong');
      frame.interpreter.trace.unreadChanges.push(parameter.layer.span);
    }
  }
}
