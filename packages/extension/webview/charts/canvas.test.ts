import type { Curve, Figure } from '@widthwise/figures';
import type uPlot from 'uplot';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Chart } from './chart.ts';
import { drawBands, drawDots, drawEndLabels, drawReferences } from './chart-marks.ts';
import { chartOptions } from './chart-options.ts';
import type { Theme } from './theme.ts';

const RATIO = 2;
beforeEach(() => void vi.stubGlobal('devicePixelRatio', RATIO));
afterEach(() => void vi.unstubAllGlobals());

const theme: Theme = {
  color: (name) => `the ${name}`,
  text: 'ink',
  grid: 'pale',
  background: 'paper',
  font: '11px serif',
};

function curve(given: Partial<Curve>): Curve {
  return {
    label: 'l1',
    remark: '',
    color: 'green',
    dotted: false,
    faint: false,
    x: [],
    y: [],
    intervals: [],
    dots: [],
    leaves: false,
    source: null,
    ...given,
  };
}

function chart(given: Partial<Figure> = {}, along: Chart['along'] = 'step'): Chart {
  const axis = { title: 'step', scale: 'linear', range: [0, 10], ticks: [{ value: 0, text: '0' }] } as const;
  const figure: Figure = {
    id: 'loss',
    title: 'loss',
    formula: '',
    x: axis,
    y: axis,
    curves: [],
    references: [],
    notes: [],
    ...given,
  };
  return { name: 'loss', along, figure };
}

interface Drawn {
  readonly what: string;
  readonly at: readonly (number | string)[];
  readonly ink: unknown;
  readonly alpha: unknown;
}

/** A plot of 200 × 100 pixels at (10, 20) whose axes run from 0 to 10, and what is drawn on it. */
function plot(): {
  readonly plot: uPlot;
  readonly drawn: readonly Drawn[];
  readonly pen: Record<string, unknown>;
} {
  const drawn: Drawn[] = [];
  const pen: Record<string, unknown> = { globalAlpha: 1, lineWidth: 1 };
  const saved: Record<string, unknown>[] = [];
  let path: (number | string)[] = [];
  const ink =
    (what: string, style: string) =>
    (...at: (number | string)[]): void =>
      void drawn.push({ what, at: [...path, ...at], ink: pen[style], alpha: pen['globalAlpha'] });
  const along = (...at: number[]): void => void path.push(...at);
  const ctx = Object.assign(pen, {
    save: () => saved.push({ ...pen }),
    restore: () => Object.assign(pen, saved.pop()),
    beginPath: () => {
      path = [];
    },
    rect: () => {},
    clip: () => {},
    closePath: () => {},
    moveTo: along,
    lineTo: along,
    arc: along,
    setLineDash: (dash: number[]) => {
      pen['dash'] = dash;
    },
    stroke: ink('line', 'strokeStyle'),
    fill: ink('dot', 'fillStyle'),
    fillText: (...at: (number | string)[]) => {
      path = [];
      ink('text', 'fillStyle')(...at);
    },
  });
  const valToPos = (value: number, scale: string): number =>
    scale === 'x' ? 10 + 20 * value : 120 - 10 * value;
  // SAFETY: marks use these members of a plot and no others.
  const fake = { ctx, bbox: { left: 10, top: 20, width: 200, height: 100 }, valToPos } as unknown as uPlot;
  return { plot: fake, drawn, pen };
}

describe('what theory says', () => {
  test('is a dashed line across the frame at its value, and leaves the pen as it was', () => {
    const { plot: on, drawn, pen } = plot();
    const references = [2, 7].map((y) => ({ label: 'n = ∞', remark: '', y }));
    drawReferences(on, chart({ references }), theme);
    expect(drawn.map(({ what, at, ink }) => [what, at, ink])).toEqual([
      ['line', [10, 100, 210, 100], 'ink'],
      ['line', [10, 50, 210, 50], 'ink'],
    ]);
    expect(drawn[0]!.alpha).toBeLessThan(1);
    expect(pen['globalAlpha']).toBe(1);
    expect(pen['lineWidth']).toBe(1);
  });
});

describe('single measurements', () => {
  test('are round dots of their curve, each at its place; what lies outside is not drawn', () => {
    const { plot: on, drawn, pen } = plot();
    const dots = [-0.1, 0, 4, 10, 10.1].map((y): [number, number] => [3, y]);
    drawDots(on, chart({ curves: [curve({ dots }), curve({ color: 'blue', dots: [[5, 1]] })] }), theme);
    expect(drawn.map(({ at: [x, y], ink }) => [x, y, ink])).toEqual([
      [70, 120, 'the green'],
      [70, 80, 'the green'],
      [70, 20, 'the green'],
      [110, 110, 'the blue'],
    ]);
    for (const { at } of drawn) expect(at.slice(2)).toEqual([2 * RATIO, 0, 2 * Math.PI]);
    expect(pen['globalAlpha']).toBe(1);
  });
});

describe('intervals', () => {
  test('are a pale band of their curve, none of what leaves the frame', () => {
    const { plot: on, drawn, pen } = plot();
    const intervals = [[1, 3], null, [2, 4]] as const;
    const known = { x: [1, 2, 3], y: [2, 2, 3], intervals };
    drawBands(on, chart({ curves: [curve(known), curve({ ...known, leaves: true })] }), theme);
    expect(drawn.map(({ at, ink }) => [at, ink])).toEqual([
      [[30, 90, 70, 80, 70, 100, 30, 110], 'the green'],
    ]);
    expect(drawn[0]!.alpha).toBeLessThan(0.5);
    expect(pen['globalAlpha']).toBe(1);
  });
});

describe('labels', () => {
  const texts = (drawn: readonly Drawn[]) => drawn.filter(({ what }) => what === 'text');
  const ends = (drawn: readonly Drawn[]) => texts(drawn).map(({ at: [text, , y], ink }) => [text, y, ink]);

  test('stand right of the frame at the height of the newest value, with what is to be said of it', () => {
    const { plot: on, drawn, pen } = plot();
    const curves = [curve({ x: [0, 1], y: [1, 2], remark: '0.2' }), curve({ label: 'l2', color: 'blue' })];
    drawEndLabels(on, chart({ curves, references: [{ label: 'n = ∞', remark: '7', y: 7 }] }), theme);
    expect(ends(drawn)).toEqual([
      ['l1 0.2', 100, 'ink'],
      ['n = ∞ 7', 50, 'ink'],
    ]);
    for (const { at } of texts(drawn)) expect(at[1]).toBeGreaterThan(10 + 200);
    expect(pen).not.toHaveProperty('textAlign', 'right');
  });

  test('are tied to the ends of their curves in their colors, from the edge of the frame', () => {
    const { plot: on, drawn } = plot();
    drawEndLabels(on, chart({ curves: [curve({ x: [1], y: [1], remark: '−½' })] }, 'width'), theme);
    const [tie] = drawn.filter(({ what }) => what === 'line');
    expect(tie).toMatchObject({ ink: 'the green' });
    expect(tie!.at.slice(0, 2)).toEqual([210 - 4 * RATIO, 110]);
  });

  test('of what leaves the frame stand at its edge', () => {
    const { plot: on, drawn } = plot();
    drawEndLabels(on, chart({ curves: [curve({ x: [1], y: [1e9], leaves: true, remark: '✗' })] }), theme);
    expect(ends(drawn)).toEqual([['l1 ✗', 20 + 13, 'ink']]);
  });

  test('do not overlap and stay in the frame', () => {
    const { plot: on, drawn } = plot();
    const curves = [0, 0.1, 0.2].map((y) => curve({ x: [1], y: [y] }));
    drawEndLabels(on, chart({ curves }), theme);
    const heights = texts(drawn)
      .map(({ at }) => Number(at[2]))
      .sort((a, b) => a - b);
    // A line of text of 11 pixels takes 13.
    expect(heights[1]! - heights[0]!).toBeGreaterThanOrEqual(13 * RATIO - 1e-9);
    expect(heights[2]! - heights[1]!).toBeGreaterThanOrEqual(13 * RATIO - 1e-9);
    expect(heights[0]! - (13 * RATIO) / 2).toBeGreaterThanOrEqual(20);
    expect(heights[2]! + (13 * RATIO) / 2).toBeLessThanOrEqual(120);
  });

  test('are as large as the text around them on a fine screen', () => {
    const fonts: unknown[] = [];
    const { plot: on, pen } = plot();
    Object.assign(pen, { fillText: () => fonts.push(pen['font']) });
    drawEndLabels(on, chart({ curves: [curve({ x: [1], y: [1] })] }), theme);
    expect(fonts).toEqual(['22px serif']);
  });
});

describe('a chart', () => {
  const pointed: (number | null)[] = [];
  function optionsOf(shown: Chart) {
    let now = shown;
    const options = chartOptions({
      chart: () => now,
      theme: () => theme,
      size: { width: 300, height: 200 },
      drawn: () => {},
      pointed: (index) => void pointed.push(index),
    });
    return {
      options,
      becomes: (next: Chart) => {
        now = next;
      },
    };
  }
  const call = (callback: unknown, ...args: unknown[]): unknown =>
    (callback as (...args: unknown[]) => unknown)(...args);

  test('has its size, shares its cursor with those along the same, and zooms nowhere', () => {
    const { options } = optionsOf(chart());
    expect(options).toMatchObject({
      width: 300,
      height: 200,
      legend: { show: false },
      cursor: { sync: { key: 'step' }, drag: { x: false, y: false }, y: false },
    });
    expect(optionsOf(chart({}, 'width')).options.cursor?.sync?.key).toBe('width');
  });

  test('leaves as much room at its right as its longest label takes', () => {
    const room = (...labels: string[]): number =>
      Number(
        call(optionsOf(chart({ curves: labels.map((label) => curve({ label })) })).options.padding?.[1]),
      );
    expect(room('l1', 'SP, constant η')).toBeGreaterThan(room('l1', 'l2'));
    expect(room()).toBeGreaterThan(0);
  });

  test('takes range and ticks from its figure as it is now', () => {
    const { options, becomes } = optionsOf(chart());
    const y = { title: '', scale: 'log', range: [1, 100], ticks: [{ value: 10, text: '10¹' }] } as const;
    becomes(chart({ y }));
    expect(call(options.scales?.['y']?.range)).toEqual([1, 100]);
    const axis = options.axes![1]!;
    expect(call(axis.splits)).toEqual([10]);
    expect(call(axis.filter, null, [10, 20])).toEqual([10, 20]);
    expect(call(axis.values, null, [10, 20])).toEqual(['10¹', '']);
  });

  test('is logarithmic where its figure is, and never counts time', () => {
    const log = { title: '', scale: 'log', range: [1, 100], ticks: [] } as const;
    const { scales } = optionsOf(chart({ y: log })).options;
    expect(scales?.['y']).toMatchObject({ distr: 3, time: false });
    expect(scales?.['x']).toMatchObject({ time: false });
    expect(scales?.['x']).not.toHaveProperty('distr');
  });

  test('drops ticks along x that would run into each other, and no others', () => {
    const ticks = [0, 1, 10].map((value) => ({ value, text: '1000' }));
    const { options } = optionsOf(chart({ x: { title: '', scale: 'linear', range: [0, 10], ticks } }));
    const on = { valToPos: (value: number) => 20 * value };
    // Four digits of 7 pixels and a gap of 4 need 32: the second stands 20 from the first.
    const kept = call(options.axes![0]!.filter, on, [0, 1, 10]) as readonly (number | null)[];
    expect(kept.filter((value) => value !== null)).toHaveLength(2);
    expect(kept[2]).toBe(10);
    expect(call(options.axes![0]!.filter, { valToPos: (value: number) => 32 * value }, [0, 1, 10])).toEqual([
      0, 1, 10,
    ]);
  });

  test('draws each curve in its color, dots what shares one, lets stand back what is not judged', () => {
    const curves = [curve({}), curve({ color: 'blue', dotted: true }), curve({ faint: true })];
    const { options, becomes } = optionsOf(chart({ curves }));
    const [, first, second, third] = options.series;
    expect([first, second].map((series) => call(series!.stroke))).toEqual(['the green', 'the blue']);
    expect([first!.dash, third!.dash]).toEqual([[], []]);
    expect(second!.dash).toHaveLength(2);
    expect(first!.alpha).toBe(1);
    expect(third!.alpha).toBeLessThan(1);
    for (const series of [first, second, third]) {
      expect(series).toMatchObject({ spanGaps: true, points: { show: false } });
    }
    becomes(chart({ curves: [curve({ color: 'purple' })] }));
    expect([first, second].map((series) => call(series!.stroke))).toEqual(['the purple', 'the text']);
  });

  test('says what is under the cursor, and when it leaves', () => {
    pointed.length = 0;
    const [setCursor] = optionsOf(chart()).options.hooks!.setCursor!;
    for (const cursor of [{ left: 0, idx: 3 }, { left: 5, idx: 4 }, { left: -10, idx: 4 }, {}, { left: 5 }]) {
      setCursor!({ cursor } as uPlot);
    }
    expect(pointed).toEqual([3, 4, null, null, null]);
  });

  test('draws what theory says, measurements and labels, then tells', () => {
    const told: uPlot[] = [];
    const { plot: on, drawn } = plot();
    const curves = [curve({ x: [1], y: [1], dots: [[1, 1]] })];
    const options = chartOptions({
      chart: () => chart({ curves, references: [{ label: '', remark: '', y: 2 }] }),
      theme: () => theme,
      size: { width: 1, height: 1 },
      drawn: (it) => told.push(it),
      pointed: () => {},
    });
    options.hooks!.draw![0]!(on);
    expect(drawn.map(({ what }) => what)).toEqual(['line', 'dot', 'line', 'text', 'line', 'text']);
    expect(told).toEqual([on]);
  });
});
