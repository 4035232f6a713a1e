import { endText } from '../end-text.ts';
import type { Curve, Figure } from '../figure.ts';
import { PALETTE } from '../palette.ts';
import { minorTicks } from '../scales/log-axis.ts';
import { positionOn } from '../scales/position.ts';
import { legible } from '../scales/tick.ts';
import { spreadLabels } from '../spread-labels.ts';
import { valueText } from '../words/number-text.ts';
import { escapeHtml } from './escape-html.ts';
import { px } from './px.ts';

const WIDTH = 456;
const HEIGHT = 288;
const PLOT = { left: 46, right: 286, top: 32, bottom: 246 };
/** Between the frame and the first and last place of the x axis. */
const INSET = 6;
const LABEL_DISTANCE = 15;
const LABEL_X = PLOT.right + 20;

/** From values to pixels. */
interface Places {
  x(value: number): number;
  y(value: number): number;
}

/** A figure as an SVG element; its colors are the page's (see FIGURE_STYLE), its curves their own. */
export function svgChart(figure: Figure): string {
  const places: Places = {
    x: positionOn(figure.x, [PLOT.left + INSET, PLOT.right - INSET]),
    y: positionOn(figure.y, [PLOT.bottom, PLOT.top]),
  };
  const curves = figure.curves.filter(({ x }) => x.length > 0);
  const clip = `clip-${figure.id}`;
  const title = escapeHtml(figure.title);
  const parts = [
    `<text class="title" x="0" y="16">${title}</text>`,
    `<clipPath id="${clip}"><rect x="${PLOT.left}" y="${PLOT.top}" width="${PLOT.right - PLOT.left}" height="${PLOT.bottom - PLOT.top}"/></clipPath>`,
    ...axes(figure, places),
    `<g clip-path="url(#${clip})">`,
    ...curves.filter(({ leaves }) => !leaves).map((curve) => band(curve, places)),
    ...figure.references.map((line) => referenceLine(places.y(line.y))),
    ...curves.map((curve) => seedDots(curve, places)),
    ...curves.map((curve) => curveLine(curve, places)),
    '</g>',
    ...curves.flatMap((curve) => markers(figure, curve, places)),
    ...endLabels(figure, curves, places),
  ];
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}" xmlns="http://www.w3.org/2000/svg">${parts.join('')}</svg>`;
}

function axes({ x, y }: Figure, places: Places): string[] {
  const { left, right, top, bottom } = PLOT;
  const grid = (y.scale === 'log' ? minorTicks(y.range) : []).map(
    (value) => `<path class="minor" d="M${left} ${px(places.y(value))}H${right}"/>`,
  );
  const yTicks = y.ticks.map(({ value, text }) => {
    const at = px(places.y(value));
    return `<path class="grid" d="M${left} ${at}H${right}"/><text class="tick" x="${left - 6}" y="${at}" dy=".32em" text-anchor="end">${text}</text>`;
  });
  const xTicks = legible(x.ticks, places.x, (text) => 7 * text.length + 4).map(({ value, text }) => {
    const at = px(places.x(value));
    return `<path class="axis" d="M${at} ${bottom}v4"/><text class="tick" x="${at}" y="${bottom + 17}" text-anchor="middle">${text}</text>`;
  });
  return [
    ...grid,
    ...yTicks,
    `<path class="axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    ...xTicks,
    `<text class="axis-title" x="${(left + right) / 2}" y="${bottom + 36}" text-anchor="middle">${escapeHtml(x.title)}</text>`,
  ];
}

function band({ x, intervals, color }: Curve, places: Places): string {
  const known = intervals.flatMap((interval, index) =>
    interval === null ? [] : [{ x: x[index]!, low: interval[0], high: interval[1] }],
  );
  if (known.length < 2) return '';
  const corner = (at: number, value: number): string => `${px(places.x(at))} ${px(places.y(value))}`;
  const upper = known.map((point) => corner(point.x, point.high));
  const lower = known.toReversed().map((point) => corner(point.x, point.low));
  return `<path d="M${[...upper, ...lower].join('L')}Z" fill="${PALETTE[color].hex}" opacity=".18"/>`;
}

/** The single measurements behind the means. */
function seedDots({ dots, color }: Curve, places: Places): string {
  if (dots.length === 0) return '';
  const circles = dots.map(([x, y]) => `<circle cx="${px(places.x(x))}" cy="${px(places.y(y))}" r="1.5"/>`);
  return `<g fill="${PALETTE[color].hex}" opacity=".5">${circles.join('')}</g>`;
}

function referenceLine(at: number): string {
  return `<path class="reference" d="M${PLOT.left} ${px(at)}H${PLOT.right}"/>`;
}

function curveLine({ x, y, color, dotted }: Curve, places: Places): string {
  const path = x.map((at, index) => `${px(places.x(at))} ${px(places.y(y[index]!))}`).join('L');
  const dash = dotted ? ' stroke-dasharray="2 4"' : '';
  return `<path d="M${path}" fill="none" stroke="${PALETTE[color].hex}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"${dash}/>`;
}

/** A dot at each value, with a wider invisible one that the pointer can find. */
function markers(figure: Figure, curve: Curve, places: Places): string[] {
  const [low, high] = figure.y.range;
  const fill = PALETTE[curve.color].hex;
  return curve.x.flatMap((x, index) => {
    const y = curve.y[index]!;
    if (y < low || y > high) return [];
    const at = `cx="${px(places.x(x))}" cy="${px(places.y(y))}"`;
    const interval = curve.intervals[index] ?? null;
    const around = interval === null ? '' : `, ${interval.map(valueText).join(' to ')}`;
    const title = escapeHtml(`${endText(curve)}, ${figure.x.title} ${x}: ${valueText(y)}${around}`);
    return [
      `<g class="marker"><circle ${at} r="2.5" fill="${fill}"/><circle ${at} r="9" fill="transparent"><title>${title}</title></circle></g>`,
    ];
  });
}

/** Names at the right, moved apart where they would touch, each tied to its line's end. */
function endLabels({ references }: Figure, curves: readonly Curve[], places: Places): string[] {
  const clamp = (at: number): number => Math.max(PLOT.top, Math.min(PLOT.bottom, at));
  const ends = [
    ...references.map((line) => ({
      text: endText(line),
      color: null,
      from: PLOT.right,
      at: places.y(line.y),
    })),
    ...curves.map((curve) => ({
      text: endText(curve),
      color: PALETTE[curve.color].hex,
      from: curve.leaves ? null : places.x(curve.x.at(-1)!),
      at: clamp(places.y(curve.y.at(-1)!)),
    })),
  ];
  const spread = spreadLabels(
    ends.map(({ at }) => at),
    LABEL_DISTANCE,
    [PLOT.top, PLOT.bottom],
  );
  return ends.map(({ text, color, from, at }, index) => {
    const place = px(spread[index]!);
    const stroke = color === null ? 'class="leader"' : `stroke="${color}" class="leader"`;
    const start = from === null ? '' : `${px(Math.max(from + 4, PLOT.right - 4))} ${px(at)}L`;
    const tie = `<path ${stroke} d="M${start}${PLOT.right + 8} ${place}H${LABEL_X - 4}"/>`;
    return `${tie}<text class="label" x="${LABEL_X}" y="${place}" dy=".32em">${escapeHtml(text)}</text>`;
  });
}
