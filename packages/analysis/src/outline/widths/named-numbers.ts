import type { Budget } from '../../budget.ts';
import { DATA } from '../../growth/product.ts';
import { freeSymbolsOf, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Shape, Tensor } from '../../network/graph.ts';
import type { InitWrite } from '../../network/init.ts';
import type { ObservedModel, ObservedParameter } from '../../observe/observed-model.ts';
import type { ForwardPass } from '../forward/forward-pass.ts';

/** A model and its forward pass in which sizes that the code writes as numbers are names. */
export interface NamedNumbers {
  readonly model: ObservedModel;
  readonly pass: ForwardPass;
  readonly names: ReadonlySet<WidthSymbol>;
}

/**
 * Gives every number that is the size of features a name, the same number the same one; null where there is none.
 *
 * So a network whose sizes are numbers is read as one with names for them. Lengths of kernels are no sizes of features,
 * and a number that only ever multiplies others is a ratio.
 */
export function nameNumbers(model: ObservedModel, pass: ForwardPass, budget: Budget): NamedNumbers | null {
  const sizes = sizesIn(model);
  if (sizes.size === 0) return null;
  budget.spend(pass.tensors.length + model.parameters.length);
  const naming = new Naming(sizes);
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
    },
    pass: {
      tensors: pass.tensors.map(named),
      outputs: pass.outputs.map(named),
      isData: (tensor) => pass.isData(original(tensor)),
      isComputed: (tensor) => pass.isComputed(original(tensor)),
    },
    names: new Set(sizes.values()),
  };
}

function sizesIn({ parameters }: ObservedModel): ReadonlyMap<number, WidthSymbol> {
  const values = parameters.flatMap(({ dims, layer }) => {
    const lengths = dims !== null && dims.length > 1 ? featureDims(dims, layer.family) : [];
    return lengths.flatMap((length) => {
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

  constructor(sizes: ReadonlyMap<number, WidthSymbol>) {
    this.sizes = sizes;
  }

  quantity(quantity: Quantity): Quantity {
    const known = this.known.get(quantity);
    if (known !== undefined) return known;
    const made = isNamed(quantity) ? quantity : this.replaced(quantity);
    this.known.set(quantity, made);
    return made;
  }

  parameter(parameter: ObservedParameter): ObservedParameter {
    const { dims, layer, inits } = parameter;
    const isKernel = (at: number) => CONVOLUTIONS.has(layer.family) && at >= 2;
    return {
      ...parameter,
      dims: dims?.map((dim, at) => (isKernel(at) ? dim : this.quantity(dim))) ?? null,
      inits: inits.map((write): InitWrite => ({ ...write, std: this.quantity(write.std) })),
    };
  }

  /** A tensor made of named ones. Whether a factor that holds such a number goes with it is not known. */
  tensor(tensor: Tensor, named: ReadonlyMap<Tensor, Tensor>): Tensor {
    const isKernel = tensor.op === 'weight' && CONVOLUTIONS.has(tensor.layer.family);
    const shape = this.shape(tensor.shape, isKernel);
    if (tensor.op === 'input' || tensor.op === 'weight') return { ...tensor, shape };
    const made = (one: Tensor) => named.get(one) ?? one;
    const of = 'op' in tensor.of ? made(tensor.of) : tensor.of.map(made);
    const more =
      tensor.op === 'scale'
        ? { factor: this.holds(tensor.factor) ? UNKNOWN_QUANTITY : tensor.factor }
        : tensor.op === 'softmax'
          ? { over: this.quantity(tensor.over) }
          : {};
    // SAFETY: of what kind it is and how many it is made of stays as it was.
    return { ...tensor, shape, of, ...more } as Tensor;
  }

  private shape(shape: Shape | null, isKernel: boolean): Shape | null {
    if (shape === null) return null;
    return { ...shape, dims: shape.dims.map((dim, at) => (isKernel && at >= 2 ? dim : this.quantity(dim))) };
  }

  private holds(quantity: Quantity): boolean {
    return this.quantity(quantity) !== quantity;
  }

  private replaced(quantity: Quantity): Quantity {
    switch (quantity.op) {
      case 'literal': {
        const symbol = this.sizes.get(quantity.value);
        return symbol === undefined ? quantity : { op: 'symbol', symbol, value: null };
      }
      case 'symbol': {
        const value = quantity.value && this.quantity(quantity.value);
        return value === null || value === quantity.value ? quantity : value;
      }
      case 'unknown':
        return quantity;
      case 'power': {
        const base = this.quantity(quantity.base);
        return base === quantity.base ? quantity : { ...quantity, base };
      }
      case 'negate':
      case 'logarithm':
      case 'steady': {
        const of = this.quantity(quantity.of);
        return of === quantity.of ? quantity : { ...quantity, of };
      }
      default: {
        const [left, right] = [this.quantity(quantity.left), this.quantity(quantity.right)];
        return left === quantity.left && right === quantity.right ? quantity : { ...quantity, left, right };
      }
    }
  }
}
