import type { Budget } from '../../budget.ts';
import { isOne, productKey } from '../../growth/product.ts';
import { literal, pair, type Quantity } from '../../growth/quantity.ts';
import { withDensityOf } from '../../network/density.ts';
import type { Contraction, Shape, Sum, Tensor, View, WeightTensor } from '../../network/graph.ts';
import { operandsOf, shapeOf } from '../../network/tensor.ts';
import { type ForwardPass, readForwardPass } from './forward-pass.ts';

/** A forward pass in which a matrix that is used in parts alone is as many matrices. */
export interface PartedPass {
  readonly pass: ForwardPass;
  /** The parameter that a part of one is of; a whole one itself. */
  wholeOf(weight: WeightTensor): WeightTensor;
}

/**
 * Takes what makes query, key and value at once apart, as the calculus has it: each has a gradient and a change of its own.
 *
 *     part(x W + b) = x part(W) + part(b)
 *
 * What anything else reads as a whole stays as it is.
 */
export function partedWeights(pass: ForwardPass, budget: Budget): PartedPass {
  const parter = new Parter();
  const views = pass.tensors.filter((tensor) => tensor.op === 'view' && tensor.part !== null);
  const tried = new Map(views.map((view) => [view, parter.throughOf(view)]));
  const parted = apart(tried, pass.tensors);
  if (parted.size === 0) return { pass, wholeOf: (weight) => weight };
  for (const tensor of pass.tensors) {
    budget.spend(WORK_OF_TENSOR);
    parter.write(tensor, parted.has(tensor));
  }
  const outputs = pass.outputs.map((tensor) => parter.written(tensor));
  return { pass: readForwardPass(outputs, budget), wholeOf: (weight) => parter.wholeOf(weight) };
}

const WORK_OF_TENSOR = 2;

/** The views whose parts nobody reads in another way. */
function apart(
  tried: ReadonlyMap<Tensor, ReadonlySet<Tensor> | null>,
  tensors: readonly Tensor[],
): ReadonlySet<Tensor> {
  const readers = new Map<Tensor, Tensor[]>();
  for (const tensor of tensors) {
    for (const operand of operandsOf(tensor)) readers.set(operand, [...(readers.get(operand) ?? []), tensor]);
  }
  let views = [...tried].flatMap(([view, through]) => (through === null ? [] : [{ view, through }]));
  for (let before = -1; before !== views.length; ) {
    before = views.length;
    const within = new Set(views.flatMap(({ view, through }) => [view, ...through]));
    const isReadWhole = (tensor: Tensor) => (readers.get(tensor) ?? []).some((reader) => !within.has(reader));
    const whole = new Set([...within].filter((tensor) => !tried.has(tensor) && isReadWhole(tensor)));
    views = views.filter(({ through }) => [...through].every((tensor) => !whole.has(tensor)));
  }
  return new Set(views.map(({ view }) => view));
}

/** A stretch of a dimension, wherever that is found again in what the dimension is made of. */
interface Stretch {
  readonly name: string;
  lengthIn(whole: Quantity): Quantity;
}

class Parter {
  private readonly made = new Map<Tensor, Tensor>();
  private readonly parts = new Map<WeightTensor, Map<string, WeightTensor>>();
  private readonly wholes = new Map<WeightTensor, WeightTensor>();
  private through: Set<Tensor> = new Set();

  wholeOf(weight: WeightTensor): WeightTensor {
    return this.wholes.get(weight) ?? weight;
  }

  /** What lies between a part and the parameters that it is a part of; null where it cannot be told from the rest. */
  throughOf(view: Tensor): ReadonlySet<Tensor> | null {
    this.through = new Set();
    const made = view.op === 'view' ? this.parted(view) : null;
    const isOfWeights = [...this.through].some((tensor) => tensor.op === 'weight');
    return made !== null && isOfWeights ? this.through : null;
  }

  write(tensor: Tensor, isParted: boolean): void {
    const parted = isParted && tensor.op === 'view' ? this.parted(tensor) : null;
    this.made.set(tensor, parted ?? this.rewritten(tensor));
  }

  written(tensor: Tensor): Tensor {
    return this.made.get(tensor) ?? tensor;
  }

  private rewritten(tensor: Tensor): Tensor {
    const of = operandsOf(tensor);
    const now = of.map((operand) => this.written(operand));
    if (now.every((operand, at) => operand === of[at])) return tensor;
    return withOperands(tensor, now, shapeOf(tensor));
  }

  private parted(view: View): Tensor | null {
    const { of, from, part, span } = view;
    const shape = shapeOf(view);
    const whole = shapeOf(of)?.dims[part?.dim ?? -1];
    if (part === null || from === null || shape === null || whole === undefined) return null;
    const kept = from.findIndex((places) => places.includes(part.dim));
    const length = shape.dims[kept] ?? literal(1);
    const stretch: Stretch = {
      name: `${part.dim} ${part.name}`,
      lengthIn: (dim) =>
        productKey(dim) === productKey(whole) ? length : pair('divide', pair('multiply', dim, length), whole),
    };
    const inner = this.partIn(of, part.dim, stretch);
    return inner === null ? null : { op: 'view', of: inner, from, part: null, shape, span };
  }

  /** The stretch of one dimension of a tensor, made of what the tensor is made of. */
  private partIn(tensor: Tensor, place: number, stretch: Stretch): Tensor | null {
    const shape = shapeOf(tensor);
    const length = shape?.dims[place];
    if (shape === null || length === undefined) return null;
    const dims = shape.dims.with(place, stretch.lengthIn(length));
    const narrow: Shape = { dims, open: shape.open };
    if (tensor.op === 'input') return withDensityOf(tensor, { ...tensor, shape: narrow });
    this.through.add(tensor);
    switch (tensor.op) {
      case 'weight':
        return this.partOfWeight(tensor, narrow, `${place} ${stretch.name}`);
      case 'scale':
      case 'act':
        return this.remade(tensor, [this.partIn(tensor.of, place, stretch)], narrow);
      case 'choice':
        return this.remade(tensor, this.each(tensor.of, place, stretch), narrow);
      case 'add':
        return this.remade(tensor, this.terms(tensor, { place, rank: dims.length }, stretch), narrow);
      case 'contract':
        return this.remade(tensor, this.operands(tensor, { place, rank: dims.length }, stretch), narrow);
      case 'view': {
        const [source, ...more] = tensor.from?.[place] ?? [];
        if (tensor.part !== null || source === undefined || more.length > 0) return null;
        return this.remade(tensor, [this.partIn(tensor.of, source, stretch)], narrow);
      }
      default:
        return null;
    }
  }

  private remade(tensor: Tensor, of: readonly (Tensor | null)[], shape: Shape): Tensor | null {
    return of.every((one) => one !== null) ? withOperands(tensor, of, shape) : null;
  }

  private each(of: readonly Tensor[], place: number, stretch: Stretch): readonly (Tensor | null)[] {
    return of.map((one) => this.partIn(one, place, stretch));
  }

  /** The terms of a sum: one that is spread along the dimension has no part of it. */
  private terms({ of }: Sum, { place, rank }: PlaceIn, stretch: Stretch): readonly (Tensor | null)[] {
    return of.map((term) => {
      const dims = shapeOf(term)?.dims;
      if (dims === undefined) return null;
      const at = place - (rank - dims.length);
      const length = dims[at];
      if (length === undefined || isOne(length)) return this.written(term);
      return this.partIn(term, at, stretch);
    });
  }

  private operands(
    { of, axes }: Contraction,
    { place, rank }: PlaceIn,
    stretch: Stretch,
  ): readonly (Tensor | null)[] {
    const letter = axes.out[place + axes.out.length - rank];
    return [axes.left, axes.right].map((letters, side) => {
      const operand = of[side]!;
      const at = letter === undefined ? -1 : letters.indexOf(letter);
      if (letter === undefined) return null;
      if (at < 0) return this.written(operand);
      const listed = shapeOf(operand)?.dims.length ?? 0;
      return this.partIn(operand, at - (letters.length - listed), stretch);
    });
  }

  private partOfWeight(weight: WeightTensor, shape: Shape, name: string): WeightTensor {
    const parts = this.parts.get(weight) ?? new Map<string, WeightTensor>();
    this.parts.set(weight, parts);
    const part = parts.get(name) ?? { ...weight, shape };
    parts.set(name, part);
    this.wholes.set(part, weight);
    return part;
  }
}

/** A place in the listed dimensions of a shape of so many. */
interface PlaceIn {
  readonly place: number;
  readonly rank: number;
}

/** A tensor of the same kind, made of others. */
function withOperands(tensor: Tensor, of: readonly Tensor[], shape: Shape | null): Tensor {
  const [first] = of;
  if (tensor.op === 'input' || tensor.op === 'weight' || first === undefined) return tensor;
  const now = 'op' in tensor.of ? first : of;
  return { ...tensor, of: now, shape } as Tensor;
}
