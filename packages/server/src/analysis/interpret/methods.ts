import { literal } from '../growth/quantity.ts';
import { findInitializerMethod } from '../knowledge/knowledge.ts';
import { attributeOf } from './attributes.ts';
import { bind, findMethod } from './classes.ts';
import { dictMethod, textMethod } from './collections.ts';
import { forget, forgetInits } from './forget.ts';
import { initialize } from './initializers.ts';
import { type CallSite, everyArgument, type Frame, positional } from './interpreter.ts';
import { addItem } from './layers.ts';
import {
  dimensionsOf,
  namedChildren,
  namedModules,
  namedParameters,
  pairs,
  parametersOf,
} from './modules.ts';
import { opaqueResult, tensorMethod } from './tensors.ts';
import { list, NONE, number, type ParameterValue, UNKNOWN, type Value } from './value.ts';

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
    case 'parameter':
      return parameterMethod(receiver, name, site);
    case 'tensor':
      return tensorMethod(receiver, name, args);
    case 'text':
      return textMethod(receiver.text, name, args);
    case 'dict':
      return dictMethod(receiver.entries, receiver.open, name, args);
    default:
      forgetInits(args, frame);
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
      return pairs(namedParameters(module, frame).map(({ path, parameter }) => [path, parameter]));
    case 'modules':
      return list(namedModules(module, frame).map(({ value }) => value));
    case 'named_modules':
      return pairs(namedModules(module, frame).map(({ path, value }) => [path, value]));
    case 'children':
      return list(namedChildren(module, frame).map(({ value }) => value));
    case 'named_children':
    case 'items':
      return pairs(namedChildren(module, frame).map(({ path, value }) => [path, value]));
    case 'values':
      return list(namedChildren(module, frame).map(({ value }) => value));
    case 'apply':
      return applyToAll(module, site);
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
    default:
      if (RETURNS_SELF.has(name)) return module;
      forgetInits(args, frame);
      return opaqueResult(`.${name}()`, everyArgument(args));
  }
}

const RETURNS_SELF: ReadonlySet<string> = new Set(
  'to cuda cpu train eval float half double bfloat16 requires_grad_ compile'.split(' '),
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
    const name = first.kind === 'text' ? first.text : `@${span.start}`;
    const id = module.kind === 'layer' ? module.layer.id : module.id;
    frame.heap.setAttribute(id, name, { value: second, span });
  }
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
  if (name === 'requires_grad_' || !name.endsWith('_')) {
    return PASSES_PARAMETER.has(name) ? parameter : UNKNOWN;
  }
  initialize(parameter, { by: name, knowledge: findInitializerMethod(name), args, span }, frame);
  return parameter;
}

const PASSES_PARAMETER: ReadonlySet<string> = new Set(['requires_grad_', 'detach', 'to', 'cuda', 'cpu']);
