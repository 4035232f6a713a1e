import type { QuantityName } from '@widthwise/protocol';
import type { Extent } from './axis-range.ts';
import type { ColorToken } from './colors.ts';

/** Where the numbers of a line come from; what belongs to several runs leaves the rest out. */
interface LineSource {
  readonly parametrization: string;
  readonly width?: number;
  readonly seed?: number;
  readonly quantity: QuantityName;
  readonly layer: number | null;
}

/** One curve of a chart. */
export interface Line {
  readonly kind: 'measured' | 'theory';
  /** Stands at its end. */
  readonly label: string;
  readonly color: ColorToken;
  /** In CSS pixels, on and off in turn; empty is solid. */
  readonly dash: readonly number[];
  /** 0 to 1: what is not judged stands back. */
  readonly strength: number;
  /** Ascending. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Single measurements behind a curve of means. */
  readonly dots: readonly (readonly [x: number, y: number])[];
  /** Null for theory and while there is no run. */
  readonly source: LineSource | null;
}

export interface ChartAxis {
  readonly scale: 'linear' | 'log';
  readonly range: Extent;
  /** Null lets the chart choose. */
  readonly ticks: readonly number[] | null;
}

/** All that a chart draws, as plain values. Lines keep their places while a comparison runs. */
export interface ChartModel {
  /** The value of its `data-chart`. */
  readonly name: string;
  readonly title: string;
  readonly formula: string;
  /** What is counted along x. */
  readonly along: 'step' | 'width';
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly lines: readonly Line[];
  /** What stands at the end of a measured curve: name and newest value, or the name alone. */
  readonly endLabels: 'value' | 'name';
}
