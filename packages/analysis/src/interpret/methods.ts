import { literal } from '../growth/quantity.ts';
import { initialize } from '../libraries/torch/initializers.ts';
import { optimizerMethod } from '../libraries/torch/optimizers.ts';
import { findInitializerMethod } from '../libraries/torch/tables.ts';
import { dimensionsOf, type ParameterValue, parametersOf } from '../network/layer.ts';
import { setAttribute } from './assign.ts';
import { attributeOf } from './attributes.ts';
import { bind, findMethod, inheritsUnread } from './classes.ts';
import { dictMethod, textMethod } from './collections.ts';
import { forget, handOver } from './forget.ts';
import { type Arguments, type CallSite, everyArgument, type Frame, positional } from './interpreter.ts';
import { itemOf } from './items.ts';
import { addItem } from './layers.ts';
import {
  hiddenName,
  namedChildren,
  namedModule,
  namedModules,
  namedParameters,
  pairs,
  shapeOf,
} from './modules.ts';
import { opaqueResult, tensorMethod } from './tensors.ts';
import { truthOf } from './truth.ts';
import { anyOf, list, NONE, number, UNKNOWN, type Value } from './value.ts';

/** What `receiver.name(…)` gives. */
export function callMethod(receiver: Value, name: string, site: CallSite): Value {
  const { args, frame } = site;
  switch (receiver.kind) {
    case 'reference':
    case 'class':
      return frame.interpreter.call(attributeOf(receiver, name, frame), site);
    case 'object':
    case 'layer':
      return moduleCall(receiver, name, site);
    case 'parent':
      return parentCall(receiver, name, site);
    case 'optimizer':
    case 'group':
      return optimizerMethod(receiver, name, site);
    case 'parameter':
      return parameterMethod(receiver, name, site);
    case 'tensor':
      return tensorMethod(receiver, name, args);
    case 'text':
      return textMethod(receiver.text, name, args);
    case 'dict':
      return dictMethod(receiver.entries, receiver.open, name, args);
    default:
      handOver(name, site);
      return opaqueResult(`.${name}()`, [receiver, ...everyArgument(args)]);
  }
}

type Module = Extract<Value, { kind: 'object' | 'layer' }>;

function moduleCall(module: Module, name: string, site: CallSite): Value {
  const { frame } = site;
  const own = attributeOf(module, name, frame);
  if (own.kind !== 'unknown') return frame.interpreter.call(own, site);
  return moduleMethod(module, name, site);
}

/** The methods that every torch.nn.Module has. */
function moduleMethod(module: Module, name: string, site: CallSite): Value {
  const { args, frame } = site;
  switch (name) {
    case 'parameters':
      return list(namedParameters(module, frame).map(({ parameter }) => parameter));
    case 'named_parameters':
      return pairs(
        namedParameters(module, frame).map(({ path, parameter }) => [
          `${prefixOf(module)}${path}`,
          parameter,
        ]),
      );
    case 'modules':
      return list(namedModules(module, frame).map(({ value }) => value));
    case 'named_modules':
      return pairs(
        namedModules(module, frame).map(({ path, value }) => [`${prefixOf(module)}${path}`, value]),
      );
    case 'children':
      return list(namedChildren(module, frame).map(({ value }) => value));
    case 'named_children':
    case 'items':
      return pairs(namedChildren(module, frame).map(({ path, value }) => [path, value]));
    case 'values':
      return list(namedChildren(module, frame).map(({ value }) => value));
    case 'get_submodule':
    case 'get_parameter':
      return found(module, name, site);
    case 'state_dict':
      return stateOf(module, frame);
    case 'apply':
      return applyToAll(module, site);
    case 'register_parameter':
      registerParameter(module, site);
      return NONE;
    case 'append':
    case 'add_module':
    case 'register_module':
    case 'extend':
      addItems(module, name, site);
      return module;
    case 'load_state_dict':
    case 'from_pretrained':
      forget(module, frame);
      return UNKNOWN;
    case 'reset_parameters':
      if (module.kind === 'layer') resetToDefault(module, frame);
      return NONE;
    case 'requires_grad_':
      freeze(
        namedParameters(module, frame).map(({ parameter }) => parameter),
        site,
      );
      return module;
    default:
      if (RETURNS_SELF.has(name)) return module;
      if (module.kind === 'object' && inheritsUnread(frame.interpreter, module.definition))
        forget(module, frame);
      handOver(name, site);
      return opaqueResult(`.${name}()`, everyArgument(args));
  }
}

/** `get_submodule(path)` and `get_parameter(path)`. */
function found(module: Module, method: string, { args, frame }: CallSite): Value {
  const [path = UNKNOWN] = everyArgument(args);
  const parameters = namedParameters(module, frame);
  const known = path.kind === 'text' ? path.text : null;
  if (method === 'get_submodule') {
    if (known !== null) return namedModule(module, known, frame);
    return anyOf([...namedModules(module, frame).map(({ value }) => value), UNKNOWN]);
  }
  const named = parameters.find((one) => one.path === known);
  return named?.parameter ?? anyOf([...parameters.map(({ parameter }) => parameter), UNKNOWN]);
}

/** The parameters themselves, by name. */
function stateOf(module: Module, frame: Frame): Value {
  const entries = namedParameters(module, frame).map(({ path, parameter }) => [path, parameter] as const);
  return { kind: 'dict', entries: new Map(entries), open: true };
}

/** What a wrapper puts before the names of what it wraps. */
function prefixOf(module: Module): string {
  return module.kind === 'object' && module.wrapper !== undefined ? `${module.wrapper}.` : '';
}

const RETURNS_SELF: ReadonlySet<string> = new Set(
  'to cuda cpu train eval float half double bfloat16 compile'.split(' '),
);

/** Children come before their parents, as PyTorch has it. */
function applyToAll(module: Module, site: CallSite): Value {
  const { args, frame, span } = site;
  const [initializer = UNKNOWN] = args.positional;
  if (initializer.kind !== 'function') {
    forget(module, frame);
    return module;
  }
  for (const { value } of [...namedModules(module, frame)].reverse()) {
    frame.interpreter.call(initializer, { args: positional(value), frame, span });
  }
  return module;
}

/** `append`, `extend` and `add_module`. */
function addItems(module: Module, method: string, site: CallSite): void {
  const { args, frame, span } = site;
  const [first = UNKNOWN, second = UNKNOWN] = args.positional;
  if (method === 'append') addUnnamed(module, [first], site);
  else if (method === 'extend') addUnnamed(module, first.kind === 'list' ? first.items : [UNKNOWN], site);
  else {
    const name = first.kind === 'text' ? first.text : hiddenName(span);
    const id = module.kind === 'layer' ? module.layer.id : module.id;
    frame.heap.setAttribute(id, name, { value: second, span });
  }
}

function registerParameter(
  module: Module,
  {
    args: {
      positional: [name, value],
    },
    frame,
    span,
  }: CallSite,
): void {
  if (name?.kind === 'text') setAttribute(module, { name: name.text, value: value ?? UNKNOWN, span }, frame);
}

function addUnnamed(module: Module, items: readonly Value[], site: CallSite): void {
  if (module.kind !== 'layer') return;
  for (const item of items) addItem(module.layer, item, site);
}

function resetToDefault({ layer }: Extract<Value, { kind: 'layer' }>, frame: Frame): void {
  for (const parameter of parametersOf(layer)) frame.heap.reset(parameter);
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
    return frame.interpreter.call(bind(found, receiver), site);
  }
  return name === '__init__' ? NONE : moduleMethod(receiver, name, site);
}

function parameterMethod(parameter: ParameterValue, name: string, site: CallSite): Value {
  const { args, frame, span } = site;
  if (name === 'dim' || name === 'ndimension') return number(literal(dimensionsOf(parameter)));
  if (name === 'size') return sizeOf(parameter, args, frame);
  if (name === 'requires_grad_') {
    freeze([parameter], site);
    return parameter;
  }
  if (!name.endsWith('_')) {
    if (VIEWS.has(name)) return { ...parameter, part: true };
    return PASSES_PARAMETER.has(name) ? parameter : UNKNOWN;
  }
  initialize(parameter, { by: name, knowledge: findInitializerMethod(name), args, span }, frame);
  return parameter;
}

const PASSES_PARAMETER: ReadonlySet<string> = new Set(['detach', 'to', 'cuda', 'cpu']);
const VIEWS: ReadonlySet<string> = new Set(
  'view reshape flatten t transpose permute squeeze unsqueeze narrow select chunk split unbind diagonal'.split(
    ' ',
  ),
);

/** `size()` is the shape, `size(0)` its first number. */
function sizeOf(parameter: ParameterValue, { positional: [dimension] }: Arguments, frame: Frame): Value {
  const shape = shapeOf(parameter);
  return dimension === undefined ? shape : itemOf(shape, dimension, frame);
}

/** `requires_grad_()` lets parameters be trained, with False it keeps them from it. */
function freeze(parameters: readonly ParameterValue[], { args, frame }: CallSite): void {
  const {
    positional: [first],
    named,
  } = args;
  const trained = first ?? named.get('requires_grad');
  for (const parameter of parameters) {
    frame.heap.freeze(parameter, trained !== undefined && truthOf(trained) !== true);
  }
}
