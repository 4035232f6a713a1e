import { isSamePlace, type Span } from '../syntax/span.ts';
import type { Tensor } from './graph.ts';

/** More places than these are not kept of one tensor. */
const MOST_PLACES = 4;

const others = new WeakMap<Tensor, readonly Span[]>();

/** Notes that code makes the same tensor once more somewhere else. */
export function notePlace(tensor: Tensor, span: Span | null): void {
  if (span === null || isSamePlace(span, tensor.span)) return;
  const known = others.get(tensor) ?? [];
  if (known.length >= MOST_PLACES || known.some((one) => isSamePlace(one, span))) return;
  others.set(tensor, [...known, span]);
}

/** Every place that makes a tensor, in the order of the code. */
export function placesOf(tensor: Tensor): readonly Span[] {
  const all = [...(tensor.span === null ? [] : [tensor.span]), ...(others.get(tensor) ?? [])];
  return all.sort((one, other) => one.start - other.start);
}
