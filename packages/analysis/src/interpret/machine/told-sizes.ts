import { exactValue, literal, type Quantity, symbolsOf } from '../../growth/quantity.ts';
import { compare, ONE, toNumber } from '../../growth/rational.ts';
import { isOfFile, type WidthSymbol } from '../../growth/symbol.ts';
import { type ParameterValue, parameterKey } from '../../network/layer.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import { type ReliedRatio, type SizeOrder, signOf, sizeOrder } from '../values/size-order.ts';
import type { DecidesSizes } from '../values/truth.ts';
import type { Value } from '../values/value.ts';
import type { Frame } from './interpreter.ts';
import { sizeGiven } from './sizes-given.ts';

/** Where a model is built or run, its code asks for sizes as they are at one width. */
const AT_ONE_WIDTH: ReadonlySet<string> = new Set(['__init__', 'forward']);

/**
 * How code that goes through the parameters of a model is answered that compares their sizes with others: as at all large
 * widths. What that takes for granted is noted of the parameters; functions that start them are told nothing that takes
 * something for granted. Where the code makes or runs the model, of two sizes no more is told than that they are one, or
 * that one is a multiple of the other.
 */
export function decidesSizes(frame: Frame): DecidesSizes {
  const { guards, reliedRatios } = frame.interpreter;
  const varies = (symbol: WidthSymbol) => guards.varies(symbol);
  if (frame.stack.some((one) => one.kind === 'function' && AT_ONE_WIDTH.has(one.name)))
    return (left, right) => orderAtOneWidth(left, right, varies);
  return (left, right) => {
    const measured = [left, right].flatMap(measuredBy);
    if (measured.length === 0) return null;
    const [one, other] = [left, right].map((side) =>
      sizeGiven(quantityOf(side), measuredBy(side)[0] ?? null, frame),
    );
    if (one == null || other == null) return null;
    const order = sizeOrder(spelledOut(one), spelledOut(other), varies);
    if (order === null) return null;
    const own = frame.stack.at(-1);
    if (order.relies.length > 0 && own !== undefined && starts(own)) return null;
    const relies = mayStart(frame)
      ? order.relies.map((each) => ({ ...each, starts: true as const }))
      : order.relies;
    for (const parameter of measured) note(reliedRatios, parameterKey(parameter), relies);
    return order;
  };
}

function orderAtOneWidth(
  left: Value,
  right: Value,
  varies: (symbol: WidthSymbol) => boolean,
): Pick<SizeOrder, 'sign'> | null {
  if (!isNumeric(left) || !isNumeric(right)) return null;
  const order = sizeOrder(quantityOf(left), quantityOf(right), varies);
  // A factor that a loop has a name for is the number that it is in its round.
  const ratios = order?.relies.map(({ ratio }) => exactValue(ratio)) ?? [];
  const [ratio] = ratios;
  if (ratios.length === 1 && ratio !== undefined) return { sign: signOf(compare(ratio, ONE)) };
  return order === null || ratios.length > 0 ? null : order;
}

/** A number that has a name in a function as it is; a constant of the file may be the width. */
function spelledOut(size: Quantity): Quantity {
  const exact = [...symbolsOf(size)].some(isOfFile) ? undefined : exactValue(size);
  return exact === undefined ? size : literal(toNumber(exact));
}

/** What changes tensors in place, and what is called after what it starts. */
const STARTS = /[a-z]_$|init|^data$/;

/** Whether code that is being run may give parameters other values; of what stands outside of functions that is not asked. */
function mayStart({ stack }: Frame): boolean {
  return stack.length === 0 || stack.some(starts);
}

function starts({ body }: Frame['stack'][number]): boolean {
  return [...wordsIn(body)].some((word) => STARTS.test(word));
}

/** The parameters that a number is a size of; those of one number are of one model. */
function measuredBy(value: Value): readonly ParameterValue[] {
  return value.kind === 'number' && value.computed !== true ? (value.measures ?? []) : [];
}

function note(noted: Map<string, readonly ReliedRatio[]>, key: string, relies: readonly ReliedRatio[]): void {
  if (relies.length > 0) noted.set(key, [...(noted.get(key) ?? []), ...relies]);
}
