import type { Curve } from '../figure.ts';
import type { CurveColor } from '../palette.ts';

/** In turn from the narrowest on. */
const COLORS: readonly CurveColor[] = ['sky-blue', 'green', 'orange', 'purple', 'blue', 'vermilion'];

export function widthColor(index: number): CurveColor {
  return COLORS[index % COLORS.length]!;
}

/** A curve without points. */
export function blankCurve(label: string, color: CurveColor): Curve {
  return {
    ...{ label, remark: '', color, dotted: false, faint: false, leaves: false, source: null },
    ...{ x: [], y: [], intervals: [], dots: [] },
  };
}
