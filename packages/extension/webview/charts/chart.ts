import type { Figure } from '@widthwise/figures';

/** A figure at its place in the panel. */
export interface Chart {
  /** The value of its `data-chart`: the place, whichever figure stands there. */
  readonly name: string;
  /** Charts along the same share their cursor. */
  readonly along: 'step' | 'width' | 'rate' | 'value';
  readonly figure: Figure;
}
