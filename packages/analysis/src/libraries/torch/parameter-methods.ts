import { literal } from '../../growth/quantity.ts';
import { itemOf } from '../../interpret/language/items.ts';
import { type Arguments, argument, everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { noteRewritten } from '../../interpret/modules/gradients.ts';
import { shapeOf } from '../../interpret/modules/modules.ts';
import { isMovedBySteps } from '../../interpret/modules/optimizer-state.ts';
import { list } from '../../interpret/values/containers.ts';
import { exactInteger } from '../../interpret/values/numbers.ts';
import { LOADED, unreadInit } from '../../interpret/values/parameter-state.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { number, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { ParameterValue } from '../../network/layer.ts';
import { initialize } from './initializers.ts';
import { isFromOutside } from './loaded-state.ts';
import { isStepByHand, setTo } from './own-parameters.ts';
import { findInitializerMethod } from './tables.ts';

/** What a method of a parameter gives. */
export function parameterMethod(parameter: ParameterValue, name: string, site: CallSite): Value {
  const { args, frame } = site;
  if (name === 'dim' || name === 'ndimension') return rankOf(parameter, frame);
  if (name === 'size') return sizeOf(parameter, args, frame);
  if (name === 'requires_grad_') {
    freeze([parameter], site);
    return parameter;
  }
  if (!name.endsWith('_')) {
    const view = { ...parameter, part: true as const };
    if (name === 'chunk') return chunksOf(view, args);
    if (VIEWS.has(name)) return view;
    return PASSES_PARAMETER.has(name) ? { ...parameter, detached: true } : UNKNOWN;
  }
  changeInPlace(parameter, name, site);
  return parameter;
}

/** What a method that ends in `_` does to where a parameter starts, or to how it is trained. */
function changeInPlace(parameter: ParameterValue, name: string, { args, frame, span }: CallSite): void {
  if (name === 'copy_' || name === 'set_') {
    const [source = UNKNOWN] = everyArgument(args);
    if (parameter.inState === true && isFromOutside(source)) {
      frame.heap.parameters.write(parameter, { ...unreadInit(span), by: LOADED }, 'weak');
    } else setTo(parameter, source, { frame, span, by: name, update: 'strong' });
  } else if (STEPS.has(name) && isStepByHand(parameter, frame)) {
    if (isMovedBySteps(parameter, frame)) noteRewritten(parameter, { what: name, span }, frame);
  } else {
    const knowledge = findInitializerMethod(name);
    if (!LEAVES_RATES.has(knowledge?.rule ?? '') && isMovedBySteps(parameter, frame))
      noteRewritten(parameter, { what: name, span }, frame);
    initialize(parameter, { by: name, knowledge, args, span }, frame);
  }
}

/**
 * What leaves nothing of where steps have moved a parameter, from where the next run goes on, as `nn.init` has it; what
 * scales it sees to its rate itself.
 */
const LEAVES_RATES: ReadonlySet<string> = new Set(['std', 'uniform', 'zero', 'constant', 'scale']);

/** What a step along a gradient ends with. */
const STEPS: ReadonlySet<string> = new Set(
  'add_ sub_ subtract_ mul_ multiply_ div_ addcmul_ addcdiv_ addmm_ lerp_'.split(' '),
);

const PASSES_PARAMETER: ReadonlySet<string> = new Set(
  'detach to cuda cpu numpy to_local full_tensor redistribute'.split(' '),
);
const VIEWS: ReadonlySet<string> = new Set(
  'clone view reshape flatten t transpose permute squeeze unsqueeze narrow select split unbind diagonal'.split(
    ' ',
  ),
);

/** More chunks than code names. */
const MOST_CHUNKS = 64;

/** `weight.chunk(3)`: as many parts as it says. */
function chunksOf(part: ParameterValue, args: Arguments): Value {
  const count = exactInteger(argument(args, { name: 'chunks', index: 0 }) ?? UNKNOWN);
  if (count === undefined || count < 1 || count > MOST_CHUNKS) return part;
  return list(
    Array.from({ length: count }, () => part),
    false,
    true,
  );
}

/** How many dimensions a parameter has. */
export function rankOf(parameter: ParameterValue, frame: Frame): Value {
  const shape = shapeOf(parameter, frame);
  return shape.kind === 'list' ? number(literal(shape.items.length)) : UNKNOWN;
}

/** `size()` is the shape, `size(0)` its first number. */
function sizeOf(parameter: ParameterValue, { positional: [dimension] }: Arguments, frame: Frame): Value {
  const shape = shapeOf(parameter, frame);
  return dimension === undefined ? shape : itemOf(shape, dimension, frame);
}

/** `requires_grad_()` lets parameters be trained, with False it keeps them from it. */
export function freeze(parameters: readonly ParameterValue[], { args, frame }: CallSite): void {
  const {
    positional: [first],
    named,
  } = args;
  const trained = first ?? named.get('requires_grad');
  for (const parameter of parameters) {
    frame.heap.parameters.freeze(parameter, trained === undefined || truthOf(trained));
  }
}
