import { grouped } from '../../grouped.ts';
import { exactValue, type Quantity, symbolsOf } from '../../growth/quantity.ts';
import { toNumber } from '../../growth/rational.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';

/**
 * How a model uses plain numbers as a width multiplier is used, whatever they are called: its root divides the starts of
 * matrices, and it divides rates and what a readout is given or gives.
 */
export interface MultiplierUses {
  /** Those of two such uses: nothing else is used so. By their names, as one configuration comes by several ways. */
  readonly certain: ReadonlySet<string>;
  /** Those of which one use may be of such a number. */
  readonly possible: ReadonlySet<string>;
  /** Those that may be base width ÷ width: their roots multiply starts. */
  readonly inverse: ReadonlySet<string>;
}

type Use = 'start' | 'rate' | 'readout';

/** Which numbers may be width multipliers. */
export interface Numbers {
  readonly isPlain: (symbol: WidthSymbol) => boolean;
  /** Whether it is a size: what is made of one, as width ÷ base width is, tells by itself how it grows. */
  readonly isSize: (symbol: WidthSymbol) => boolean;
  readonly isWidth: (symbol: WidthSymbol) => boolean;
}

export function multiplierUses(model: ObservedModel, numbers: Numbers): MultiplierUses {
  const powersOf = (quantity: Quantity): readonly Power[] =>
    [...symbolsOf(quantity)].some(numbers.isSize)
      ? []
      : powersIn(quantity).filter(({ symbol }) => numbers.isPlain(symbol));
  const signs = [
    ...[...startsOf(model, numbers)].flatMap((std) => powersOf(std).flatMap(signOfStart)),
    ...[...ratesOf(model)].flatMap((rate) => powersOf(rate).flatMap(signOfRate)),
    ...readoutFactors(model.forward).flatMap(({ factor, isGiven }) =>
      powersOf(factor).flatMap((power) => signOfReadout(power, isGiven)),
    ),
  ];
  const telling = (what: Sign['tells']) => new Set(signs.filter(({ tells }) => tells === what).map(nameOf));
  const uses = grouped(signs, nameOf);
  const isCertain = (all: readonly Sign[]) => new Set(all.flatMap(({ use }) => use ?? [])).size > 1;
  return {
    certain: new Set([...uses].filter(([, all]) => isCertain(all)).map(([name]) => name)),
    possible: telling('possible'),
    inverse: telling('inverse'),
  };
}

/** One use of a number. */
interface Sign {
  readonly name: string;
  /** Of which a width multiplier has several. */
  readonly use: Use | null;
  /** What this use alone says that the number may be. */
  readonly tells: 'possible' | 'inverse' | null;
}

function nameOf({ name }: Sign): string {
  return name;
}

function signOfStart({ symbol: { name }, exponent, isAlone }: Power): readonly Sign[] {
  if (exponent === -1 / 2) return [{ name, use: 'start', tells: isAlone ? 'possible' : null }];
  return exponent === 1 / 2 && isAlone ? [{ name, use: null, tells: 'inverse' }] : [];
}

function signOfRate({ symbol: { name }, exponent }: Power): readonly Sign[] {
  return exponent === -1 ? [{ name, use: 'rate', tells: null }] : [];
}

/** What divides what the last layer gives is a temperature more often. */
function signOfReadout({ symbol: { name }, exponent }: Power, isGiven: boolean): readonly Sign[] {
  return exponent === -1 ? [{ name, use: 'readout', tells: isGiven ? 'possible' : null }] : [];
}

interface Power {
  readonly symbol: WidthSymbol;
  readonly exponent: number;
  /** Whether nothing else stands under the root with it. */
  readonly isAlone: boolean;
}

function powersIn(quantity: Quantity, exponent = 1, isAlone = true): readonly Power[] {
  switch (quantity.op) {
    case 'symbol':
      return quantity.value === null || exactValue(quantity) !== undefined
        ? [{ symbol: quantity.symbol, exponent, isAlone }]
        : powersIn(quantity.value, exponent, isAlone);
    case 'multiply':
    case 'divide': {
      const isPart = Number.isInteger(exponent) && isAlone;
      const right = quantity.op === 'divide' ? -exponent : exponent;
      return [...powersIn(quantity.left, exponent, isPart), ...powersIn(quantity.right, right, isPart)];
    }
    case 'either':
      return [...powersIn(quantity.left, exponent, isAlone), ...powersIn(quantity.right, exponent, isAlone)];
    case 'power':
      return powersIn(quantity.base, exponent * toNumber(quantity.exponent), isAlone);
    default:
      return [];
  }
}

/** How the entries of hidden matrices start, from features to features. */
function startsOf({ parameters }: ObservedModel, { isWidth }: Numbers): ReadonlySet<Quantity> {
  const isHidden = (dims: readonly Quantity[] | null) =>
    (dims ?? []).filter((dim) => [...symbolsOf(dim)].some(isWidth)).length > 1;
  return new Set(
    parameters.flatMap(({ dims, inits }) => (isHidden(dims) ? inits.map(({ std }) => std) : [])),
  );
}

function ratesOf({ optimizers }: ObservedModel): ReadonlySet<Quantity> {
  const groups = optimizers.flatMap(({ steps }) => steps.flatMap((step) => step.groups));
  return new Set(groups.flatMap(({ lr, scales }) => [lr, ...scales.values()]));
}

interface ReadoutFactor {
  readonly factor: Quantity;
  /** Whether it multiplies what the last layer is given, not what that gives. */
  readonly isGiven: boolean;
}

/** A tensor on the way back from the outputs. */
interface Reached {
  readonly tensor: Tensor;
  /** Whether it is what the last layer is given, or is made of before it. */
  readonly isGiven: boolean;
}

/** What stands right before and behind the last contraction with a parameter. */
function readoutFactors(outputs: readonly Tensor[]): readonly ReadoutFactor[] {
  const found: ReadoutFactor[] = [];
  const [given, made] = [new Set<Tensor>(), new Set<Tensor>()];
  const waiting: Reached[] = outputs.map((tensor) => ({ tensor, isGiven: false }));
  // A list is gone through to its end, what is added on the way included.
  for (const { tensor, isGiven } of waiting) {
    const before = isGiven ? given : made;
    if (before.has(tensor)) continue;
    before.add(tensor);
    if (tensor.op === 'scale') found.push({ factor: tensor.factor, isGiven });
    waiting.push(...behind({ tensor, isGiven }));
  }
  return found;
}

const PASSED: ReadonlySet<Tensor['op']> = new Set(['scale', 'view', 'choice']);
const MADE: ReadonlySet<Tensor['op']> = new Set(['contract', 'loss', 'act', 'softmax', 'add']);

function behind({ tensor, isGiven }: Reached): readonly Reached[] {
  if (!PASSED.has(tensor.op) && (isGiven || !MADE.has(tensor.op))) return [];
  const isContracted = isGiven || tensor.op === 'contract';
  return operandsOf(tensor).map((operand) => ({ tensor: operand, isGiven: isContracted }));
}
