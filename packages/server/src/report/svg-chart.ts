import { valueText } from '@widthwise/figures';
import { type AxisScale, linearScale, logDomain, logScale, logTicks, minorTicks } from './axis-scale.ts';
import { escapeHtml } from './escape-html.ts';
import type { Curve, CurvePoint, Figure } from './figure.ts';
import { spreadLabels } from './spread-labels.ts';

const WIDTH = 456;
const HEIGHT = 288;
const PLOT = { left: 46, right: 286, top: 32, bottom: 246 };
const LABEL_DISTANCE = 15;
const LABEL_X = PLOT.right + 20;

/** A figure as an SVG element; its colors are the page's (see page-style.ts), its curves their own. */
export function svgChart(figure: Figure): string {
  const x = xScale(figure);
  const y = logScale(yDomain(figure), [PLOT.bottom, PLOT.top]);
  const clip = `clip-${figure.id}`;
  const title = escapeHtml(figure.title);
  const parts = [
    `<text class="title" x="0" y="16">${title}</text>`,
    `<clipPath id="${clip}"><rect x="${PLOT.left}" y="${PLOT.top}" width="${PLOT.right - PLOT.left}" height="${PLOT.bottom - PLOT.top}"/></clipPath>`,
    ...axes(figure, x, y),
    `<g clip-path="url(#${clip})">`,
    ...figure.curves.map((curve) => band(curve, x, y)),
    ...figure.references.map((line) => referenceLine(y.position(line.y))),
    ...figure.curves.map((curve) => curveLine(curve, x, y)),
    '</g>',
    ...figure.curves.flatMap((curve) => markers(figure, curve, x, y)),
    ...endLabels(figure, x, y),
  ];
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}" xmlns="http://www.w3.org/2000/svg">${parts.join('')}</svg>`;
}

function xScale({ xScale: kind, xTicks }: Figure): AxisScale {
  const inset = 8;
  const range = [PLOT.left + inset, PLOT.right - inset] as const;
  const domain = [xTicks[0]!, xTicks.at(-1)!] as const;
  return kind === 'log' ? logScale(domain, range) : linearScale(domain, range);
}

/** Curves that leave the figure do not stretch it, unless there is no other; intervals do by a factor of three at most. */
function yDomain({ curves, references }: Figure): readonly [number, number] {
  const staying = curves.filter(({ leaves }) => !leaves);
  const points = (staying.length > 0 ? staying : curves).flatMap((curve) => curve.points);
  const values = [...points, ...references].map(({ y }) => y);
  const [lowest, highest] = [Math.min(...values) / 3, Math.max(...values) * 3];
  const ends = points.flatMap(({ y, low, high }) => [
    Math.max(lowest, low ?? y),
    Math.min(highest, high ?? y),
  ]);
  return logDomain([...values, ...ends]);
}

function axes(figure: Figure, x: AxisScale, y: AxisScale): string[] {
  const { left, right, top, bottom } = PLOT;
  const grid = minorTicks(y.low, y.high).map(
    (value) => `<path class="minor" d="M${left} ${px(y.position(value))}H${right}"/>`,
  );
  const yTicks = logTicks(y.low, y.high).map(({ value, text }) => {
    const at = px(y.position(value));
    return `<path class="grid" d="M${left} ${at}H${right}"/><text class="tick" x="${left - 6}" y="${at}" dy=".32em" text-anchor="end">${text}</text>`;
  });
  const xTicks = legible(figure.xTicks, x).map(
    (value) =>
      `<path class="axis" d="M${px(x.position(value))} ${bottom}v4"/><text class="tick" x="${px(x.position(value))}" y="${bottom + 17}" text-anchor="middle">${value}</text>`,
  );
  return [
    ...grid,
    ...yTicks,
    `<path class="axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    ...xTicks,
    `<text class="axis-title" x="${(left + right) / 2}" y="${bottom + 36}" text-anchor="middle">${escapeHtml(figure.xTitle)}</text>`,
  ];
}

/** The ticks whose numbers do not touch, the last one always. */
function legible(ticks: readonly number[], x: AxisScale): number[] {
  const kept: number[] = [];
  for (const tick of ticks.toReversed()) {
    const next = kept.at(-1);
    const room = 7 * String(tick).length + 4;
    if (next === undefined || x.position(next) - x.position(tick) >= room) kept.push(tick);
  }
  return kept;
}

function band({ points, color }: Curve, x: AxisScale, y: AxisScale): string {
  const known = points.filter(hasInterval);
  if (known.length < 2) return '';
  const corner = (point: CurvePoint, value: number): string =>
    `${px(x.position(point.x))} ${px(y.position(value))}`;
  const upper = known.map((point) => corner(point, point.high!));
  const lower = known.toReversed().map((point) => corner(point, point.low!));
  return `<path d="M${[...upper, ...lower].join('L')}Z" fill="${color}" opacity=".18"/>`;
}

function hasInterval({ low, high }: CurvePoint): boolean {
  return low !== null && high !== null && low > 0;
}

function referenceLine(at: number): string {
  return `<path class="reference" d="M${PLOT.left} ${px(at)}H${PLOT.right}"/>`;
}

function curveLine({ points, color, dotted }: Curve, x: AxisScale, y: AxisScale): string {
  const path = points.map((point) => `${px(x.position(point.x))} ${px(y.position(point.y))}`).join('L');
  const dash = dotted ? ' stroke-dasharray="2 4"' : '';
  return `<path d="M${path}" fill="none" stroke="${color}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"${dash}/>`;
}

/** A dot at each value, with a wider invisible one that the pointer can find. */
function markers(figure: Figure, { label, points, color }: Curve, x: AxisScale, y: AxisScale): string[] {
  return points
    .filter((point) => point.y >= y.low && point.y <= y.high)
    .map((point) => {
      const at = `cx="${px(x.position(point.x))}" cy="${px(y.position(point.y))}"`;
      const interval = hasInterval(point) ? `, ${valueText(point.low)} to ${valueText(point.high)}` : '';
      const title = escapeHtml(`${label}, ${figure.xTitle} ${point.x}: ${valueText(point.y)}${interval}`);
      return `<g class="marker"><circle ${at} r="2.5" fill="${color}"/><circle ${at} r="9" fill="transparent"><title>${title}</title></circle></g>`;
    });
}

/** Names at the right, moved apart where they would touch, each tied to its line's end. */
function endLabels({ curves, references }: Figure, x: AxisScale, y: AxisScale): string[] {
  const clamp = (at: number): number => Math.max(PLOT.top, Math.min(PLOT.bottom, at));
  const ends = [
    ...references.map((line) => ({
      label: line.label,
      color: null,
      from: PLOT.right,
      at: y.position(line.y),
    })),
    ...curves.map(({ label, color, points, leaves }) => {
      const last = points.at(-1)!;
      return { label, color, from: leaves ? null : x.position(last.x), at: clamp(y.position(last.y)) };
    }),
  ];
  const places = spreadLabels(
    ends.map(({ at }) => at),
    LABEL_DISTANCE,
    [PLOT.top, PLOT.bottom],
  );
  return ends.map(({ label, color, from, at }, index) => {
    const place = px(places[index]!);
    const stroke = color === null ? 'class="leader"' : `stroke="${color}" class="leader"`;
    const start = from === null ? '' : `${px(Math.max(from + 4, PLOT.right - 4))} ${px(at)}L`;
    const tie = `<path ${stroke} d="M${start}${PLOT.right + 8} ${place}H${LABEL_X - 4}"/>`;
    return `${tie}<text class="label" x="${LABEL_X}" y="${place}" dy=".32em">${escapeHtml(label)}</text>`;
  });
}

/** Pixels to a tenth: nobody sees more, and files stay small. */
function px(value: number): string {
  return Number(value.toFixed(1)).toString();
}
