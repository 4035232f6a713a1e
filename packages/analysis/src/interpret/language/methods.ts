import { freeSymbolsOf, type Quantity } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { isData } from '../../network/tensor.ts';
import {
  bind,
  findMethod,
  hasDecorator,
  inheritsUnread,
  isCallItself,
  isModuleClass,
  isProperty,
  protocolOf,
} from '../machine/classes.ts';
import { dictMethod } from '../machine/collections.ts';
import { type Arguments, everyArgument } from '../machine/given-arguments.ts';
import type { CallSite } from '../machine/interpreter.ts';
import { producedFrom } from '../machine/produced-numbers.ts';
import { settledText } from '../machine/settled-text.ts';
import { spelledOtherwise } from '../machine/spelled-settings.ts';
import { swallow, unknownFrom } from '../machine/swallowed.ts';
import { givesTyped, noteSwitch } from '../machine/switches.ts';
import { textMethod } from '../machine/text-values.ts';
import { noteCalledUnread } from '../machine/trace.ts';
import { givenBack, modelGivenBack } from '../modules/given-back.ts';
import { idOf, type ModuleValue } from '../modules/modules.ts';
import { leaveUnread } from '../modules/optimizer-state.ts';
import { baseMethod } from '../modules/own-layers.ts';
import { opaqueResult, openToFeatures, withNumbers } from '../modules/tensors.ts';
import { handOverTo, havoc, isUnread } from '../modules/unread.ts';
import { either, optionsOf } from '../values/either.ts';
import { isMade } from '../values/numbers.ts';
import { madeOfPaths } from '../values/part-paths.ts';
import { NONE, type OpaqueValue, UNKNOWN, type UnknownValue, type Value } from '../values/value.ts';
import { askedSetting } from './asked-settings.ts';
import { setAttribute } from './assign.ts';
import { attributeOf } from './attributes.ts';
import { itemOf } from './items.ts';

/** What `receiver.name(…)` gives. */
export function callMethod(receiver: Value, name: string, site: CallSite): Value {
  const { args, frame } = site;
  switch (receiver.kind) {
    case 'reference':
    case 'class':
      return frame.call(attributeOf(receiver, name, frame), site.args, site.span);
    case 'object':
    case 'layer':
      return moduleCall(receiver, name, site);
    case 'parent':
      return parentCall(receiver, name, site);
    case 'text':
      return madeOfPaths(textMethod(receiver.text, name, args, site.span.start), [
        receiver,
        ...args.positional,
        ...args.named.values(),
      ]);
    case 'dict':
      return dictMethod(receiver, name, args);
    case 'opaque':
      return (
        partsOfName(receiver, name, site) ??
        ofConfiguration(receiver, name, site) ??
        askedSetting(receiver, name, site) ??
        spelledOtherwise(receiver, name, site) ??
        methodOfUnread(receiver, name, site)
      );
    case 'unknown':
      return (
        entryOfAttributes(receiver, name, site) ??
        spelledOtherwise(receiver, name, site) ??
        methodOfUnread(receiver, name, site)
      );
    default:
      return methodOfUnread(receiver, name, site);
  }
}

/** `vars(object).get(name)` and `.pop(name)`; undefined for any other method, and of what is no dict of attributes. */
function entryOfAttributes(
  receiver: UnknownValue,
  name: string,
  { args, frame, span }: CallSite,
): Value | undefined {
  const [key, fallback = NONE] = args.positional;
  const owner = receiver.attributesOf;
  if (owner === undefined || key === undefined || (name !== 'get' && name !== 'pop')) return undefined;
  const entry = itemOf(receiver, key, frame);
  if (name === 'pop' && key.kind === 'text')
    setAttribute(owner, { name: key.text, value: UNKNOWN, span }, frame);
  return entry === UNKNOWN ? either([fallback, entry]) : entry;
}

const SPLITS: ReadonlySet<string> = new Set(['split', 'rsplit']);

/** The parts of a name that a setting is, as of a class with its module. */
function partsOfName(receiver: Value, method: string, { args, frame }: CallSite): Value | undefined {
  const [by] = args.positional;
  if (!SPLITS.has(method) || by?.kind !== 'text') return undefined;
  const name = settledText(receiver, frame.interpreter);
  return name === undefined ? undefined : textMethod(name, method, args);
}

/** What a configuration computes by a method of the class that it is annotated with: `train.warmup_iters(devices)`. */
function ofConfiguration(
  receiver: OpaqueValue,
  name: string,
  { args, frame, span }: CallSite,
): Value | undefined {
  const { interpreter } = frame;
  const definition = interpreter.annotated.get(receiver.symbol);
  if (definition === undefined || isModuleClass(interpreter, definition)) return undefined;
  const found = findMethod(interpreter, definition, name);
  if (found === undefined || isProperty(found.method)) return undefined;
  const { method } = found;
  const ofClass: Value | null = hasDecorator(method, 'classmethod') ? { kind: 'class', definition } : null;
  return frame.call(
    bind(found, hasDecorator(method, 'staticmethod') ? null : (ofClass ?? receiver)),
    args,
    span,
  );
}

function methodOfUnread(receiver: Value, name: string, site: CallSite): Value {
  const { args, frame } = site;
  swallow(receiver, everyArgument(args), frame);
  noteSwitch(name, site);
  noteDefaults(name, site);
  return (
    madeByProperty(receiver, name, site) ??
    frame.interpreter.libraries.method(receiver, name, site) ??
    namespaceFrom(withNumbersOf(receiver, ofPart(receiver, name, site), site), name, args)
  );
}

/** `parser.add_argument('--scale', default=1 / width)`, `parser.set_defaults(scale=1 / width)`: what is computed may be any number. */
function noteDefaults(method: string, { args, frame: { interpreter } }: CallSite): void {
  const { computedDefaults } = interpreter;
  const isComputed = (value: Value | undefined) => value?.kind === 'number' && isMadeOfNames(value.quantity);
  if (method === 'add_argument' && isComputed(args.named.get('default')))
    for (const flag of args.positional)
      if (flag.kind === 'text') computedDefaults.add(flag.text.replace(/^-+/, '').replaceAll('-', '_'));
  if (method === 'set_defaults')
    for (const [name, value] of args.named) if (isComputed(value)) computedDefaults.add(name);
}

function isMadeOfNames(quantity: Quantity): boolean {
  return quantity.op !== 'symbol' && freeSymbolsOf(quantity).size > 0;
}

/** What something of which nothing is known makes of data, as a network that is handed over does. */
function ofPart(receiver: Value, name: string, site: CallSite): Value {
  const made = unreadMethod(name, [receiver, ...everyArgument(site.args)], site);
  return isUnread(receiver) ? openToFeatures(made, site.span) : made;
}

/** What a method of numbers in a list or by themselves makes of data may be those numbers: `torch.tensor([q]).expand_as(x)`. */
function withNumbersOf(receiver: Value, made: Value, { span }: CallSite): Value {
  if (made.kind !== 'tensor' || !isData(made.tensor) || receiver.kind === 'tensor') return made;
  return withNumbers(made, [receiver], span);
}

function namespaceFrom(made: Value, method: string, args: Arguments): Value {
  return made.kind === 'unknown' && givesTyped(method, args) ? { ...made, isNamespace: true } : made;
}

/** `config.norm_class(n)`, where the class of a configuration computes what is called. */
function madeByProperty(receiver: Value, name: string, { args, frame, span }: CallSite): Value | undefined {
  if (receiver.kind !== 'opaque') return undefined;
  const own = attributeOf(receiver, name, frame);
  const isMade = optionsOf(own).every(({ kind }) => CALLABLE.has(kind));
  return isMade ? frame.call(own, args, span) : undefined;
}

const CALLABLE: ReadonlySet<Value['kind']> = new Set(['class', 'function', 'partial', 'reference']);

function moduleCall(module: ModuleValue, name: string, site: CallSite): Value {
  const { frame } = site;
  // What has been given another class has other methods.
  if (frame.heap.attributes(idOf(module)).has('__class__'))
    return unreadMethod(name, [module], withSelf(module, site));
  const own = attributeOf(module, name, frame);
  const held = frame.heap.attributes(idOf(module)).get(name);
  const isHeldUnread = held !== undefined && optionsOf(held.value).some(isUnread);
  if (isHeldUnread) noteCalledUnread(frame.interpreter.trace, idOf(module), [name]);
  // What is put in the place of a layer's own method may do anything to it.
  if (module.kind === 'layer' && held !== undefined && (isHeldUnread || held.perhaps === true))
    return unreadMethod(name, [module], withSelf(module, site));
  if (own.kind !== 'unknown') return frame.call(own, site.args, site.span);
  if (isMade(own) && everyArgument(site.args).some(isOfLayer)) return multipliedBy(name, site);
  return openToFeatures(moduleMethod(module, name, site), site.span);
}

/** Whether a value is W x or W x + b: of what is in front of a norm, as of a sum, no factor counts. */
function isOfLayer(value: Value): boolean {
  if (value.kind !== 'tensor') return false;
  const { tensor } = value;
  const terms = tensor.op === 'add' ? tensor.of : [tensor];
  const isWeight = (one: Tensor) => one.op === 'weight' || (one.op === 'view' && one.of.op === 'weight');
  return terms.every((one) => isWeight(one) || (one.op === 'contract' && one.of.some(isWeight)));
}

/** What code that is not read has made of numbers, and is called on what a layer gives: it may multiply by them. */
function multipliedBy(name: string, site: CallSite): Value {
  handOverTo(name, site);
  return opaqueResult(`.${name}()`, everyArgument(site.args), site, 'multiple');
}

function withSelf(module: ModuleValue, { args, ...site }: CallSite): CallSite {
  return { ...site, args: { ...args, positional: [module, ...args.positional] } };
}

/** What `module.__setattr__(name, value)` and its like are as functions. */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['__setattr__', 'builtins.setattr'],
  ['__getattr__', 'builtins.getattr'],
  ['__getattribute__', 'builtins.getattr'],
  ['_replace', 'dataclasses.replace'],
]);

function calledByName(qualified: string, module: ModuleValue, { args, frame, span }: CallSite): Value {
  const callee: Value = { kind: 'reference', qualified };
  return frame.call(callee, withSelf(module, { args, frame, span }).args, span);
}

/** A method that the class itself does not have: its framework's, or one that is not read. */
function moduleMethod(module: ModuleValue, name: string, site: CallSite): Value {
  const { args, frame } = site;
  const byName = BY_NAME.get(name);
  if (byName !== undefined) return calledByName(byName, module, site);
  const known = frame.interpreter.libraries.method(module, name, site);
  if (known !== undefined) return known;
  if (module.kind === 'object' && inheritsUnread(frame.interpreter, module.definition)) havoc(module, frame);
  const build = frame.interpreter.baseOptimizers.get(idOf(module));
  if (build !== undefined) leaveUnread(build, { what: name, span: site.span }, frame);
  return unreadMethod(name, everyArgument(args), site);
}

function unreadMethod(name: string, values: readonly Value[], site: CallSite): Value {
  handOverTo(name, site);
  const back = givenBack(name, site) ?? modelGivenBack(name, site);
  if (back !== undefined) return back;
  const made = opaqueResult(`.${name}()`, values, site);
  if (made !== UNKNOWN) return made;
  return unknownFrom([...values, ...producedFrom(values, site.frame)], site.frame.interpreter);
}

/** `super().name(…)`: the method of a class further up, or what every module has. */
function parentCall(
  { receiver, of }: Extract<Value, { kind: 'parent' }>,
  name: string,
  site: CallSite,
): Value {
  const { frame } = site;
  const found = findMethod(frame.interpreter, receiver.definition, name, of);
  if (found !== undefined) {
    return frame.call(bind(found, receiver), site.args, site.span);
  }
  const forward = isCallItself(name)
    ? protocolOf(frame.interpreter, receiver.definition)?.forward
    : undefined;
  if (forward !== undefined) return moduleCall(receiver, forward, site);
  const known = frame.interpreter.libraries.method({ kind: 'parent', receiver, of }, name, site);
  return known ?? baseMethod(receiver, name, site) ?? moduleMethod(receiver, name, site);
}
