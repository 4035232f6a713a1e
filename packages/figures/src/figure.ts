import type { QuantityName } from '@widthwise/core';
import type { CurveColor } from './palette.ts';
import type { Axis } from './scales/axis.ts';
import type { Extent } from './scales/extent.ts';

/** Where the numbers of a curve come from; what belongs to several runs leaves width and seed out. */
export interface CurveSource {
  readonly parametrization: string;
  readonly width?: number;
  readonly seed?: number;
  readonly quantity: QuantityName | 'lambdaMinJoint';
  /** Null for what belongs to the whole network. */
  readonly layer: number | null;
}

export interface Curve {
  /** Stands at the curve's end. */
  readonly label: string;
  /** What is to be said of the curve beside its label: its slope, its newest value, ✗. Empty for nothing. */
  readonly remark: string;
  readonly color: CurveColor;
  readonly dotted: boolean;
  /** True for what is not judged, and stands back. */
  readonly faint: boolean;
  /** Ascending; empty while nothing is known. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The 95 % interval of each y that is a mean, null where there are too few; empty for single measurements. */
  readonly intervals: readonly (Extent | null)[];
  /** The single measurements behind means. */
  readonly dots: readonly (readonly [x: number, y: number])[];
  /** True where the curve leaves the figure and must not stretch its axis. */
  readonly leaves: boolean;
  /** Null while there is no run. */
  readonly source: CurveSource | null;
}

/** A dashed horizontal line: what theory says. */
export interface ReferenceLine {
  readonly label: string;
  readonly remark: string;
  readonly y: number;
}

/** A figure before it is drawn, as plain values: the page draws it as SVG, the panel on a canvas. */
export interface Figure {
  /** For file names and anchors. */
  readonly id: string;
  readonly title: string;
  /** What is drawn, in symbols. */
  readonly formula: string;
  readonly x: Axis;
  readonly y: Axis;
  /** In places that stay while an experiment runs. */
  readonly curves: readonly Curve[];
  readonly references: readonly ReferenceLine[];
  /** What cannot be drawn, one sentence each. */
  readonly notes: readonly string[];
}
