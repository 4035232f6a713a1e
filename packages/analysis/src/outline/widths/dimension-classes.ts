import { isDataLength, isOne, isOpenLength, isSameProduct } from '../../growth/product.ts';
import { type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { isData, operandsOf } from '../../network/tensor.ts';
import { placeOf } from '../forward/contraction-side.ts';
import type { ForwardPass } from '../forward/forward-pass.ts';

/** Which dimensions of the tensors of a forward pass are one: those that operations take together, entry by entry. */
export interface DimensionClasses {
  /** The same number for dimensions that are one. */
  classOf(tensor: Tensor, place: number): number;
  /** Whether the data brings this dimension along. */
  isDatas(tensor: Tensor, place: number): boolean;
  /** Whether a longer dimension was taken apart into this one and others, as into heads. */
  isSplit(tensor: Tensor, place: number): boolean;
  /** The lengths of what longer dimensions are taken apart into, those of one view together. */
  readonly splitTogether: readonly (readonly Quantity[])[];
  /** The lengths that dimensions which are one have, where they are written in several ways. */
  readonly sameLengths: readonly (readonly Quantity[])[];
}

/** Follows every dimension through a forward pass. */
export function classesOf({ tensors }: Pick<ForwardPass, 'tensors'>): DimensionClasses {
  const joined = new JoinedDimensions(tensors);
  for (const tensor of tensors) joinAround(tensor, joined);
  const data = joined.having(tensors, (tensor, length) => isGiven(tensor) || isDataLength(length));
  const split = new Set<number>();
  const splitTogether: (readonly Quantity[])[] = [];
  for (const tensor of tensors) {
    if (tensor.op !== 'view') continue;
    const places = splitIn(tensor.of, tensor);
    for (const place of places) split.add(joined.classOf(tensor, place));
    if (places.length > 0) {
      splitTogether.push(places.map((place) => tensor.shape?.dims[place] ?? UNKNOWN_QUANTITY));
    }
  }
  return {
    classOf: (tensor, place) => joined.classOf(tensor, place),
    isDatas: (tensor, place) => data.has(joined.classOf(tensor, place)),
    isSplit: (tensor, place) => split.has(joined.classOf(tensor, place)),
    splitTogether,
    sameLengths: joined.lengths(),
  };
}

/** What a model is given has the data's dimensions; numbers that its code makes have what it gives them. */
export function isGiven(tensor: Tensor): boolean {
  return tensor.op === 'input' && tensor.span === null;
}

/** A union of sets, with a number for each dimension. */
class JoinedDimensions {
  private readonly first = new Map<Tensor, number>();
  private readonly all: Quantity[] = [];
  /** Those of numbers that the code makes: how many of them it makes is said less often than it is read. */
  private readonly made = new Set<number>();
  private readonly parent: number[] = [];

  constructor(tensors: readonly Tensor[]) {
    for (const tensor of tensors) {
      this.first.set(tensor, this.all.length);
      for (const length of tensor.shape?.dims ?? []) {
        if (isData(tensor)) this.made.add(this.all.length);
        this.parent.push(this.all.length);
        this.all.push(length);
      }
    }
  }

  classOf(tensor: Tensor, place: number): number {
    return this.root((this.first.get(tensor) ?? 0) + place);
  }

  /** Makes two dimensions one, unless one of them is spread along the other, or only on a condition that long. */
  join(one: Tensor, place: number, other: Tensor, otherPlace: number): void {
    const [left, right] = [one.shape?.dims[place], other.shape?.dims[otherPlace]];
    if (left === undefined || right === undefined || isOne(left) || isOne(right)) return;
    if ((left.op === 'either') !== (right.op === 'either')) return;
    this.parent[this.classOf(one, place)] = this.classOf(other, otherPlace);
  }

  having(
    tensors: readonly Tensor[],
    holds: (tensor: Tensor, length: Quantity) => boolean,
  ): ReadonlySet<number> {
    const found = new Set<number>();
    for (const tensor of tensors) {
      for (const [place, length] of (tensor.shape?.dims ?? []).entries()) {
        if (holds(tensor, length)) found.add(this.classOf(tensor, place));
      }
    }
    return found;
  }

  lengths(): readonly (readonly Quantity[])[] {
    const classes = new Map<number, Set<Quantity>>();
    for (const [at, length] of this.all.entries()) {
      if (length.op === 'literal' && this.made.has(at)) continue;
      const root = this.root(at);
      classes.set(root, (classes.get(root) ?? new Set()).add(length));
    }
    return [...classes.values()].filter(({ size }) => size > 1).map((lengths) => [...lengths]);
  }

  private root(at: number): number {
    let root = at;
    for (let up = this.parent[root]; up !== undefined && up !== root; up = this.parent[root]) {
      const above = this.parent[up] ?? up;
      this.parent[root] = above;
      root = above;
    }
    return root;
  }
}

function joinAround(tensor: Tensor, joined: JoinedDimensions): void {
  switch (tensor.op) {
    case 'contract': {
      const [left, right] = tensor.of;
      const sides = [
        { of: left, letters: tensor.axes.left },
        { of: right, letters: tensor.axes.right },
        { of: tensor, letters: tensor.axes.out },
      ] as const;
      joinLetters(sides, joined);
      return;
    }
    case 'view':
      for (const [from, to] of keptIn(tensor.of, tensor)) joined.join(tensor.of, from, tensor, to);
      return;
    case 'loss':
    case 'unread':
      return;
    default:
      for (const operand of operandsOf(tensor)) joinFromLast(operand, tensor, joined);
  }
}

function joinLetters(
  sides: readonly { readonly of: Tensor; readonly letters: string }[],
  joined: JoinedDimensions,
): void {
  const places = new Map<string, { readonly of: Tensor; readonly place: number }>();
  for (const { of, letters } of sides) {
    for (const [at, letter] of [...letters].entries()) {
      const place = placeOf(of, letters, at);
      const before = places.get(letter);
      if (before !== undefined) joined.join(of, place, before.of, before.place);
      // What is 1 long is spread along the others, which are one.
      const length = of.shape?.dims[place];
      if (length !== undefined && !isOne(length)) places.set(letter, { of, place });
    }
  }
}

function joinFromLast(one: Tensor, other: Tensor, joined: JoinedDimensions): void {
  const [mine, theirs] = [one.shape?.dims.length ?? 0, other.shape?.dims.length ?? 0];
  for (let back = 1; back <= Math.min(mine, theirs); back++) {
    joined.join(one, mine - back, other, theirs - back);
  }
}

/** The dimensions that a view leaves: all where it changes none, else those whose length there is once before and after. */
export function keptIn(
  { shape: from }: Tensor,
  { shape: to }: Tensor,
): readonly (readonly [number, number])[] {
  const [before, after] = [from?.dims ?? [], to?.dims ?? []];
  if (before.length === after.length && before.every((one, at) => isSame(one, after[at]))) {
    return before.map((_, at) => [at, at]);
  }
  return before.flatMap((length, at): readonly (readonly [number, number])[] => {
    const same = after.flatMap((one, place) => (isSame(length, one) ? [place] : []));
    const [place] = same;
    const alone = before.filter((one) => isSame(length, one)).length === 1;
    return alone && same.length === 1 && place !== undefined ? [[at, place]] : [];
  });
}

function isSame(one: Quantity, other: Quantity | undefined): boolean {
  return other !== undefined && one.op !== 'unknown' && isSameProduct(one, other);
}

/** The dimensions of a view that are new, where they are more than those that are gone. */
function splitIn(from: Tensor, to: Tensor): readonly number[] {
  const kept = keptIn(from, to);
  const [before, after] = [from.shape?.dims ?? [], to.shape?.dims ?? []];
  const gone = before.filter((length, at) => isOpenLength(length) && !kept.some(([place]) => place === at));
  const added = after.flatMap((length, at) =>
    isOpenLength(length) && !kept.some(([, place]) => place === at) ? [at] : [],
  );
  return gone.length > 0 && added.length > gone.length ? added : [];
}
