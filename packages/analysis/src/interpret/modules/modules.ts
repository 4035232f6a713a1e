import { hidesName } from '../../network/hidden-name.ts';
import {
  dimsOf,
  holdsBy,
  type Layer,
  type ParameterValue,
  parameterOf,
  parametersOf,
} from '../../network/layer.ts';
import { bind, findMethod, isModuleClass } from '../machine/classes.ts';
import { keysOf } from '../machine/collections.ts';
import { replace } from '../machine/frames.ts';
import { positional } from '../machine/given-arguments.ts';
import type { Frame, Interpreter } from '../machine/interpreter.ts';
import { producedFrom } from '../machine/produced-numbers.ts';
import { unknownFrom } from '../machine/swallowed.ts';
import type { Attribute } from '../values/attribute-state.ts';
import { list } from '../values/containers.ts';
import { optionsOf, perhapsAbsent, withoutNone } from '../values/either.ts';
import { inLists } from '../values/in-lists.ts';
import { number, type ObjectValue, UNKNOWN, type Value } from '../values/value.ts';

/** A layer or module of the file, with the path PyTorch gives it. */
export interface NamedModule {
  readonly path: string;
  readonly value: ModuleValue;
  /** Whether it is there only on some of the ways that the code may take. */
  readonly perhaps: boolean;
  /** Whether that is so however often loops go round. */
  readonly mayLack: boolean;
}

export type ModuleValue = Extract<Value, { kind: 'layer' | 'object' }>;

/** More than a model that is read has; where there are more, only so many are known. */
const MAX_MODULES = 10_000;

/** How many characters are copied for a unit of work. */
const CHARACTERS = 16;

/** The module and everything in it, in PyTorch's order, each once. */
export function namedModules(root: Value, frame: Frame): readonly NamedModule[] {
  return walk(root, frame).before;
}

/** The same with each behind all that is in it, siblings in their order: as `apply` visits them. */
export function modulesChildrenFirst(root: Value, frame: Frame): readonly NamedModule[] {
  return walk(root, frame).after;
}

function walk(
  root: Value,
  frame: Frame,
): { readonly before: readonly NamedModule[]; readonly after: readonly NamedModule[] } {
  const found = new Map<number, NamedModule>();
  const after: NamedModule[] = [];
  const isNew = (value: Value): value is ModuleValue =>
    isModule(frame.interpreter, value) && !found.has(idOf(value)) && found.size < MAX_MODULES;
  const visit = (value: ModuleValue, path: string, { perhaps, mayLack }: Doubt): void => {
    const named = { path, value, perhaps, mayLack };
    found.set(idOf(value), named);
    const attributes = frame.heap.attributes(idOf(value));
    frame.interpreter.budget.spend(1 + path.length / CHARACTERS + attributes.size);
    for (const [name, attribute] of attributes) {
      const options = optionsOf(attribute.value);
      const doubt = doubtOf(attribute, { perhaps, mayLack });
      for (const option of options)
        if (isNew(option)) visit(option, path === '' ? name : `${path}.${name}`, doubt);
    }
    after.push(named);
  };
  if (isNew(root)) visit(root, '', { perhaps: false, mayLack: false });
  return { before: [...found.values()], after };
}

type Doubt = Pick<NamedModule, 'perhaps' | 'mayLack'>;

/** The same of what an attribute of a module holds. */
function doubtOf({ value, perhaps, later }: Attribute, { perhaps: isPerhaps, mayLack }: Doubt): Doubt {
  const isOne = optionsOf(value).length === 1;
  return {
    perhaps: isPerhaps || perhaps === true || !isOne,
    mayLack: mayLack || (perhaps === true && later !== true) || !isOne,
  };
}

function isModule(interpreter: Interpreter, value: Value): value is ModuleValue {
  return value.kind === 'layer' || (value.kind === 'object' && isModuleClass(interpreter, value.definition));
}

/** The modules that a value may be, or that a list of them holds. */
export function modulesIn(value: Value, interpreter: Interpreter): readonly ModuleValue[] {
  return inLists(value).filter((one) => isModule(interpreter, one));
}

/** Whether something that is handed to a model is another, or parts of one: it is made of these, whatever it is called with. */
export function holdsModule(value: Value, interpreter: Interpreter): boolean {
  return modulesIn(value, interpreter).length > 0;
}

/** The module at a path that PyTorch gives it. */
export function namedModule(root: Value, path: string, frame: Frame): Value {
  return namedModules(root, frame).find((module) => module.path === path)?.value ?? UNKNOWN;
}

/** A path as the code would see it: unknown where it has a name in it that the code computes. */
function pathText(path: string): Value {
  return hidesName(path) ? UNKNOWN : { kind: 'text', text: path };
}

/** A path as one that is looked up in tables of a model's parts. */
function partPath(path: string): Value {
  const given = pathText(path);
  return given.kind === 'text' ? { ...given, isPath: true } : given;
}

/** The modules right below this one. */
export function namedChildren(root: Value, frame: Frame): readonly NamedModule[] {
  return namedModules(root, frame).filter(({ path }) => path !== '' && !path.includes('.'));
}

/** A parameter with the path that PyTorch gives it. Several may have one path, of which one is there. */
export interface NamedParameter {
  readonly path: string;
  readonly parameter: ParameterValue;
  readonly perhaps: boolean;
  readonly mayLack: boolean;
}

/** The parameters of a module that the analysis knows, in PyTorch's order: each module's own before those in it. */
export function namedParameters(root: Value, frame: Frame): readonly NamedParameter[] {
  return namedModules(root, frame).flatMap((module) => ownParameters(module, frame));
}

/** The parameters that a module itself has. */
export function ownParameters(
  { path, value, perhaps, mayLack }: NamedModule,
  frame: Frame,
): readonly NamedParameter[] {
  const pathOf = (name: string) => (path === '' ? name : `${path}.${name}`);
  const attributes: NamedParameter[] = [];
  for (const [name, attribute] of frame.heap.attributes(idOf(value))) {
    const doubt = doubtOf(attribute, { perhaps, mayLack });
    for (const option of optionsOf(attribute.value))
      if (option.kind === 'parameter' && option.part !== true)
        attributes.push({ path: pathOf(name), parameter: option, ...doubt });
  }
  const layer = layerOf(value, frame);
  if (layer === undefined) return attributes;
  const removed = frame.heap.attributes(layer.id);
  const kept = parametersOf(layer).filter(({ which }) => removed.get(which)?.value.kind !== 'none');
  const built = kept.map((parameter) => ({
    path: pathOf(parameter.which),
    parameter,
    perhaps: perhaps || parameterOf(parameter)?.present === null,
    mayLack: mayLack || parameterOf(parameter)?.present === null,
  }));
  return [...built, ...attributes];
}

/** The sizes of a parameter, as the code computes them. */
export function shapeOf(parameter: ParameterValue, { heap }: Frame): Value {
  const dims = parameter.part === true ? null : dimsOf(heap.parameters.original(parameter));
  return dims === null ? UNKNOWN : list(dims.map((dim) => ({ ...number(dim), measures: [parameter] })));
}

/** The id under which the heap has the attributes of a module. */
export function idOf(value: ModuleValue): number {
  return value.kind === 'layer' ? value.layer.id : value.id;
}

/** What a module is as a layer: itself, or, of an object whose class inherits from one, that base. */
export function layerOf(value: Value, { interpreter }: Frame): Layer | undefined {
  if (value.kind === 'layer') return value.layer;
  return value.kind === 'object' ? interpreter.baseLayers.get(value.id) : undefined;
}

/** The items of a container: of one that an own class is, which may have attributes beside them, its modules. */
export function itemsIn(
  { id }: Layer,
  { heap, interpreter }: Frame,
): readonly (readonly [string, Attribute])[] {
  const attributes = [...heap.attributes(id)];
  if (!interpreter.baseLayers.has(id)) return attributes;
  return attributes.filter(([, { value }]) => optionsOf(value).some((option) => !PLAIN.has(option.kind)));
}

/** Whether a dict of modules has one under a name; null where that is not known, or it is another module. */
export function hasItem(layer: Layer, name: string, frame: Frame): boolean | null {
  if (holdsBy(layer) !== 'keys') return null;
  const items = itemsIn(layer, frame);
  const own = items.find(([one]) => one === name)?.[1];
  if (own !== undefined) return isSurely(own) ? true : null;
  return items.some(([one]) => hidesName(one)) ? null : false;
}

function isSurely({ value, perhaps }: Attribute): boolean {
  return perhaps !== true && optionsOf(value).every(({ kind }) => kind === 'layer' || kind === 'object');
}

/** Kinds of which none is a module. */
const PLAIN: ReadonlySet<Value['kind']> = new Set(['text', 'number', 'truth', 'none', 'list', 'dict']);

/** Nobody goes through the characters of a longer text to name layers by them. */
const MOST_CHARACTERS = 32;

/** What going through a value gives: a container of layers gives its items, any other value is as it is. Nobody goes through None. */
export function iterated(given: Value, frame: Frame): Value {
  const value = frame.attempt === null ? withoutNone(given) : given;
  if (value.kind === 'dict') {
    const keys = keysOf(value).map((key) => (key.kind === 'text' && hidesName(key.text) ? UNKNOWN : key));
    return list(keys, value.open);
  }
  if (value.kind === 'parameter') return list([{ ...value, part: true }], true);
  if (value.kind === 'text' && value.text.length <= MOST_CHARACTERS)
    return list([...value.text].map((character): Value => ({ kind: 'text', text: character })));
  if (value.kind === 'object' && isGoneThroughByItself(value, frame)) return givenBy(value, frame);
  const layer = layerOf(value, frame);
  const holds = layer === undefined ? 'nothing' : holdsBy(layer);
  if (layer === undefined || holds === 'nothing') return value;
  const items = itemsIn(layer, frame);
  if (holds === 'keys') return list(items.map(([name]) => pathText(name)));
  return list(
    items.map(([, item]) => item.value),
    isOpen(items),
  );
}

/** What has gone through a generator leaves nothing of it, or what it has not come to. */
export function exhaust(value: Value, frame: Frame): void {
  for (const option of optionsOf(value))
    if (option.kind === 'list' && option.once === true) replace(option, list([], true), frame);
}

/** Whether a class says itself what going through an object of it gives. */
function isGoneThroughByItself({ definition }: ObjectValue, { interpreter }: Frame): boolean {
  return (
    !isModuleClass(interpreter, definition) || findMethod(interpreter, definition, '__iter__') !== undefined
  );
}

/** What going through an object of the code's own gives, by its `__iter__` or `__getitem__`: where that is not followed, any part of a model that it holds. */
function givenBy(value: ObjectValue, frame: Frame): Value {
  const { interpreter } = frame;
  const held = [...frame.heap.attributes(value.id).values()].flatMap(({ value: one }) => inLists(one));
  const parts = held.filter((one) => isModule(interpreter, one) || one.kind === 'parameter');
  const produced = () =>
    list([unknownFrom(producedFrom([value], frame), interpreter), ...parts.map(perhapsAbsent)], true);
  const iterate = findMethod(interpreter, value.definition, '__iter__');
  if (iterate === undefined) return produced();
  const given = frame.call(bind(iterate, value), positional(), iterate.method.span);
  return given.kind === 'list' ? given : produced();
}

/** Whether a container may have more items, or fewer. */
export function isOpen(items: readonly (readonly [string, Attribute])[]): boolean {
  return items.some(([, { more, perhaps }]) => more === true || perhaps === true);
}

/** Pairs of a name and a value, as `named_parameters()` gives them. */
export function pairs(entries: readonly (readonly [string, Value])[]): Value {
  return list(entries.map(([path, value]) => list([partPath(path), value])));
}
