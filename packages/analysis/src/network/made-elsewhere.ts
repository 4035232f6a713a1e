import type { Span } from '../syntax/span.ts';
import type { Shape, Tensor } from './graph.ts';
import { keyOfShape, once } from './once.ts';
import { operandsOf } from './tensor.ts';

/** What code that is not read makes of data: it may be features, as those of a network that is handed over are. */
export function madeElsewhere(shape: Shape | null, span: Span | null): Tensor {
  const made: Tensor = { op: 'input', shape, span, fill: null, isMadeElsewhere: true };
  return span === null ? made : once(span, `elsewhere ${keyOfShape(shape)}`, made);
}

const elsewhere = new WeakMap<Tensor, boolean>();

/** Whether data may have features in it that code which is not read has made. */
export function mayBeFeatures(tensor: Tensor): boolean {
  if (tensor.op === 'input') return tensor.isMadeElsewhere === true;
  const before = elsewhere.get(tensor);
  if (before !== undefined) return before;
  const answer = operandsOf(tensor).some(mayBeFeatures);
  elsewhere.set(tensor, answer);
  return answer;
}
