import { builtinCall, effectCall } from '../libraries/python/builtins.ts';
import { initialize } from '../libraries/torch/initializers.ts';
import { torchLayer } from '../libraries/torch/layers.ts';
import { buildOptimizer, buildScheduler } from '../libraries/torch/optimizers.ts';
import { findInitializer, findLayer, findOptimizer } from '../libraries/torch/tables.ts';
import { foreignInit } from './assign.ts';
import { foreignCall } from './foreign.ts';
import { argument, type CallSite, everyArgument } from './interpreter.ts';
import { namedParameters, shapeOf } from './modules.ts';
import { numericCall } from './numbers.ts';
import { tensorCall } from './tensors.ts';
import { list, optionsOf, UNKNOWN, type Value } from './value.ts';

/** What a function or class of a library gives. */
export function callReference(qualified: string, site: CallSite): Value {
  const { args, frame, span } = site;
  const layer = findLayer(qualified);
  if (layer !== undefined) return torchLayer(qualified, layer, site);
  if (/^(?:torch\.nn|mup)\.init\.\w+$/.test(qualified)) {
    const target = argument(args, { name: 'tensor', index: 0 }) ?? UNKNOWN;
    if (FANS.has(qualified)) return fansOf(target);
    const by = qualified.slice(qualified.lastIndexOf('.') + 1);
    initialize(target, { by, knowledge: findInitializer(qualified), args, span }, frame);
    return target;
  }
  if (REPARAMETRIZES.test(qualified)) return reparametrized(site);
  const optimizer = findOptimizer(qualified);
  if (optimizer !== undefined) {
    return buildOptimizer(qualified, optimizer, site);
  }
  if (qualified.startsWith('torch.optim.lr_scheduler.')) return buildScheduler(site);
  return (
    tensorCall(qualified, args) ??
    numericCall(qualified, args.positional) ??
    effectCall(qualified, site) ??
    builtinCall(qualified, args, frame) ??
    foreignCall(qualified, site, qualified.startsWith('torch.nn.') ? 'unread' : 'other')
  );
}

/** What a layer computes its weight from is something else from then on. */
const REPARAMETRIZES =
  /^torch\.nn\.utils\.(?:parametriz(?:e|ations)\.\w+|(?:weight|spectral)_norm|prune\.\w+)$/;

function reparametrized({ args, frame, span }: CallSite): Value {
  const [module = UNKNOWN] = everyArgument(args);
  for (const option of optionsOf(module)) {
    if (option.kind !== 'layer' && option.kind !== 'object') continue;
    for (const { parameter } of namedParameters(option, frame)) {
      frame.heap.seal(parameter, { ...foreignInit(span), by: 'a reparametrization' });
    }
  }
  return module;
}

const FANS: ReadonlySet<string> = new Set(['torch.nn.init._calculate_fan_in_and_fan_out']);

/** The fan-in and fan-out of a weight. */
function fansOf(target: Value): Value {
  const shape = target.kind === 'parameter' ? shapeOf(target) : UNKNOWN;
  const [rows, columns] = shape.kind === 'list' ? shape.items : [];
  return rows === undefined || columns === undefined ? UNKNOWN : list([columns, rows]);
}
