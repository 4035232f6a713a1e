import type { Budget } from '../../budget.ts';
import { DATA } from '../../growth/product.ts';
import { exactValue, freeSymbolsOf, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { toNumber } from '../../growth/rational.ts';
import { isOfFile, type WidthSymbol } from '../../growth/symbol.ts';
import { withDensityOf } from '../../network/density.ts';
import type { Shape, Tensor } from '../../network/graph.ts';
import type { InitWrite, Scaled } from '../../network/init.ts';
import type { ObservedModel, ObservedParameter } from '../../observe/observed-model.ts';
import type { ForwardPass } from '../forward/forward-pass.ts';
import { matches } from './declarations.ts';

/** A model and its forward pass in which sizes that the code writes as numbers are names. */
export interface NamedNumbers {
  readonly model: ObservedModel;
  readonly pass: ForwardPass;
  readonly names: ReadonlySet<WidthSymbol>;
  /** Constants of the file and what is declared, which are names of their own. */
  readonly constants: readonly WidthSymbol[];
}

/**
 * Gives every number that is the size of features a name, the same number the same one; null where there is none.
 *
 * So a network whose sizes are numbers is read as one with names for them. A constant of the file, `WIDTH = 512`, is its
 * own name, as is what somebody declares: who writes another number there scales the model. Lengths of kernels are no
 * sizes of features, and a number that only ever multiplies others is a ratio.
 */
export function nameNumbers(
  model: ObservedModel,
  pass: ForwardPass,
  { declared, isName, budget }: NamingOptions,
): NamedNumbers | null {
  budget.spend(pass.tensors.length + model.parameters.length);
  const constants = new Constants({ declared, isName, areAll: model.isSizedOutside });
  const sizes = sizesIn(model, constants);
  if (sizes.size === 0 && constants.presets.size === 0) return null;
  const naming = new Naming(sizes, constants);
  const tensors = new Map<Tensor, Tensor>();
  for (const tensor of pass.tensors) tensors.set(tensor, naming.tensor(tensor, tensors));
  const named = (tensor: Tensor) => tensors.get(tensor) ?? tensor;
  const before = new Map([...tensors].map(([one, other]) => [other, one]));
  const original = (tensor: Tensor) => before.get(tensor) ?? tensor;
  return {
    model: {
      ...model,
      forward: model.forward.map(named),
      parameters: model.parameters.map((parameter) => naming.parameter(parameter)),
      presets: new Map([...constants.presets, ...model.presets]),
    },
    pass: {
      tensors: pass.tensors.map(named),
      returned: pass.returned.map(named),
      outputs: pass.outputs.map(named),
      isData: (tensor) => pass.isData(original(tensor)),
      isComputed: (tensor) => pass.isComputed(original(tensor)),
    },
    names: new Set(sizes.values()),
    constants: [...constants.presets.keys()],
  };
}

interface NamingOptions {
  /** What somebody says is a width. */
  readonly declared: readonly string[];
  /** Which constants of the file are names of their own. */
  isName(constant: WidthSymbol): boolean;
  readonly budget: Budget;
}

/** Constants of the file and what is declared: names that the code gives a number. */
class Constants {
  /** Their numbers, as far as they were met. */
  readonly presets = new Map<WidthSymbol, number>();
  private readonly known = new Map<Quantity, Quantity>();
  private readonly declared: readonly string[];
  private readonly isName: NamingOptions['isName'];
  /** Whether a name that a function gives a number is one, too. */
  private readonly areAll: boolean;

  constructor({
    declared,
    isName,
    areAll,
  }: Pick<NamingOptions, 'declared' | 'isName'> & { areAll: boolean }) {
    this.declared = declared;
    this.isName = isName;
    this.areAll = areAll;
  }

  /** A quantity in which constants are names without a number. */
  freed(quantity: Quantity): Quantity {
    const known = this.known.get(quantity);
    if (known !== undefined) return known;
    const made =
      quantity.op === 'symbol' && quantity.value !== null && this.holds(quantity.symbol, quantity.value)
        ? ({ op: 'symbol', symbol: quantity.symbol, value: null } as const)
        : withParts(quantity, (part) => this.freed(part));
    this.known.set(quantity, made);
    return made;
  }

  private holds(symbol: WidthSymbol, value: Quantity): boolean {
    const isConstant =
      (this.areAll || isOfFile(symbol)) &&
      this.isName(symbol) &&
      value.op === 'literal' &&
      Number.isInteger(value.value) &&
      value.value > 1;
    if (!isConstant && !this.declared.some((name) => matches(symbol, name))) return false;
    const exact = exactValue(value);
    if (exact !== undefined) this.presets.set(symbol, toNumber(exact));
    return true;
  }
}

function sizesIn({ parameters }: ObservedModel, constants: Constants): ReadonlyMap<number, WidthSymbol> {
  const values = parameters.flatMap(({ dims, layer }) => {
    const lengths = dims !== null && dims.length > 1 ? featureDims(dims, layer.family) : [];
    return lengths
      .map((length) => constants.freed(length))
      .flatMap((length) => {
        const [value, ...factors] = isNamed(length) ? [] : numbersIn(length);
        return value === undefined || factors.length > 0 ? [] : [value];
      });
  });
  return new Map([...new Set(values)].map((value) => [value, { name: String(value), owner: null }]));
}

const CONVOLUTIONS: ReadonlySet<string> = new Set(['convolution', 'transposed-convolution']);

function featureDims(dims: readonly Quantity[], family: string): readonly Quantity[] {
  return CONVOLUTIONS.has(family) ? dims.slice(0, 2) : dims;
}

/** Whether a length has a name of the code in it: numbers beside it are its factors. */
function isNamed(length: Quantity): boolean {
  return [...freeSymbolsOf(length)].some((symbol) => symbol !== DATA);
}

/** The whole numbers above 1 in a length, also those that have a name for themselves. */
function numbersIn(length: Quantity): readonly number[] {
  switch (length.op) {
    case 'literal':
      return Number.isInteger(length.value) && length.value > 1 ? [length.value] : [];
    case 'symbol':
      return length.value === null ? [] : numbersIn(length.value);
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
    case 'maximum':
    case 'minimum':
    case 'either':
      return [...numbersIn(length.left), ...numbersIn(length.right)];
    default:
      return [];
  }
}

/** Puts names in the place of numbers. */
class Naming {
  private readonly known = new Map<Quantity, Quantity>();
  private readonly sizes: ReadonlyMap<number, WidthSymbol>;
  private readonly constants: Constants;

  constructor(sizes: ReadonlyMap<number, WidthSymbol>, constants: Constants) {
    this.sizes = sizes;
    this.constants = constants;
  }

  quantity(written: Quantity): Quantity {
    const known = this.known.get(written);
    if (known !== undefined) return known;
    const quantity = this.constants.freed(written);
    const made = isNamed(quantity) ? quantity : this.replaced(quantity);
    this.known.set(written, made);
    return made;
  }

  parameter(parameter: ObservedParameter): ObservedParameter {
    const { dims, layer, inits } = parameter;
    const isKernel = (at: number) => CONVOLUTIONS.has(layer.family) && at >= 2;
    return {
      ...parameter,
      dims: dims?.map((dim, at) => (isKernel(at) ? dim : this.quantity(dim))) ?? null,
      inits: inits.map((write): InitWrite => ({ ...write, ...this.scaled(write) })),
    };
  }

  private scaled({ std, span, scales }: Scaled): Scaled {
    return { std: this.quantity(std), span, ...(scales && { scales: this.scaled(scales) }) };
  }

  /** A tensor made of named ones. Whether a factor that holds such a number goes with it is not known. */
  tensor(tensor: Tensor, named: ReadonlyMap<Tensor, Tensor>): Tensor {
    const isKernel = tensor.op === 'weight' && CONVOLUTIONS.has(tensor.layer.family);
    const shape = this.shape(tensor.shape, isKernel);
    const joined = tensor.joined?.map(({ filled, whole }) => ({
      filled: filled.map((length) => this.quantity(length)),
      whole: this.quantity(whole),
    }));
    if (tensor.op === 'input' || tensor.op === 'weight') return withDensityOf(tensor, { ...tensor, shape });
    const made = (one: Tensor) => named.get(one) ?? one;
    const of = 'op' in tensor.of ? made(tensor.of) : tensor.of.map(made);
    const more =
      tensor.op === 'scale'
        ? { factor: this.factor(tensor.factor) }
        : tensor.op === 'softmax'
          ? { over: this.quantity(tensor.over) }
          : {};
    const beside = joined && { joined };
    // SAFETY: of what kind it is and how many it is made of stays as it was.
    return withDensityOf(tensor, { ...tensor, shape, of, ...more, ...beside } as Tensor);
  }

  private shape(shape: Shape | null, isKernel: boolean): Shape | null {
    if (shape === null) return null;
    return { ...shape, dims: shape.dims.map((dim, at) => (isKernel && at >= 2 ? dim : this.quantity(dim))) };
  }

  private factor(written: Quantity): Quantity {
    const factor = this.constants.freed(written);
    return this.quantity(factor) === factor ? factor : UNKNOWN_QUANTITY;
  }

  private replaced(quantity: Quantity): Quantity {
    if (quantity.op !== 'literal') return withParts(quantity, (part) => this.quantity(part));
    const symbol = this.sizes.get(quantity.value);
    return symbol === undefined ? quantity : { op: 'symbol', symbol, value: null };
  }
}

/** A quantity with other parts; a name for a number is what becomes of the number. */
function withParts(quantity: Quantity, part: (quantity: Quantity) => Quantity): Quantity {
  switch (quantity.op) {
    case 'literal':
    case 'unknown':
      return quantity;
    case 'symbol': {
      const value = quantity.value && part(quantity.value);
      return value === null || value === quantity.value ? quantity : value;
    }
    case 'power': {
      const base = part(quantity.base);
      return base === quantity.base ? quantity : { ...quantity, base };
    }
    case 'negate':
    case 'logarithm':
    case 'steady': {
      const of = part(quantity.of);
      return of === quantity.of ? quantity : { ...quantity, of };
    }
    default: {
      const [left, right] = [part(quantity.left), part(quantity.right)];
      return left === quantity.left && right === quantity.right ? quantity : { ...quantity, left, right };
    }
  }
}
