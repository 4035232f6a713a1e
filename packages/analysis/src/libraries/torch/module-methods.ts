import { setAttribute } from '../../interpret/language/assign.ts';
import { findMethod, isModuleClass } from '../../interpret/machine/classes.ts';
import { attributeName } from '../../interpret/machine/composed-names.ts';
import { argument, everyArgument, positional } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { addItem } from '../../interpret/modules/layers.ts';
import { leaveEmpty, leaveLoaded } from '../../interpret/modules/loaded.ts';
import {
  idOf,
  layerOf,
  type ModuleValue,
  modulesChildrenFirst,
  namedChildren,
  namedModule,
  namedModules,
  namedParameters,
  pairs,
} from '../../interpret/modules/modules.ts';
import { loseTags } from '../../interpret/modules/parameter-tags.ts';
import { putSomewhere } from '../../interpret/modules/replaced-modules.ts';
import { havoc } from '../../interpret/modules/unread.ts';
import { dict, list } from '../../interpret/values/containers.ts';
import { anyOf } from '../../interpret/values/either.ts';
import { unreadInit } from '../../interpret/values/parameter-state.ts';
import { sameValue } from '../../interpret/values/same-value.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { NONE, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { hiddenName } from '../../network/hidden-name.ts';
import { parametersOf } from '../../network/layer.ts';
import { buffersIn, leaveBuffersUnread, setBuffer } from './buffers.ts';
import { isFromOutside, isOwnState } from './loaded-state.ts';
import { freeze } from './parameter-methods.ts';

type Method = (module: ModuleValue, site: CallSite) => Value;

const itself: Method = (module) => module;

const children: Method = (module, { frame }) => list(namedChildren(module, frame).map(({ value }) => value));

const childrenByName: Method = (module, { frame }) =>
  pairs(namedChildren(module, frame).map(({ path, value }) => [path, value]));

const loadAll: Method = (module, site) => {
  leaveLoaded(module, site);
  return UNKNOWN;
};

/** A state that the code itself computes is none of a run before: the weights start with it. */
const loadState: Method = (module, site) => {
  const [given] = site.args.positional;
  const state = given ?? site.args.named.get('state_dict') ?? UNKNOWN;
  if (isOwnState(state, module, site)) return UNKNOWN;
  return isFromOutside(state) ? loadAll(module, site) : havocWhole(module, site);
};

const havocWhole: Method = (module, { frame, span }) => {
  havoc(module, frame);
  leaveBuffersUnread(module, { frame, span });
  return UNKNOWN;
};

const emptied: Method = (module, site) => {
  leaveEmpty(module, site);
  leaveBuffersUnread(module, site);
  return module;
};

/** The methods that every torch.nn.Module or container of modules has, and those of a sharded one that are handed modules. */
const METHODS: ReadonlyMap<string, Method> = new Map([
  ...'to cuda cpu train eval float half double bfloat16 compile'
    .split(' ')
    .map((name) => [name, itself] as const),
  [
    'parameters',
    (module, { frame }) => list(namedParameters(module, frame).map(({ parameter }) => parameter)),
  ],
  [
    'named_parameters',
    (module, { frame }) =>
      pairs(
        namedParameters(module, frame).map(({ path, parameter }) => [
          `${prefixOf(module)}${path}`,
          parameter,
        ]),
      ),
  ],
  ['buffers', (module, { frame }) => list(buffersIn(module, frame).map(({ value }) => value))],
  [
    'named_buffers',
    (module, { frame }) =>
      pairs(buffersIn(module, frame).map(({ path, value }) => [`${prefixOf(module)}${path}`, value])),
  ],
  ['modules', (module, { frame }) => list(namedModules(module, frame).map(({ value }) => value))],
  [
    'named_modules',
    (module, { frame }) =>
      pairs(namedModules(module, frame).map(({ path, value }) => [`${prefixOf(module)}${path}`, value])),
  ],
  ['children', children],
  ['values', children],
  ['named_children', childrenByName],
  ['items', childrenByName],
  ['get_submodule', submodule],
  ['get_parameter', parameter],
  ['get_buffer', buffer],
  ['state_dict', stateOf],
  ['apply', applyToAll],
  ['register_parameter', registerParameter],
  ['register_buffer', registerBuffer],
  ['append', append],
  ['extend', extend],
  ['add_module', addModule],
  ['register_module', addModule],
  ['set_submodule', setSubmodule],
  ['load_state_dict', loadState],
  ['from_pretrained', loadAll],
  ['to_empty', emptied],
  ['_apply', havocWhole],
  ['reset_parameters', resetToDefault],
  ['requires_grad_', freezeAll],
  ...'set_modules_to_forward_prefetch set_modules_to_backward_prefetch'
    .split(' ')
    .map((name) => [name, () => NONE] as const),
]);

/** What a method of a module gives; undefined for one that is not of PyTorch's. */
export function moduleMethod(module: ModuleValue, name: string, site: CallSite): Value | undefined {
  if (mayMakeOthers(name, site)) {
    const parameters = namedParameters(module, site.frame).map((one) => one.parameter);
    loseTags(parameters, site.frame);
  }
  return name === 'update' ? updateDict(module, site) : METHODS.get(name)?.(module, site);
}

/** Whether a module may have other parameters in the place of its own afterwards, with their names. */
function mayMakeOthers(name: string, { args }: CallSite): boolean {
  if (name === 'to_empty') return true;
  const assigns = name === 'load_state_dict' ? argument(args, { name: 'assign', index: 2 }) : undefined;
  return assigns !== undefined && truthOf(assigns) !== false;
}

/** `parts.update({'head': head})` of a dict of modules. */
function updateDict(module: ModuleValue, { args, frame, span }: CallSite): Value | undefined {
  const layer = layerOf(module, frame);
  if (layer?.family !== 'dict') return undefined;
  const [given] = args.positional;
  const entries = given?.kind === 'dict' ? given.entries : new Map<string, Value>();
  for (const [name, value] of entries) frame.heap.setAttribute(layer.id, name, { value, span });
  if (given?.kind !== 'dict' || given.open)
    frame.heap.setAttribute(layer.id, hiddenName(span.start), { value: UNKNOWN, span });
  return NONE;
}

/** What a wrapper puts before the names of what it wraps. */
function prefixOf(module: ModuleValue): string {
  return module.kind === 'object' && module.wrapper !== undefined ? `${module.wrapper}.` : '';
}

function submodule(module: ModuleValue, { args, frame }: CallSite): Value {
  const [path = UNKNOWN] = everyArgument(args);
  if (path.kind === 'text') return namedModule(module, path.text, frame);
  return anyOf([...namedModules(module, frame).map(({ value }) => value), UNKNOWN]);
}

function parameter(module: ModuleValue, { args, frame }: CallSite): Value {
  const [path = UNKNOWN] = everyArgument(args);
  const parameters = namedParameters(module, frame);
  const named = parameters.find((one) => path.kind === 'text' && one.path === path.text);
  return named?.parameter ?? anyOf([...parameters.map((one) => one.parameter), UNKNOWN]);
}

function buffer(module: ModuleValue, { args, frame }: CallSite): Value {
  const [path = UNKNOWN] = everyArgument(args);
  const buffers = buffersIn(module, frame);
  const named = buffers.find((one) => path.kind === 'text' && one.path === path.text);
  return named?.value ?? anyOf([...buffers.map(({ value }) => value), UNKNOWN]);
}

/** The parameters and buffers themselves, by name. */
function stateOf(module: ModuleValue, { frame }: CallSite): Value {
  const entries = namedParameters(module, frame).map(
    ({ path, parameter }) => [path, { ...parameter, inState: true as const }] as const,
  );
  const buffers = buffersIn(module, frame).map(({ path, value }) => [path, value] as const);
  return dict(new Map<string, Value>([...entries, ...buffers]), true);
}

/** Children come before their parents, as PyTorch has it. */
function applyToAll(module: ModuleValue, site: CallSite): Value {
  const { args, frame, span } = site;
  const [initializer = UNKNOWN] = args.positional;
  if (!isCalledAlike(initializer, frame)) {
    havoc(module, frame);
    return module;
  }
  for (const { value } of modulesChildrenFirst(module, frame)) {
    frame.call(initializer, positional(value), span);
  }
  return module;
}

/** Whether a call runs code that is read: of a function, or of an object of the project's that has a call of its own. */
function isCalledAlike(callee: Value, { interpreter }: CallSite['frame']): boolean {
  if (callee.kind !== 'object') return callee.kind === 'function' || callee.kind === 'partial';
  const { definition } = callee;
  return (
    !isModuleClass(interpreter, definition) && findMethod(interpreter, definition, '__call__') !== undefined
  );
}

function append(module: ModuleValue, site: CallSite): Value {
  const [first = UNKNOWN] = site.args.positional;
  return addUnnamed(module, [first], site);
}

function extend(module: ModuleValue, site: CallSite): Value {
  const [first = UNKNOWN] = site.args.positional;
  return addUnnamed(module, first.kind === 'list' ? first.items : [UNKNOWN], site);
}

function addUnnamed(module: ModuleValue, items: readonly Value[], site: CallSite): Value {
  const layer = layerOf(module, site.frame);
  if (layer !== undefined) for (const item of items) addItem(layer, item, site);
  return module;
}

function addModule(module: ModuleValue, { args, frame, span }: CallSite): Value {
  const [first = UNKNOWN, second = UNKNOWN] = args.positional;
  const name = attributeName(first) ?? hiddenName(span.start);
  if (first.kind !== 'text' && !frame.building) putSomewhere(module, { value: second, span }, frame);
  frame.heap.setAttribute(idOf(module), name, { value: second, span });
  return module;
}

/** `model.set_submodule('blocks.head', head)`. */
function setSubmodule(module: ModuleValue, { args, frame, span }: CallSite): Value {
  const path = argument(args, { name: 'target', index: 0 }) ?? UNKNOWN;
  const value = argument(args, { name: 'module', index: 1 }) ?? UNKNOWN;
  const names = path.kind === 'text' ? path.text.split('.') : [];
  const name = names.pop();
  const owner = names.length === 0 ? module : namedModule(module, names.join('.'), frame);
  if (name !== undefined && (owner.kind === 'object' || owner.kind === 'layer'))
    setAttribute(owner, { name, value, span }, frame);
  else havoc(module, frame);
  return NONE;
}

function registerParameter(module: ModuleValue, { args, frame, span }: CallSite): Value {
  const [name, value = UNKNOWN] = args.positional;
  if (name?.kind === 'text') setAttribute(module, { name: name.text, value, span }, frame);
  return NONE;
}

function registerBuffer(module: ModuleValue, site: CallSite): Value {
  const { args, frame } = site;
  const [name = args.named.get('name'), value = args.named.get('tensor') ?? UNKNOWN] = args.positional;
  if (name?.kind === 'text') setBuffer(module, { name: name.text, value, span: site.span }, frame);
  return NONE;
}

/** A parameter that is, or may be, another one than the layer was built with has a default that is not the layer's. */
function resetToDefault(module: ModuleValue, { frame, span }: CallSite): Value {
  const layer = layerOf(module, frame);
  if (layer === undefined) return NONE;
  const { heap } = frame;
  for (const one of parametersOf(layer)) {
    const isItsOwn =
      sameValue(heap.parameters.original(one), one) && heap.parameters.perhapsSame(one).length === 0;
    if (isItsOwn) heap.parameters.reset(one);
    else heap.parameters.write(one, unreadInit(span), 'strong');
  }
  return NONE;
}

function freezeAll(module: ModuleValue, site: CallSite): Value {
  freeze(
    namedParameters(module, site.frame).map((one) => one.parameter),
    site,
  );
  return module;
}
