import { DATA_LENGTH, productOfAll } from '../../growth/product.ts';
import { literal } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { fixLeastRank, fixRank } from '../../network/ranks.ts';
import { lengthAt } from '../../network/shape.ts';
import { isData, shapeOf } from '../../network/tensor.ts';
import { list } from './containers.ts';
import { exactInteger, quantityOf } from './numbers.ts';
import { number, type ShapeValue, UNKNOWN, type Value } from './value.ts';

/** What a tensor says of its shape: `shape`, one of its lengths, how many there are, and their product. */
export function tensorShape(tensor: Tensor, name: string, index?: number): Value {
  const shape = shapeOf(tensor);
  if (shape === null) return UNKNOWN;
  if (name === 'shape' && index !== undefined) {
    noteAsked(tensor, index);
    return number(lengthAt(shape, index));
  }
  if (name === 'shape') {
    return shape.open ? { kind: 'shape', dims: shape.dims, of: tensor } : list(shape.dims.map(number));
  }
  if (name === 'numel') return number(productOfAll([...shape.dims, ...(shape.open ? [DATA_LENGTH] : [])]));
  return shape.open ? UNKNOWN : number(literal(shape.dims.length));
}

/** `shape[i]` of a shape that is not wholly known. */
export function lengthIn({ dims, of }: ShapeValue, index: Value): Value {
  const at = exactInteger(index);
  if (at === undefined) return UNKNOWN;
  if (of !== null) noteAsked(of, at);
  return number(lengthAt({ dims, open: true }, at));
}

/** Data of which the length of a dimension is asked for have as many dimensions. */
function noteAsked(tensor: Tensor, index: number): void {
  if (isData(tensor)) fixLeastRank(tensor, index < 0 ? -index : index + 1);
}

/** `shape[:-1]`, `shape[-2:]` */
export function sliceOfShape(shape: ShapeValue, from: Value | null, to: Value | null): Value {
  const start = from === null ? 0 : exactInteger(from);
  const end = to === null ? null : exactInteger(to);
  if (start === undefined || end === undefined) return UNKNOWN;
  return start === 0 ? frontOf(shape, end) : backOf(shape, start, end);
}

/** The lengths up to a place. */
function frontOf(shape: ShapeValue, end: number | null): Value {
  const { dims } = shape;
  if (end === null) return shape;
  if (end < 0) return { kind: 'shape', dims: -end <= dims.length ? dims.slice(0, end) : [], of: null };
  if (end > 1 && dims.length > 0) return UNKNOWN;
  return list(Array.from({ length: end }, () => number(DATA_LENGTH)));
}

/** The lengths from one of the last places on. */
function backOf({ dims }: ShapeValue, start: number, end: number | null): Value {
  if (start > 0 || -start > dims.length || (end !== null && end >= 0)) return UNKNOWN;
  return list(dims.slice(start, end ?? undefined).map(number));
}

/** `(*shape[:-1], a, b)`: what stands in front of a shape that is not wholly known are the data's lengths, too. */
export function spreadShape(items: readonly Value[]): Value {
  const last = items.findLastIndex(({ kind }) => kind === 'shape');
  const shape = items[last];
  if (shape?.kind !== 'shape') return UNKNOWN;
  const behind = items.slice(last + 1).map(quantityOf);
  const rest = items.slice(last + 1).findIndex((item) => exactInteger(item) === -1);
  if (rest < 0) return { kind: 'shape', dims: [...shape.dims, ...behind], of: null };
  return list([shape, ...items.slice(last + 1)]);
}

/** What one of several names gets of a shape, which so many names take apart: as many dimensions does it have. */
export function lengthUnpacked(shape: ShapeValue, index: number, count: number): Value {
  if (shape.dims.length > count) return UNKNOWN;
  if (shape.of !== null) fixRank(shape.of, count);
  return number(shape.dims.at(index - count) ?? DATA_LENGTH);
}
