import { literal } from '../growth/quantity.ts';
import { findInitializer, findLayer, findOptimizer } from '../knowledge/knowledge.ts';
import { isModuleBase, lineage } from './classes.ts';
import { forgetInits } from './forget.ts';
import { initialize } from './initializers.ts';
import { type Arguments, type CallSite, everyArgument, type Frame, type Interpreter } from './interpreter.ts';
import { constructLayer } from './layers.ts';
import { iterated, namedModules } from './modules.ts';
import { exactInteger, numericCall } from './numbers.ts';
import { buildOptimizer } from './optimizers.ts';
import { opaqueResult, tensorCall } from './tensors.ts';
import { agreed } from './truth.ts';
import { either, list, NONE, number, optionsOf, UNKNOWN, type Value } from './value.ts';

/** What a function or class of a library gives. */
export function callReference(qualified: string, site: CallSite): Value {
  const { args, frame, span } = site;
  const layer = findLayer(qualified);
  if (layer !== undefined) return constructLayer(qualified, layer, site);
  if (/^(?:torch\.nn|mup)\.init\.\w+$/.test(qualified)) {
    const [target = UNKNOWN] = args.positional.length > 0 ? args.positional : everyArgument(args);
    const by = qualified.slice(qualified.lastIndexOf('.') + 1);
    initialize(target, { by, knowledge: findInitializer(qualified), args, span }, frame);
    return target;
  }
  const optimizer = findOptimizer(qualified);
  if (optimizer !== undefined) {
    buildOptimizer(qualified, optimizer, site);
    return UNKNOWN;
  }
  return (
    tensorCall(qualified, args) ??
    numericCall(qualified, args.positional) ??
    builtinCall(qualified, args, frame) ??
    foreignCall(qualified, site)
  );
}

/** Functions that go through what they are given. */
const GOES_THROUGH: ReadonlySet<string> = new Set(
  ['list', 'tuple', 'iter', 'reversed', 'sorted', 'enumerate', 'zip', 'len'].map(
    (name) => `builtins.${name}`,
  ),
);

function iteratedBy(qualified: string, value: Value, frame: Frame): Value {
  return GOES_THROUGH.has(qualified) ? iterated(value, frame) : value;
}

/** Wrappers that give back the model they are handed. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'torch.compile',
  'torch.jit.script',
  'copy.deepcopy',
  'copy.copy',
  'torch.nn.DataParallel',
  'torch.nn.parallel.DistributedDataParallel',
  'builtins.list',
  'builtins.tuple',
  'builtins.iter',
  'builtins.reversed',
  'builtins.sorted',
]);

/** What Python has built in, for lists and for containers of layers alike. */
function builtinCall(qualified: string, args: Arguments, frame: Frame): Value | undefined {
  const values = args.positional.map((value) => iteratedBy(qualified, value, frame));
  const [first = UNKNOWN, second = UNKNOWN] = values;
  if (WRAPPERS.has(qualified)) return first;
  switch (qualified) {
    case 'builtins.isinstance':
      return truth(agreed(optionsOf(first).map((option) => isInstance(frame.interpreter, option, second))));
    case 'builtins.hasattr':
      return second.kind === 'text' ? hasAttribute(first, second.text, frame) : UNKNOWN;
    case 'builtins.getattr':
      return getAttribute(first, second, frame);
    case 'builtins.type':
      return typeOf(first);
    case 'builtins.len':
      return first.kind === 'list' && !first.open ? number(literal(first.items.length)) : UNKNOWN;
    case 'builtins.range':
      return range(args.positional);
    case 'builtins.enumerate':
      return first.kind === 'list'
        ? list(
            first.items.map((item, index) => list([number(literal(index)), item])),
            first.open,
          )
        : UNKNOWN;
    case 'builtins.zip':
    case 'itertools.chain':
      return qualified.endsWith('zip') ? zip(values) : chain(values);
    case 'builtins.filter':
      return second;
    case 'builtins.dict':
    case 'collections.OrderedDict':
      return first.kind === 'unknown' ? { kind: 'dict', entries: args.named, open: args.open } : first;
    case 'builtins.print':
      return NONE;
    default:
      return undefined;
  }
}

/**
 * A call that leaves the file. A layer or parameter it is handed may come back changed; a whole model is taken to be
 * trained, logged or saved, unless the name speaks of initializing or loading.
 */
function foreignCall(qualified: string, site: CallSite): Value {
  const { args, frame } = site;
  const values = everyArgument(args);
  const changesModels = /init|reset|load|pretrain|weight|param/i.test(
    qualified.slice(qualified.lastIndexOf('.') + 1),
  );
  const handsOverParts = values
    .flatMap(optionsOf)
    .some((value) => value.kind !== 'object' && value.kind !== 'list');
  if (changesModels || handsOverParts) {
    const kept = qualified === 'mup.set_base_shapes' || qualified === 'torch.nn.utils.clip_grad_norm_';
    if (!kept) forgetInits(args, frame);
  }
  const result = opaqueResult(qualified, values);
  if (result.kind === 'tensor') return result;
  // by convention a class: in a model it is a part whose inside is not read
  const isClass = /(?:^|\.)[A-Z]\w*$/.test(qualified);
  if (!isClass || !frame.building) return UNKNOWN;
  return constructLayer(qualified, { family: 'other' }, site);
}

function truth(answer: boolean | null): Value {
  return answer === null ? UNKNOWN : { kind: 'truth', value: answer };
}

function isInstance(interpreter: Interpreter, value: Value, of: Value): boolean | null {
  if (of.kind === 'list') {
    const answers = of.items.map((one) => isInstance(interpreter, value, one));
    if (answers.includes(true)) return true;
    return answers.every((answer) => answer === false) ? false : null;
  }
  if (of.kind === 'reference') return isInstanceOfReference(value, of.qualified);
  if (of.kind !== 'class') return null;
  if (value.kind === 'object') return lineage(interpreter, value.definition).includes(of.definition);
  return value.kind === 'layer' ? false : null;
}

function isInstanceOfReference(value: Value, qualified: string): boolean | null {
  if (value.kind === 'layer') {
    if (value.layer.qualified === qualified || isModuleBase(qualified)) return true;
    // a layer whose own class is known is none of another class that is known
    return findLayer(qualified) !== undefined && findLayer(value.layer.qualified) !== undefined
      ? isKin(value, qualified)
      : null;
  }
  if (value.kind === 'object') return findLayer(qualified) === undefined ? null : false;
  return null;
}

/** mup's readouts are linear layers to Python. */
function isKin(value: Extract<Value, { kind: 'layer' }>, qualified: string): boolean {
  return value.layer.knowledge.family === 'unread-linear' && qualified === 'torch.nn.Linear';
}

function hasAttribute(value: Value, name: string, frame: Frame): Value {
  if (value.kind === 'object' && frame.heap.attributes(value.id).has(name))
    return { kind: 'truth', value: true };
  if (value.kind !== 'layer' || (name !== 'weight' && name !== 'bias')) return UNKNOWN;
  const { family } = value.layer.knowledge;
  if (family === 'other') return UNKNOWN;
  return { kind: 'truth', value: ['linear', 'embedding', 'unread-linear', 'norm'].includes(family) };
}

function getAttribute(object: Value, name: Value, frame: Frame): Value {
  if (name.kind !== 'text') return UNKNOWN;
  if (object.kind === 'reference')
    return { kind: 'reference', qualified: `${object.qualified}.${name.text}` };
  const ids = object.kind === 'object' ? object.id : object.kind === 'layer' ? object.layer.id : null;
  const attribute = ids === null ? undefined : frame.heap.attributes(ids).get(name.text);
  return attribute?.value ?? namedModule(object, name.text, frame);
}

function namedModule(object: Value, path: string, frame: Frame): Value {
  return namedModules(object, frame).find((module) => module.path === path)?.value ?? UNKNOWN;
}

function typeOf(value: Value): Value {
  if (value.kind === 'layer') return { kind: 'reference', qualified: value.layer.qualified };
  return value.kind === 'object' ? { kind: 'class', definition: value.definition } : UNKNOWN;
}

const MAX_RANGE = 64;

function range(bounds: readonly Value[]): Value {
  const exact = bounds.map(exactInteger);
  const [first, second, step = 1] = exact;
  if (first === undefined || exact.includes(undefined)) return UNKNOWN;
  const [start, end] = second === undefined ? [0, first] : [first, second];
  const length = Math.ceil((end - start) / step);
  if (!(length <= MAX_RANGE)) return UNKNOWN;
  return list(
    Array.from({ length: Math.max(0, length) }, (_, index) => number(literal(start + index * step))),
  );
}

function zip(lists: readonly Value[]): Value {
  const items = lists.map((one) => (one.kind === 'list' && !one.open ? one.items : undefined));
  if (items.length === 0 || items.includes(undefined)) return UNKNOWN;
  const length = Math.min(...items.map((one) => one?.length ?? 0));
  return list(Array.from({ length }, (_, index) => list(items.map((one) => one?.[index] ?? UNKNOWN))));
}

function chain(lists: readonly Value[]): Value {
  return list(
    lists.flatMap((one) => (one.kind === 'list' ? one.items : [either([one])])),
    lists.some((one) => one.kind !== 'list' || one.open),
  );
}
