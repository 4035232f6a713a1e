import type { WidthSymbol } from '../growth/symbol.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { AssignStatement, ClassStatement, FunctionStatement } from '../syntax/ast.ts';
import { childrenOf, type Node, nodesFrom, nodesIn } from '../syntax/nodes-in.ts';
import { isSamePlace } from '../syntax/span.ts';
import type { CodeAround } from './code-around.ts';
import { chainText, functionAround } from './nodes.ts';

/**
 * What layers of the class around an offset say of their sizes: `self.qkv.in_features`. Of those alone that the constructor
 * makes on a line of its body, on every way and once, before the code at the offset runs, and that have one size wherever the
 * model has the class.
 */
export function ownSizes(
  { weights }: Pick<Model, 'weights'>,
  code: Pick<CodeAround, 'module'>,
  offset: number,
): ReadonlyMap<WidthSymbol, string> {
  const found: { readonly symbol: WidthSymbol; readonly by: string; readonly text: string }[] = [];
  for (const { place, value } of layersAround(code, offset)) {
    const own = weights.filter(
      ({ path, spans, layer }) =>
        isSamePlace(spans.constructor, value.span) && (path.endsWith('.weight') || isParameter(layer)),
    );
    const [symbol = null, ...others] = new Set(own.map((one) => sizeOf(one)?.symbol ?? null));
    const [by = null] = own.map((one) => sizeOf(one)?.by ?? null);
    if (symbol !== null && others.length === 0 && by !== null)
      found.push({ symbol, by, text: `${place}.${by}` });
  }
  // Of one width the last in the map stands: the size that is said in the fewest words.
  const ways = [...BY.values()];
  const inOrder = [
    ...ways.flatMap((way) => found.filter(({ by }) => by === way)),
    ...found.filter(({ by }) => !ways.includes(by)),
  ];
  return new Map(inOrder.toReversed().map(({ symbol, text }) => [symbol, text]));
}

interface MadeLayer {
  /** `self.qkv`, by what code at the offset calls the model. */
  readonly place: string;
  readonly value: Node;
}

/** The layers of a class that code at an offset surely has. */
function layersAround({ module }: Pick<CodeAround, 'module'>, offset: number): readonly MadeLayer[] {
  const { made, owner } = functionAround(module, offset) ?? {};
  const [self] = made?.parameters ?? [];
  const maker = owner?.body.find((one) => one.kind === 'function' && one.name === '__init__');
  if (made === undefined || self === undefined || maker?.kind !== 'function' || owner == null) return [];
  if (made.decorators.some((one) => /^(?:static|class)method$/.test(chainText(one) ?? ''))) return [];
  // The constructor of a base may run any method before a layer is made, but no forward pass.
  if (made.name !== 'forward' && !owner.bases.every(isModule)) return [];
  const until = made === maker ? offset : firstUse(maker, owner);
  return maker.body.flatMap((one) => {
    const attribute = one.kind === 'assign' && one.span.end <= until ? attributeOf(one, maker) : null;
    if (one.kind !== 'assign' || one.value === null || attribute === null) return [];
    return isSetOnce(attribute, owner) ? [{ place: `${self.name}.${attribute}`, value: one.value }] : [];
  });
}

function isModule({ value: base }: ClassStatement['bases'][number]): boolean {
  return /(?:^|\.)Module$/.test(chainText(base) ?? '');
}

/** `qkv` of `self.qkv = …`. */
function attributeOf({ targets }: AssignStatement, { parameters: [self] }: FunctionStatement): string | null {
  const [target, ...others] = targets;
  if (target?.kind !== 'attribute' || others.length > 0) return null;
  return chainText(target.object) === self?.name ? target.attribute : null;
}

const SETS = new WeakMap<ClassStatement, ReadonlyMap<string, number>>();

function isSetOnce(attribute: string, owner: ClassStatement): boolean {
  const known = SETS.get(owner) ?? setsIn(owner);
  SETS.set(owner, known);
  return known.get(attribute) === 1;
}

/** How many assignments in a class set an attribute of each name, whatever it is an attribute of. */
function setsIn(owner: ClassStatement): ReadonlyMap<string, number> {
  const sets = new Map<string, number>();
  for (const node of nodesIn(owner)) {
    if (node.kind !== 'assign') continue;
    for (const name of new Set(node.targets.flatMap(attributesIn))) sets.set(name, (sets.get(name) ?? 0) + 1);
  }
  return sets;
}

function attributesIn(target: Node): readonly string[] {
  return nodesFrom(target).flatMap((node) => (node.kind === 'attribute' ? [node.attribute] : []));
}

/** Of each class whose constructor it is: nodes and not their places, which move as the file is edited. */
const USES = new WeakMap<ClassStatement, readonly Node[]>();

/** Where a constructor first calls a method of its class, or hands itself over: what that runs has what was made before. */
function firstUse(maker: FunctionStatement, owner: ClassStatement): number {
  const known = USES.get(owner) ?? usesIn(maker, owner);
  USES.set(owner, known);
  return Math.min(Number.POSITIVE_INFINITY, ...known.map(({ span }) => span.start));
}

function usesIn(maker: FunctionStatement, { body }: ClassStatement): readonly Node[] {
  const methods = new Set(body.flatMap((one) => (one.kind === 'function' ? [one.name] : [])));
  const [self] = maker.parameters;
  const isSelf = (node: Node) => node.kind === 'name' && node.name === self?.name;
  return nodesIn(maker).filter((node) =>
    node.kind === 'attribute'
      ? isSelf(node.object) && methods.has(node.attribute)
      : childrenOf(node).some(isSelf),
  );
}

interface Size {
  /** The attribute in which a layer keeps it. */
  readonly by: string;
  /** Null where it is a multiple of a width. */
  readonly symbol: WidthSymbol | null;
}

/** A size of a layer that may be a width: what it sums over, gives for an id, or normalizes. */
function sizeOf({ layer, dims }: Weight): Size | null {
  const { family } = layer;
  if (isParameter(layer)) {
    const at = dims?.findLastIndex(({ op }) => op === 'symbol') ?? -1;
    const along = dims?.[at];
    return along?.op === 'symbol' ? { by: `shape[${at}]`, symbol: along.symbol } : null;
  }
  const by = BY.get(family);
  const of = dims?.at(-1);
  if (by === undefined || of === undefined) return null;
  return { by, symbol: of.op === 'symbol' ? of.symbol : null };
}

function isParameter({ family }: Weight['layer']): boolean {
  return family === 'parameter';
}

const BY: ReadonlyMap<string, string> = new Map([
  ['linear', 'in_features'],
  ['embedding', 'embedding_dim'],
  ['norm', 'weight.shape[0]'],
]);
