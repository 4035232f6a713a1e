import type { Curve, Figure } from '../figure.ts';
import { meansByWidth } from '../means-by-width.ts';
import type { CurveColor } from '../palette.ts';
import { coordinateSize } from '../quantities/coordinate-size.ts';
import { coordinateUpdate } from '../quantities/coordinate-update.ts';
import { valueAxis, widthAxis } from '../scales/axis.ts';
import { extentOf } from '../scales/extent.ts';
import { exponentText } from '../words/slope-text.ts';

/** What one place of a user's own model does at each width. */
export interface CheckedPlace {
  /** The path of its module. */
  readonly path: string;
  /** Whether it passes. */
  readonly isRight: boolean;
  readonly size: MeasuredPlace;
  readonly update: MeasuredPlace;
}

interface MeasuredPlace {
  readonly dots: Curve['dots'];
  readonly slope: number | null;
}

const QUANTITIES = { size: coordinateSize, update: coordinateUpdate } as const;
const COLORS: readonly CurveColor[] = ['sky-blue', 'green', 'orange', 'purple', 'blue', 'vermilion'];
/** So many names stand apart beside a figure. */
const MOST_CURVES = 12;
const LONGEST_NAME = 14;

/** Sizes of what places make and of its changes at one step against width, or depth, a curve a place: flat is right. */
export function placeFigures(
  places: readonly CheckedPlace[],
  {
    widths,
    axis,
    step,
  }: { readonly widths: readonly number[]; readonly axis: string; readonly step: number },
): readonly Figure[] {
  const drawn = drawnOf(places);
  const others = places.length - drawn.length;
  return (['size', 'update'] as const).map((what) => {
    const { title, formula } = QUANTITIES[what];
    const curves = drawn.map((place, index) => curveOf(place, { what, index, widths }));
    const extent = extentOf(curves.flatMap(({ y, dots }) => [...y, ...dots.map(([, value]) => value)]));
    return {
      id: `places-${what}`,
      title: `${title} at step ${step}`,
      formula,
      x: { ...widthAxis(widths), title: axis },
      y: valueAxis('log', extent),
      curves,
      references: [],
      notes:
        others === 0
          ? []
          : [`${others === 1 ? 'One more place is' : `${others} more places are`} in the table alone.`],
    };
  });
}

/** Those that do not pass come first, and stand in the order of the forward pass. */
function drawnOf(places: readonly CheckedPlace[]): readonly CheckedPlace[] {
  const chosen = [...places.filter(({ isRight }) => !isRight), ...places.filter(({ isRight }) => isRight)];
  const kept = new Set(chosen.slice(0, MOST_CURVES));
  return places.filter((place) => kept.has(place));
}

function curveOf(
  place: CheckedPlace,
  {
    what,
    index,
    widths,
  }: { readonly what: 'size' | 'update'; readonly index: number; readonly widths: readonly number[] },
): Curve {
  const { dots, slope } = place[what];
  return {
    label: shortName(place.path),
    remark: slope === null ? '' : exponentText(slope),
    color: COLORS[index % COLORS.length]!,
    dotted: index >= COLORS.length,
    faint: false,
    ...meansByWidth(dots, widths),
    dots,
    leaves: false,
    source: null,
  };
}

/** The end of a path, as much of it as stands beside a curve. */
function shortName(path: string): string {
  const parts = path.split('.');
  for (let from = 0; from < parts.length; from++) {
    const name = parts.slice(from).join('.');
    if (name.length <= LONGEST_NAME) return name;
  }
  return `…${path.slice(1 - LONGEST_NAME)}`;
}
