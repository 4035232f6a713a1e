import { escapeHtml } from '../svg/escape-html.ts';
import { px } from '../svg/px.ts';
import { valueText } from '../words/number-text.ts';
import type { SpectrumMap } from './spectrum-map.ts';

const WIDTH = 456;
const PLOT = { left: 26, right: 396, top: 48, bottom: 246 };
const HEIGHT = 288;
const GROUP_GAP = 10;
const KEY = { x: 412, width: 10 };
/** From the smallest to the largest, dark to light: legible on any ground, and told apart under color blindness. */
const RAMP = ['#30123b', '#35608d', '#22a884', '#a8db34', '#fde725'] as const;

/** A map of eigenvalues as an SVG element, of the size of other figures. */
export function svgSpectrum(map: SpectrumMap): string {
  const title = escapeHtml(map.title);
  const count = map.groups.reduce((sum, { columns }) => sum + columns.length, 0);
  const gaps = GROUP_GAP * (map.groups.length - 1);
  const size = Math.min(46, (PLOT.right - PLOT.left - gaps) / Math.max(1, count));
  const ranks = Math.max(...map.groups.flatMap(({ columns }) => columns.map(({ cells }) => cells.length)));
  const height = (PLOT.bottom - PLOT.top) / ranks;
  let x = PLOT.left;
  const groups = map.groups.map(({ title: name, columns }) => {
    const from = x;
    const drawn = columns.map(({ head, cells }) => {
      const at = x;
      x += size;
      const rects = cells.map((cell, rank) =>
        cellOf(map, { ...cell, name, head, rank }, { at, size, height }),
      );
      return `${rects.join('')}<text class="tick" x="${px(at + size / 2)}" y="${PLOT.bottom + 16}" text-anchor="middle">${size < 26 ? shortHead(head) : escapeHtml(head)}</text>`;
    });
    x += GROUP_GAP;
    return `<text class="tick" x="${px(from)}" y="${PLOT.top - 8}">${escapeHtml(name)}</text>${drawn.join('')}`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}" xmlns="http://www.w3.org/2000/svg"><text class="title" x="0" y="16">${title}</text>${rankTicks(ranks, height)}${groups.join('')}${keyOf(map)}<text class="axis-title" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 36}" text-anchor="middle">width</text></svg>`;
}

interface PlacedCell {
  readonly value: number;
  readonly isFloor: boolean;
  readonly name: string;
  readonly head: string;
  readonly rank: number;
}

function cellOf(
  { range }: SpectrumMap,
  { value, isFloor, name, head, rank }: PlacedCell,
  { at, size, height }: { readonly at: number; readonly size: number; readonly height: number },
): string {
  const y = PLOT.top + rank * height;
  const title = `<title>${escapeHtml(`${name}, n = ${head}, λ ${rank + 1}: ${valueText(value)}${isFloor ? ', below the floor' : ''}`)}</title>`;
  const box = `x="${px(at)}" y="${px(y)}" width="${px(size - 1)}" height="${px(Math.max(0.5, height - (height > 4 ? 1 : 0)))}"`;
  if (!isFloor) return `<rect ${box} fill="${rampColor(value, range)}">${title}</rect>`;
  const cross = `M${px(at + 1)} ${px(y + 1)}L${px(at + size - 2)} ${px(y + height - 2)}`;
  return `<g><rect ${box} fill="none" class="axis">${title}</rect><path class="axis" d="${cross}"/></g>`;
}

/** `1k` for 1024 where columns are narrow. */
function shortHead(head: string): string {
  return head.length > 3 ? `${Number((Number(head) / 1000).toFixed(1))}k` : escapeHtml(head);
}

function rankTicks(ranks: number, height: number): string {
  const shown = [...new Set([1, Math.ceil(ranks / 2), ranks])];
  return shown
    .map(
      (rank) =>
        `<text class="tick" x="${PLOT.left - 6}" y="${px(PLOT.top + (rank - 0.5) * height)}" dy=".32em" text-anchor="end">${rank}</text>`,
    )
    .join('');
}

/** What color is what size. */
function keyOf({ id, range: [low, high] }: SpectrumMap): string {
  const gradient = `key-${id}`;
  const stops = RAMP.map(
    (color, at) => `<stop offset="${(1 - at / (RAMP.length - 1)).toFixed(2)}" stop-color="${color}"/>`,
  ).toReversed();
  const text = (value: number, y: number): string =>
    `<text class="tick" x="${KEY.x + KEY.width / 2 + 4}" y="${y}" text-anchor="middle">${valueText(value)}</text>`;
  return `<linearGradient id="${gradient}" x1="0" y1="0" x2="0" y2="1">${stops.join('')}</linearGradient><rect x="${KEY.x + 4}" y="${PLOT.top}" width="${KEY.width}" height="${PLOT.bottom - PLOT.top}" fill="url(#${gradient})"/>${text(high, PLOT.top - 8)}${text(low, PLOT.bottom + 36)}`;
}

function rampColor(value: number, [low, high]: readonly [number, number]): string {
  const share = high > low ? Math.log(value / low) / Math.log(high / low) : 1;
  const at = Math.min(1, Math.max(0, share)) * (RAMP.length - 1);
  const below = Math.min(RAMP.length - 2, Math.floor(at));
  const mixed = [1, 3, 5].map((place) => {
    const [from, to] = [RAMP[below]!, RAMP[below + 1]!].map((color) =>
      Number.parseInt(color.slice(place, place + 2), 16),
    );
    return Math.round(from! + (to! - from!) * (at - below))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${mixed.join('')}`;
}
