import { literal } from '../growth/quantity.ts';
import { findInitializerMethod } from '../knowledge/knowledge.ts';
import type { Span } from '../syntax/span.ts';
import { attributeOf } from './attributes.ts';
import { findMethod } from './classes.ts';
import { dictMethod, textMethod } from './collections.ts';
import { forget, forgetInits } from './forget.ts';
import { initialize } from './initializers.ts';
import { type Arguments, everyArgument, type Frame, type Interpreter, positional } from './interpreter.ts';
import { addItem } from './layers.ts';
import { namedChildren, namedModules, namedParameters, pairs, parametersOf } from './modules.ts';
import { opaqueResult, tensorMethod } from './tensors.ts';
import { list, NONE, number, type ParameterValue, UNKNOWN, type Value } from './value.ts';

/** What `receiver.name(…)` gives. */
export function callMethod(
  interpreter: Interpreter,
  receiver: Value,
  name: string,
  args: Arguments,
  frame: Frame,
  span: Span,
): Value {
  switch (receiver.kind) {
    case 'reference':
    case 'class':
      return interpreter.call(attributeOf(interpreter, receiver, name, frame), args, frame, span);
    case 'object':
    case 'layer':
      return moduleCall(interpreter, receiver, name, args, frame, span);
    case 'parent':
      return parentCall(interpreter, receiver, name, args, frame, span);
    case 'parameter':
      return parameterMethod(receiver, name, args, frame, span);
    case 'tensor':
      return tensorMethod(receiver, name, args);
    case 'text':
      return textMethod(receiver.text, name, args);
    case 'dict':
      return dictMethod(receiver.entries, receiver.open, name, args);
    default:
      forgetInits(interpreter, args, frame);
      return opaqueResult(`.${name}()`, [receiver, ...everyArgument(args)]);
  }
}

type Module = Extract<Value, { kind: 'object' | 'layer' }>;

function moduleCall(
  interpreter: Interpreter,
  module: Module,
  name: string,
  args: Arguments,
  frame: Frame,
  span: Span,
): Value {
  const own = attributeOf(interpreter, module, name, frame);
  if (own.kind !== 'unknown') return interpreter.call(own, args, frame, span);
  return moduleMethod(interpreter, module, name, args, frame, span);
}

/** The methods that every torch.nn.Module has. */
function moduleMethod(
  interpreter: Interpreter,
  module: Module,
  name: string,
  args: Arguments,
  frame: Frame,
  span: Span,
): Value {
  switch (name) {
    case 'parameters':
      return list(namedParameters(interpreter, module, frame).map(({ parameter }) => parameter));
    case 'named_parameters':
      return pairs(
        namedParameters(interpreter, module, frame).map(({ path, parameter }) => [path, parameter]),
      );
    case 'modules':
      return list(namedModules(interpreter, module, frame).map(({ value }) => value));
    case 'named_modules':
      return pairs(namedModules(interpreter, module, frame).map(({ path, value }) => [path, value]));
    case 'children':
      return list(namedChildren(interpreter, module, frame).map(({ value }) => value));
    case 'named_children':
    case 'items':
      return pairs(namedChildren(interpreter, module, frame).map(({ path, value }) => [path, value]));
    case 'values':
      return list(namedChildren(interpreter, module, frame).map(({ value }) => value));
    case 'apply':
      return applyToAll(interpreter, module, args, frame, span);
    case 'append':
    case 'add_module':
    case 'register_module':
    case 'extend':
      addItems(module, name, args, frame, span);
      return module;
    case 'load_state_dict':
    case 'from_pretrained':
      forget(interpreter, module, frame);
      return UNKNOWN;
    case 'reset_parameters':
      if (module.kind === 'layer') resetToDefault(module, frame);
      return NONE;
    default:
      if (RETURNS_SELF.has(name)) return module;
      forgetInits(interpreter, args, frame);
      return opaqueResult(`.${name}()`, everyArgument(args));
  }
}

const RETURNS_SELF: ReadonlySet<string> = new Set(
  'to cuda cpu train eval float half double bfloat16 requires_grad_ compile'.split(' '),
);

/** Children come before their parents, as PyTorch has it. */
function applyToAll(
  interpreter: Interpreter,
  module: Module,
  args: Arguments,
  frame: Frame,
  span: Span,
): Value {
  const [initializer = UNKNOWN] = args.positional;
  if (initializer.kind !== 'function') {
    forget(interpreter, module, frame);
    return module;
  }
  for (const { value } of [...namedModules(interpreter, module, frame)].reverse()) {
    interpreter.call(initializer, positional(value), frame, span);
  }
  return module;
}

/** `append`, `extend` and `add_module`. */
function addItems(module: Module, method: string, args: Arguments, frame: Frame, span: Span): void {
  const [first = UNKNOWN, second = UNKNOWN] = args.positional;
  if (method === 'append') addUnnamed(module, [first], frame, span);
  else if (method === 'extend')
    addUnnamed(module, first.kind === 'list' ? first.items : [UNKNOWN], frame, span);
  else {
    const name = first.kind === 'text' ? first.text : `@${span.start}`;
    const id = module.kind === 'layer' ? module.layer.id : module.id;
    frame.heap.setAttribute(id, name, { value: second, span });
  }
}

function addUnnamed(module: Module, items: readonly Value[], frame: Frame, span: Span): void {
  if (module.kind !== 'layer') return;
  for (const item of items) addItem(module.layer, item, frame, span);
}

function resetToDefault({ layer }: Extract<Value, { kind: 'layer' }>, frame: Frame): void {
  for (const parameter of parametersOf(layer)) frame.heap.reset(parameter);
}

/** `super().name(…)`: the method of a class further up, or what every module has. */
function parentCall(
  interpreter: Interpreter,
  { receiver, of }: Extract<Value, { kind: 'parent' }>,
  name: string,
  args: Arguments,
  frame: Frame,
  span: Span,
): Value {
  const found = findMethod(interpreter, receiver.definition, name, of);
  if (found !== undefined) {
    const method: Value = {
      kind: 'function',
      definition: found.method,
      receiver,
      owner: found.owner,
      closure: new Map(),
    };
    return interpreter.call(method, args, frame, span);
  }
  return name === '__init__' ? NONE : moduleMethod(interpreter, receiver, name, args, frame, span);
}

function parameterMethod(
  parameter: ParameterValue,
  name: string,
  args: Arguments,
  frame: Frame,
  span: Span,
): Value {
  if (name === 'dim' || name === 'ndimension') {
    const matrix = parameter.which === 'weight' && parameter.layer.knowledge.family !== 'norm';
    return number(literal(matrix ? 2 : 1));
  }
  if (name === 'requires_grad_' || !name.endsWith('_')) {
    return PASSES_PARAMETER.has(name) ? parameter : UNKNOWN;
  }
  initialize(parameter, { by: name, knowledge: findInitializerMethod(name), args, span }, frame);
  return parameter;
}

const PASSES_PARAMETER: ReadonlySet<string> = new Set(['requires_grad_', 'detach', 'to', 'cuda', 'cpu']);
