import {
  exactValue,
  literal,
  pair,
  power,
  type Quantity,
  sameQuantity,
  UNKNOWN_QUANTITY,
} from '../../growth/quantity.ts';
import { HALF, negate } from '../../growth/rational.ts';
import { type Arguments, argument, type CallSite, type Frame } from '../../interpret/interpreter.ts';
import { shapeOf } from '../../interpret/modules.ts';
import { negated, quantityOf } from '../../interpret/numbers.ts';
import { scaleInit } from '../../interpret/scale-init.ts';
import { list, optionsOf, UNKNOWN, type Value } from '../../interpret/value.ts';
import type { Layer } from '../../network/layer.ts';
import type { Span } from '../../syntax/span.ts';
import {
  type ArgumentPlace,
  type BoundPlaces,
  findInitializer,
  type InitializerKnowledge,
} from './tables.ts';

/** A function of torch.nn.init: sets what it is given, and gives it back. */
export function initializerCall(qualified: string, { args, frame, span }: CallSite): Value {
  const target = argument(args, { name: 'tensor', index: 0 }) ?? UNKNOWN;
  if (FANS.has(qualified)) return fansOf(target);
  const by = qualified.slice(qualified.lastIndexOf('.') + 1);
  initialize(target, { by, knowledge: findInitializer(qualified), args, span }, frame);
  return target;
}

/** What an initializer is called, with what, and where. */
export interface InitializerCall {
  readonly by: string;
  readonly knowledge: InitializerKnowledge | undefined;
  readonly args: Arguments;
  readonly span: Span;
}

/** Lets an initializer set the parameters that `target` may be; one that is not in the tables leaves them unknown. */
export function initialize(target: Value, call: InitializerCall, frame: Frame): void {
  const options = optionsOf(target);
  for (const option of options) {
    if (option.kind !== 'parameter') continue;
    const update = options.length === 1 ? 'strong' : 'weak';
    if (call.knowledge?.rule === 'scale') {
      const by = given(call.args, call.knowledge.by);
      scaleInit(
        option,
        { operator: call.knowledge.inverse ? '/' : '*', factor: by, span: call.span, update },
        frame,
      );
      continue;
    }
    const std =
      call.knowledge === undefined ? UNKNOWN_QUANTITY : stdOf(call.knowledge, option.layer, call.args);
    const write = { std, span: call.span, by: call.by };
    frame.heap.write(option, write, update);
  }
}

/** The standard deviation that an initializer draws with, up to constants. */
function stdOf(knowledge: InitializerKnowledge, layer: Layer, args: Arguments): Quantity {
  switch (knowledge.rule) {
    case 'zero':
      return literal(0);
    case 'constant': {
      const value = quantityOf(given(args, knowledge.value));
      return exactValue(value)?.numerator === 0 ? literal(0) : UNKNOWN_QUANTITY;
    }
    case 'std': {
      const mean = exactValue(quantityOf(given(args, knowledge.mean)));
      if (mean?.numerator !== 0) return UNKNOWN_QUANTITY;
      return within(quantityOf(given(args, knowledge.std)), knowledge.bounds, args);
    }
    case 'uniform':
      return uniformStd(quantityOf(given(args, knowledge.low)), quantityOf(given(args, knowledge.high)));
    case 'fan':
      return fanStd(knowledge, layer, args);
    default:
      return UNKNOWN_QUANTITY;
  }
}

/** A standard deviation cut off at bounds that the code gives: where they fall, it falls with them. */
function within(std: Quantity, bounds: BoundPlaces | undefined, args: Arguments): Quantity {
  const [low, high] = bounds === undefined ? [] : [argument(args, bounds.low), argument(args, bounds.high)];
  if (low === undefined || high === undefined) return std;
  const bound = pair('maximum', negated(quantityOf(low)), quantityOf(high));
  return exactValue(quantityOf(high)) === undefined ? pair('minimum', std, bound) : std;
}

/** A uniform distribution is followed where it is symmetric: up to a bound B its standard deviation is B/√3. */
function uniformStd(low: Quantity, high: Quantity): Quantity {
  const [left, right] = [exactValue(low), exactValue(negated(high))];
  const symmetric =
    left !== undefined && right !== undefined
      ? left.numerator === right.numerator && left.denominator === right.denominator
      : sameQuantity(low, negated(high));
  return symmetric ? pair('divide', high, power(literal(3), HALF)) : UNKNOWN_QUANTITY;
}

function fanStd(
  knowledge: Extract<InitializerKnowledge, { rule: 'fan' }>,
  layer: Layer,
  args: Arguments,
): Quantity {
  const inverseRoot = (fan: Quantity) => power(fan, negate(HALF));
  if (knowledge.fan === 'mode') {
    const mode = given(args, knowledge.mode);
    if (mode.kind !== 'text') return UNKNOWN_QUANTITY;
    return inverseRoot(mode.text === 'fan_out' ? layer.fanOut : layer.fanIn);
  }
  const gain = quantityOf(given(args, knowledge.gain));
  const combine = knowledge.fan === 'sum' ? 'add' : 'maximum';
  return pair('multiply', gain, inverseRoot(pair(combine, layer.fanIn, layer.fanOut)));
}

/** The argument, or the default that the table knows. */
function given(args: Arguments, place: ArgumentPlace): Value {
  const value = argument(args, place);
  if (value !== undefined) return value;
  if (place.default === undefined || args.open) return UNKNOWN;
  const numeric = Number(place.default);
  return Number.isNaN(numeric)
    ? { kind: 'text', text: place.default }
    : { kind: 'number', quantity: literal(numeric) };
}

const FANS: ReadonlySet<string> = new Set(['torch.nn.init._calculate_fan_in_and_fan_out']);

/** The fan-in and fan-out of a weight. */
function fansOf(target: Value): Value {
  const shape = target.kind === 'parameter' ? shapeOf(target) : UNKNOWN;
  const [rows, columns] = shape.kind === 'list' ? shape.items : [];
  return rows === undefined || columns === undefined ? UNKNOWN : list([columns, rows]);
}
