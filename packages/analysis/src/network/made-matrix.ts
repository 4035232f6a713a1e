import type { Span } from '../syntax/span.ts';
import { multiple, sum } from './elementwise.ts';
import type { Contraction, Tensor } from './graph.ts';
import { contract, isData, isOfParameters, shapeOf, sumsOver } from './tensor.ts';

/*
 * A matrix that code makes of parameters, as W + B A of a low rank update, is each of them one after the other to what it is
 * applied to: (W + B A) x = W x + B (A x). So it is a parameter that meets the features, and no features that meet others.
 */

/** Which of the two dimensions of a matrix is summed over. */
type Place = 0 | 1;

/** Whether a matrix is a sum or a product of parameters, in which all parts are matrices. */
export function isMadeMatrix(matrix: Tensor): boolean {
  return isOfParameters(matrix) && partsOf(matrix) > 1;
}

/** How many parameters stand in a matrix that is made by sums and products alone; 0 for any other. */
function partsOf(matrix: Tensor): number {
  if (isData(matrix) || shapeOf(matrix)?.open !== false || shapeOf(matrix)?.dims.length !== 2) return 0;
  switch (matrix.op) {
    case 'weight':
      return 1;
    case 'scale':
      return matrix.centres === true ? 0 : partsOf(matrix.of);
    case 'view':
      return isTranspose(matrix) ? partsOf(matrix.of) : 0;
    case 'add':
      return together(matrix.of);
    case 'contract':
      return isProduct(matrix) ? together(matrix.of) : 0;
    default:
      return 0;
  }
}

function together(parts: readonly Tensor[]): number {
  const counts = parts.map(partsOf);
  return counts.includes(0) ? 0 : counts.reduce((all, one) => all + one, 0);
}

function isTranspose({ from, part }: Extract<Tensor, { op: 'view' }>): boolean {
  return part === null && from?.length === 2 && from[0]?.join() === '1' && from[1]?.join() === '0';
}

/** Whether it is A B, or that of their transposes. */
function isProduct(product: Contraction): boolean {
  const { left, right, out } = product.axes;
  const rows = [...out].filter((name) => left.includes(name) !== right.includes(name));
  return sumsOver(product) && left.length === 2 && right.length === 2 && rows.length === 2;
}

/** Features summed over one dimension of a matrix. */
export function appliedMatrix(of: Tensor, matrix: Tensor, at: Place, span: Span | null): Tensor {
  return isMadeMatrix(matrix) ? inParts(of, matrix, at, span) : met(of, matrix, at, span);
}

function inParts(of: Tensor, matrix: Tensor, at: Place, span: Span | null): Tensor {
  switch (matrix.op) {
    case 'scale':
      return multiple(inParts(of, matrix.of, at, span), matrix.factor, span);
    case 'view':
      return inParts(of, matrix.of, otherThan(at), span);
    case 'add':
      return sum(
        matrix.of.map((one) => inParts(of, one, at, span)),
        span,
      );
    case 'contract':
      return afterOneAnother(of, matrix, at, span);
    default:
      return met(of, matrix, at, span);
  }
}

function met(of: Tensor, matrix: Tensor, at: Place, span: Span | null): Tensor {
  const before = 'abcdefghijklmn'.slice(0, Math.max(0, (shapeOf(of)?.dims.length ?? 1) - 1));
  return contract(of, matrix, { left: `${before}z`, right: at === 0 ? 'zy' : 'yz', out: `${before}y` }, span);
}

function afterOneAnother(of: Tensor, { of: both, axes }: Contraction, at: Place, span: Span | null): Tensor {
  const isLeft = axes.left.includes(axes.out[at] ?? '');
  const [near, far] = isLeft ? both : [both[1], both[0]];
  const [nearAxes, farAxes] = isLeft ? [axes.left, axes.right] : [axes.right, axes.left];
  const first = nearAxes[0] === axes.out[at] ? 0 : 1;
  const between = nearAxes[otherThan(first)];
  const then = farAxes[0] === between ? 0 : 1;
  return inParts(inParts(of, near, first, span), far, then, span);
}

function otherThan(at: Place): Place {
  return at === 0 ? 1 : 0;
}
