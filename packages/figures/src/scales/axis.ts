import type { Extent } from './extent.ts';
import { linearDomain, linearTicks, signedTicks, stepTicks } from './linear-axis.ts';
import { logDomain, logTicks } from './log-axis.ts';
import type { Tick } from './tick.ts';

/** One axis of a figure. */
export interface Axis {
  /** What is counted along it. */
  readonly title: string;
  readonly scale: 'linear' | 'log';
  readonly range: Extent;
  readonly ticks: readonly Tick[];
}

/** Widths stand at themselves on a logarithmic axis, with a little air at both ends. */
export function widthAxis(widths: readonly number[]): Axis {
  const margin = 1.12;
  return {
    title: 'width',
    scale: 'log',
    range: [Math.min(...widths) / margin, Math.max(...widths) * margin],
    ticks: widths.map((value) => ({ value, text: String(value) })),
  };
}

/** The steps of training, from the initialization on. */
export function stepAxis(steps: number): Axis {
  return { title: 'step', scale: 'linear', range: [0, steps], ticks: stepTicks(steps) };
}

/** An axis for values of some extent; null where nothing is known yet. */
export function valueAxis(scale: Axis['scale'], extent: Extent | null): Axis {
  const range = scale === 'log' ? logDomain(extent) : linearDomain(extent);
  return { title: '', scale, range, ticks: scale === 'log' ? logTicks(range) : linearTicks(range) };
}

/** An axis for values of both signs, 0 in its middle. */
export function signedAxis(title: string, extent: Extent | null): Axis {
  const reach = Math.max(...(extent ?? [0]).map(Math.abs));
  const [, high] = linearDomain(reach > 0 ? [0, reach] : null);
  return { title, scale: 'linear', range: [-high, high], ticks: signedTicks(high) };
}
