/**
 * Weights with a number each, as a binary tree over their places that shares what it can with those it was made of: the
 * residual stream of a deep network depends on hundreds of weights, and each block adds but a few.
 *
 * The number is a dilution; NaN where it is not known whether the weight belongs.
 */
export type WeightSet = Branch | Leaf | Everything | null;

interface Leaf {
  readonly weight: number;
  readonly dilution: number;
}

/** Places whose bit is 0 to the left, 1 to the right; bits above are the same in all. */
interface Branch {
  readonly bit: number;
  /** The bits above, of all places in it. */
  readonly prefix: number;
  readonly left: Branch | Leaf;
  readonly right: Branch | Leaf;
  /** Whether one of its weights belongs for certain. */
  readonly certain: boolean;
}

/** Any weight may belong: what is said of sets that are too entangled to be told apart. */
interface Everything {
  readonly everything: true;
}

const EVERYTHING: WeightSet = { everything: true };

type Tree = Branch | Leaf;

function isLeaf(tree: Tree): tree is Leaf {
  return 'weight' in tree;
}

function isEverything(set: WeightSet): set is Everything {
  return set !== null && 'everything' in set;
}

/** The set of one weight. */
export function onlyWeight(weight: number, dilution: number): WeightSet {
  return { weight, dilution };
}

/** The number of a weight; undefined where it does not belong. */
export function dilutionIn(set: WeightSet, weight: number): number | undefined {
  if (set === null) return undefined;
  if (isEverything(set)) return Number.NaN;
  let tree: Tree = set;
  while (!isLeaf(tree)) tree = (weight & tree.bit) === 0 ? tree.left : tree.right;
  return tree.weight === weight ? tree.dilution : undefined;
}

/** The same weights with other numbers; of a set in which any weight may belong, itself. */
export function mapSet(set: WeightSet, f: (dilution: number) => number): WeightSet {
  if (set === null || isEverything(set)) return set;
  const mapTree = (tree: Tree): Tree =>
    isLeaf(tree)
      ? { weight: tree.weight, dilution: f(tree.dilution) }
      : branch(tree, mapTree(tree.left), mapTree(tree.right));
  return mapTree(set);
}

function branch({ bit, prefix }: Pick<Branch, 'bit' | 'prefix'>, left: Tree, right: Tree): Branch {
  return { bit, prefix, left, right, certain: isCertain(left) || isCertain(right) };
}

/** Whether one of the weights belongs for certain. */
function isCertain(tree: Tree): boolean {
  return isLeaf(tree) ? !Number.isNaN(tree.dilution) : tree.certain;
}

/** The weight of least place; undefined of none. */
export function firstWeight(set: WeightSet): number | undefined {
  if (set === null || isEverything(set)) return undefined;
  let tree: Tree = set;
  while (!isLeaf(tree)) tree = tree.left;
  return tree.weight;
}

/** Whether a weight of the first belongs to the second; null where that is not known. */
export function meets(left: WeightSet, right: WeightSet): boolean | null {
  if (left === null || right === null) return false;
  if (isEverything(left) || isEverything(right)) return null;
  return treesMeet(left, right);
}

function treesMeet(left: Tree, right: Tree): boolean | null {
  if (left === right) return isCertain(left) || null;
  if (isLeaf(left)) return toMeeting(dilutionIn(right, left.weight), left.dilution);
  if (isLeaf(right)) return toMeeting(dilutionIn(left, right.weight), right.dilution);
  const [outer, inner] = left.bit >= right.bit ? [left, right] : [right, left];
  if (outer.bit === inner.bit) {
    if (outer.prefix !== inner.prefix) return false;
    return eitherMeets(treesMeet(outer.left, inner.left), () => treesMeet(outer.right, inner.right));
  }
  if (!covers(outer, inner.prefix)) return false;
  return treesMeet((inner.prefix & outer.bit) === 0 ? outer.left : outer.right, inner);
}

function toMeeting(found: number | undefined, wanted: number): boolean | null {
  if (found === undefined) return false;
  return Number.isNaN(found) || Number.isNaN(wanted) ? null : true;
}

function eitherMeets(first: boolean | null, second: () => boolean | null): boolean | null {
  if (first === true) return true;
  const other = second();
  return other === true || first === false ? other : null;
}

/** Whether the places with this prefix all belong under the branch. */
function covers({ bit, prefix }: Branch, place: number): boolean {
  return prefixOf(place, bit) === prefix;
}

/** The bits above `bit`. */
function prefixOf(place: number, bit: number): number {
  return place & ~(2 * bit - 1);
}

/** What of the first is not in the second. */
export function without(left: WeightSet, right: WeightSet): WeightSet {
  if (left === null || right === null || isEverything(left)) return left;
  return isEverything(right) ? null : treeWithout(left, right);
}

function treeWithout(left: Tree, right: Tree): Tree | null {
  if (left === right) return null;
  if (isLeaf(left)) return dilutionIn(right, left.weight) === undefined ? left : null;
  if (isLeaf(right)) return withoutWeight(left, right.weight);
  if (left.bit === right.bit && left.prefix === right.prefix) {
    return joined(left, treeWithout(left.left, right.left), treeWithout(left.right, right.right));
  }
  if (left.bit > right.bit && covers(left, right.prefix)) {
    return (right.prefix & left.bit) === 0
      ? joined(left, treeWithout(left.left, right), left.right)
      : joined(left, left.left, treeWithout(left.right, right));
  }
  if (right.bit > left.bit && covers(right, left.prefix)) {
    return treeWithout(left, (left.prefix & right.bit) === 0 ? right.left : right.right);
  }
  return left;
}

function withoutWeight(tree: Tree, weight: number): Tree | null {
  if (isLeaf(tree)) return tree.weight === weight ? null : tree;
  return (weight & tree.bit) === 0
    ? joined(tree, withoutWeight(tree.left, weight), tree.right)
    : joined(tree, tree.left, withoutWeight(tree.right, weight));
}

/** The branch with other halves: itself where they are its own. */
function joined(whole: Branch, left: Tree | null, right: Tree | null): Tree | null {
  if (left === null) return right;
  if (right === null) return left;
  return left === whole.left && right === whole.right ? whole : branch(whole, left, right);
}

/** Unions, of which so many branches may be new: beyond that each is `EVERYTHING`. */
export class WeightUnions {
  #left: number;
  /** By branch: the same one each time, so that what is made of it is shared, too. */
  readonly #blurred = new Map<Branch, Branch>();

  constructor(most: number) {
    this.#left = most;
  }

  /** All of both, with the smaller dilution of what is in both. */
  union(left: WeightSet, right: WeightSet): WeightSet {
    if (left === null || left === right) return right;
    if (right === null) return left;
    if (isEverything(left) || isEverything(right) || this.#left <= 0) return EVERYTHING;
    return this.#unionOf(left, right);
  }

  /** The same weights, none of which belongs for certain. */
  blurred(set: WeightSet): WeightSet {
    return set === null || isEverything(set) ? set : this.#blurredTree(set);
  }

  #blurredTree(tree: Tree): Tree {
    if (!isCertain(tree)) return tree;
    if (isLeaf(tree)) return { weight: tree.weight, dilution: Number.NaN };
    const made =
      this.#blurred.get(tree) ?? branch(tree, this.#blurredTree(tree.left), this.#blurredTree(tree.right));
    this.#blurred.set(tree, made);
    return made;
  }

  #unionOf(left: Tree, right: Tree): Tree {
    if (left === right) return left;
    const bit = Math.max(bitOf(left), bitOf(right), highestDifference(placeOf(left), placeOf(right)));
    if (bit === 0) return smaller(left as Leaf, right as Leaf);
    this.#left--;
    const [ofLeft, ofRight] = [split(left, bit), split(right, bit)];
    const first = this.#both(ofLeft[0], ofRight[0]);
    const second = this.#both(ofLeft[1], ofRight[1]);
    for (const tree of [left, right]) {
      if (!isLeaf(tree) && tree.bit === bit && tree.left === first && tree.right === second) return tree;
    }
    return branch({ bit, prefix: prefixOf(placeOf(left), bit) }, first, second);
  }

  #both(left: Tree | null, right: Tree | null): Tree {
    if (left !== null && right !== null) return this.#unionOf(left, right);
    // SAFETY: a branch stands at a bit in which two places differ, so that neither half is empty.
    return (left ?? right) as Tree;
  }
}

function bitOf(tree: Tree): number {
  return isLeaf(tree) ? 0 : tree.bit;
}

/** A place in the tree, or with zeros from its bit downwards. */
function placeOf(tree: Tree): number {
  return isLeaf(tree) ? tree.weight : tree.prefix;
}

/** The two halves of a tree at a bit that is not below its own. */
function split(tree: Tree, bit: number): readonly [Tree | null, Tree | null] {
  if (!isLeaf(tree) && tree.bit === bit) return [tree.left, tree.right];
  return (placeOf(tree) & bit) === 0 ? [tree, null] : [null, tree];
}

/** The highest bit in which two places differ; 0 where they are one. */
function highestDifference(left: number, right: number): number {
  return left === right ? 0 : 1 << (31 - Math.clz32(left ^ right));
}

/** A weight with the smaller of two dilutions; whether it belongs at all is certain where its dilution is 0. */
function smaller(left: Leaf, right: Leaf): Leaf {
  if (Number.isNaN(left.dilution)) return right.dilution === 0 ? right : left;
  if (Number.isNaN(right.dilution)) return left.dilution === 0 ? left : right;
  return left.dilution <= right.dilution ? left : right;
}
