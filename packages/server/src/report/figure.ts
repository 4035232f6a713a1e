/** One place of a curve: the mean over seeds, with its interval where there are seeds enough. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Curve {
  /** Stands at the curve's end. */
  readonly label: string;
  readonly color: string;
  readonly dotted: boolean;
  /** Ascending in x, at least one, all y above 0. */
  readonly points: readonly CurvePoint[];
  /** True where the curve leaves the figure and must not stretch its axis. */
  readonly leaves: boolean;
}

/** A dashed horizontal line. */
export interface ReferenceLine {
  readonly label: string;
  readonly y: number;
}

/** A figure before it is drawn. The y axis is logarithmic. */
export interface Figure {
  /** For file names and anchors. */
  readonly id: string;
  readonly title: string;
  readonly xTitle: string;
  readonly xScale: 'log' | 'linear';
  /** Where the x axis is labelled, with these numbers as they are. */
  readonly xTicks: readonly number[];
  readonly curves: readonly Curve[];
  readonly references: readonly ReferenceLine[];
  /** What cannot be drawn, one sentence each. */
  readonly notes: readonly string[];
}
