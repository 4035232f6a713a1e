import type { Axis } from './axis.ts';
import type { Extent } from './extent.ts';

/** From the values of an axis to places between two ends. */
export function positionOn({ scale, range }: Axis, [from, to]: Extent): (value: number) => number {
  const measure = scale === 'log' ? Math.log : (value: number): number => value;
  const [low, high] = range.map(measure) as [number, number];
  const span = high - low || 1;
  return (value) => from + ((measure(value) - low) / span) * (to - from);
}
