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
import { initOf } from '../../interpret/heap.ts';
import { type Arguments, argument, type Frame } from '../../interpret/interpreter.ts';
import { negated, quantityOf } from '../../interpret/numbers.ts';
import { optionsOf, type Value } from '../../interpret/value.ts';
import type { Layer, ParameterValue } from '../../network/layer.ts';
import type { Span } from '../../syntax/span.ts';
import type { ArgumentPlace, BoundPlaces, InitializerKnowledge } from './tables.ts';

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
    const sure = options.length === 1;
    if (call.knowledge?.rule === 'scale') {
      const by = given(call.args, call.knowledge.by);
      scaleInit(
        option,
        { operator: call.knowledge.inverse ? '/' : '*', factor: by, span: call.span, sure },
        frame,
      );
      continue;
    }
    const std =
      call.knowledge === undefined ? UNKNOWN_QUANTITY : stdOf(call.knowledge, option.layer, call.args);
    const write = { std, span: call.span, by: call.by };
    frame.heap.write(option, write, sure);
  }
}

/** `parameter *= factor`, which surely happens or not. */
interface Scaling {
  readonly operator: string;
  readonly factor: Value;
  readonly span: Span;
  readonly sure: boolean;
}

/** Makes a parameter what it was before, scaled. */
export function scaleInit(
  parameter: ParameterValue,
  { operator, factor, span, sure }: Scaling,
  frame: Frame,
): void {
  const before = initOf(frame.heap, parameter).map((write) => write.std);
  const std = before.reduce((left, right) => pair('either', left, right));
  const scaled =
    operator === '*' || operator === '/'
      ? pair(operator === '*' ? 'multiply' : 'divide', std, quantityOf(factor))
      : UNKNOWN_QUANTITY;
  frame.heap.write(parameter, { std: scaled, span, by: `${operator}=` }, sure);
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
  if (place.default === undefined || args.open) return { kind: 'unknown', name: null };
  const numeric = Number(place.default);
  return Number.isNaN(numeric)
    ? { kind: 'text', text: place.default }
    : { kind: 'number', quantity: literal(numeric) };
}
