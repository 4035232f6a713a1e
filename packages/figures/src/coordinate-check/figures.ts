import type { Curve, Figure } from '../figure.ts';
import { meansByWidth } from '../means-by-width.ts';
import type { CurveColor } from '../palette.ts';
import { coordinateSize } from '../quantities/coordinate-size.ts';
import { coordinateUpdate } from '../quantities/coordinate-update.ts';
import { valueAxis, widthAxis } from '../scales/axis.ts';
import { extentOf } from '../scales/extent.ts';
import { exponentText } from '../words/slope-text.ts';
import type { CoordinateFindings, CoordinateSetting, MeasuredCoordinates } from './findings.ts';
import { layerName } from './layer-name.ts';

const QUANTITIES = { size: coordinateSize, update: coordinateUpdate } as const;
/** In turn from the first layer on; the readout is last. */
const COLORS: readonly CurveColor[] = ['sky-blue', 'green', 'orange', 'purple', 'blue', 'vermilion'];

/** Sizes of coordinates and of their updates at one step against width, a curve a layer: flat is right. */
export function coordinateFigures(
  runs: readonly MeasuredCoordinates[],
  { layers }: Pick<CoordinateFindings, 'layers'>,
  setting: CoordinateSetting & { readonly step: number },
): readonly Figure[] {
  const places = Array.from({ length: setting.depth + 1 }, (_, index) => index + 1);
  return (['size', 'update'] as const).map((what) => {
    const quantity = QUANTITIES[what];
    const curves = places.map((layer) => {
      const dots = dotsOf(runs, quantity.name, { layer, step: setting.step });
      const found = layers.find((each) => each.layer === layer && each.step === setting.step);
      return layerCurve(
        { layer, quantity: quantity.name, slope: found?.[what]?.value ?? null, dots },
        setting,
      );
    });
    const extent = extentOf(curves.flatMap(({ y, dots }) => [...y, ...dots.map(([, value]) => value)]));
    return {
      id: what,
      title: `${quantity.title} at step ${setting.step}`,
      formula: quantity.formula,
      x: widthAxis(setting.widths),
      y: valueAxis('log', extent),
      curves,
      references: [],
      notes: what === 'update' && setting.step === 0 ? ['Nothing is updated at the initialization.'] : [],
    };
  });
}

interface MeasuredLayer {
  readonly layer: number;
  readonly quantity: (typeof QUANTITIES)[keyof typeof QUANTITIES]['name'];
  readonly slope: number | null;
  readonly dots: Curve['dots'];
}

function layerCurve(
  { layer, quantity, slope, dots }: MeasuredLayer,
  { depth, widths, parametrization }: CoordinateSetting,
): Curve {
  return {
    label: layerName(layer, depth),
    remark: slope === null ? '' : exponentText(slope),
    color: COLORS[(layer - 1) % COLORS.length]!,
    dotted: layer > COLORS.length,
    faint: false,
    ...meansByWidth(dots, widths),
    dots,
    leaves: false,
    source: { parametrization, quantity, layer },
  };
}

function dotsOf(
  runs: readonly MeasuredCoordinates[],
  quantity: string,
  { layer, step }: { readonly layer: number; readonly step: number },
): [number, number][] {
  return runs.flatMap(({ width, columns }): [number, number][] => {
    const column = columns.find((each) => each.quantity === quantity && each.layer === layer);
    const value = column?.values[column.steps.indexOf(step)];
    return value === undefined || value <= 0 ? [] : [[width, value]];
  });
}
