import { UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { isData, operandsOf, scale, timesUnknown } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';
import type { TensorValue } from './tensor-value.ts';

/** More ways that a tensor may have come are not told apart. */
const MOST_ROOTS = 16;

const knownRoots = new WeakMap<Tensor, ReadonlySet<Tensor>>();

/** The tensors whose entries a tensor may have, as a view has those of what it is a view of. */
function rootsOf(tensor: Tensor): ReadonlySet<Tensor> {
  const known = knownRoots.get(tensor);
  if (known !== undefined) return known;
  const roots = new Set<Tensor>();
  const ahead = [tensor];
  for (let one = ahead.pop(); one !== undefined && roots.size < MOST_ROOTS; one = ahead.pop()) {
    if (one.op === 'view') ahead.push(one.of);
    else if (one.op === 'choice' || one.op === 'repeat' || isDetached(one)) ahead.push(...operandsOf(one));
    else roots.add(one);
  }
  knownRoots.set(tensor, roots);
  return roots;
}

/** `tensor.detach()`, through which nothing is trained. */
function isDetached(tensor: Tensor): boolean {
  return tensor.op === 'unread' && tensor.what === 'detach';
}

/** What is left of a tensor where another one that may have the same entries is changed; the value itself where none has. */
export function besideChanged(value: TensorValue, changed: readonly TensorValue[]): TensorValue {
  if (changed.length === 0) return value;
  const own = rootsOf(value.tensor);
  for (const one of changed) {
    if (!hasOneOf(own, rootsOf(one.tensor))) continue;
    return { kind: 'tensor', tensor: anyMultipleOf(value.tensor, 'a change in place', one.tensor.span) };
  }
  return value;
}

function hasOneOf(tensors: ReadonlySet<Tensor>, others: ReadonlySet<Tensor>): boolean {
  for (const one of others) if (tensors.has(one)) return true;
  return false;
}

/** A tensor of which not even the size is known any more. */
export function anyMultipleOf(tensor: Tensor, what: string, span: Span | null): Tensor {
  return isData(tensor) ? scale(tensor, UNKNOWN_QUANTITY, span) : timesUnknown([tensor], what, span);
}
