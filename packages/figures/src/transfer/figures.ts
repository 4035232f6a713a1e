import type { RateTransfer, TransferReport, TransferRow } from '@widthwise/core';
import type { Curve, Figure } from '../figure.ts';
import { type CurveColor, curveStyles } from '../palette.ts';
import { type Axis, valueAxis, widthAxis } from '../scales/axis.ts';
import { extentOf } from '../scales/extent.ts';
import { seedMean } from '../seed-mean.ts';
import { valueText } from '../words/number-text.ts';
import { exponentText } from '../words/slope-text.ts';
import { type RateObjective, rateWords } from './rate-words.ts';

/** What figures of best rates are drawn for. */
export interface TransferSetting {
  readonly parametrizations: readonly { readonly name: string; readonly label: string }[];
  readonly widths: readonly number[];
  readonly objective: RateObjective;
}

function lossTitle({ objective }: TransferSetting): string {
  return `${objective} loss`;
}

const LOSS_WORDS: Readonly<Record<RateObjective, string>> = {
  mean: 'mean over steps',
  final: 'after the last update',
  end: 'mean over the last quarter of the steps',
};

function lossWords({ objective }: TransferSetting): string {
  return LOSS_WORDS[objective];
}

/** In turn from the narrowest on. */
const COLORS: readonly CurveColor[] = ['sky-blue', 'green', 'orange', 'purple', 'blue', 'vermilion'];

/** Loss against rate, a figure a parametrization on the same axes; then the best rate and the loss against width. */
export function transferFigures(report: TransferReport, setting: TransferSetting): readonly Figure[] {
  return [
    ...rateFigures(report.rows, report.transfers, setting),
    optimumFigure(report.transfers, setting),
    carriedFigure(report, setting),
  ];
}

function rateFigures(
  rows: readonly TransferRow[],
  transfers: readonly RateTransfer[],
  setting: TransferSetting,
): readonly Figure[] {
  const drawn = setting.parametrizations.map(({ name }) =>
    setting.widths.map((width) => lossCurve(rows, name, width)),
  );
  const all = drawn.flat();
  const { symbol } = rateWords(setting.objective);
  const x: Axis = { ...valueAxis('log', extentOf(all.flatMap((curve) => curve.x))), title: symbol };
  const y = valueAxis('log', extentOf(all.flatMap((curve) => curve.y)));
  return setting.parametrizations.map(({ name, label }, place): Figure => {
    const optima = transfers.find(({ parametrization }) => parametrization === name)?.optima ?? [];
    return {
      id: `rates-${place}`,
      title: `${label}: ${lossTitle(setting)}`,
      formula: `the training loss, ${lossWords(setting)}, against ${symbol === 'η' ? '' : 'the '}${symbol}, a curve a width`,
      x,
      y,
      curves: drawn[place]!.map((curve, index): Curve => {
        const optimum = optima[index];
        const best =
          optimum?.rate == null || optimum.loss === null ? [] : [[optimum.rate, optimum.loss] as const];
        return {
          label: `n = ${setting.widths[index]}`,
          remark: best.length === 0 ? '' : `best ${valueText(best[0]![0])}`,
          color: COLORS[index % COLORS.length]!,
          dotted: index >= COLORS.length,
          faint: false,
          ...curve,
          dots: best,
          leaves: false,
          source: null,
        };
      }),
      references: [],
      notes: [`Beside each width its best ${symbol}. A curve ends where a seed diverges.`],
    };
  });
}

/** Geometric means over seeds, up to where one of them diverges. */
function lossCurve(
  rows: readonly TransferRow[],
  name: string,
  width: number,
): Pick<Curve, 'x' | 'y' | 'intervals'> {
  const own = rows.filter((row) => row.parametrization === name && row.width === width);
  const rates = [...new Set(own.map(({ rate }) => rate))].sort((left, right) => left - right);
  const means = rates.flatMap((rate) => {
    const losses = own.filter((row) => row.rate === rate).map(({ loss }) => loss);
    const mean = losses.includes(null) ? null : seedMean(losses);
    return mean === null ? [] : [{ rate, ...mean }];
  });
  return {
    x: means.map(({ rate }) => rate),
    y: means.map(({ mean }) => mean),
    intervals: means.map(({ interval }) => interval),
  };
}

/** The best rate against width, a curve a parametrization: flat transfers. */
function optimumFigure(transfers: readonly RateTransfer[], setting: TransferSetting): Figure {
  const styles = curveStyles(setting.parametrizations);
  const curves = setting.parametrizations.map(({ name, label }): Curve => {
    const transfer = transfers.find(({ parametrization }) => parametrization === name);
    const found = (transfer?.optima ?? []).filter(({ rate }) => rate !== null);
    const drift = transfer?.drift.value ?? null;
    return {
      label,
      remark: drift === null ? '' : exponentText(drift),
      ...styles.get(name)!,
      faint: false,
      x: found.map(({ width }) => width),
      y: found.map(({ rate }) => rate!),
      intervals: found.map(({ low, high }) => (low === null || high === null ? null : [low, high])),
      dots: [],
      leaves: false,
      source: null,
    };
  });
  return {
    id: 'best-rate',
    title: `best ${rateWords(setting.objective).symbol}`,
    formula: `the ${rateWords(setting.objective).rate} of the least loss, with its 95 % interval`,
    x: widthAxis(setting.widths),
    y: valueAxis(
      'log',
      extentOf(curves.flatMap(({ y, intervals }) => [...y, ...intervals.flatMap((each) => each ?? [])])),
    ),
    curves,
    references: [],
    notes: [],
  };
}

/** The loss at the rate tuned at the smallest width; faint where each width is tuned by itself. */
function carriedFigure({ transfers }: TransferReport, setting: TransferSetting): Figure {
  const { symbol } = rateWords(setting.objective);
  const styles = curveStyles(setting.parametrizations);
  const curves = setting.parametrizations.flatMap(({ name, label }): Curve[] => {
    const transfer = transfers.find(({ parametrization }) => parametrization === name);
    const carried = (transfer?.tuned?.losses ?? []).filter(({ loss }) => (loss ?? 0) > 0);
    const best = (transfer?.optima ?? []).filter(({ loss }) => (loss ?? 0) > 0);
    const lost = transfer?.tuned?.losses.some(({ state }) => state === 'diverged') === true;
    const common = { color: styles.get(name)!.color, intervals: [], dots: [], leaves: false, source: null };
    return [
      {
        ...common,
        label,
        remark: lost ? '✗' : '',
        dotted: false,
        faint: false,
        x: carried.map(({ width }) => width),
        y: carried.map(({ loss }) => loss!),
      },
      {
        ...common,
        label,
        remark: 'best',
        dotted: true,
        faint: true,
        x: best.map(({ width }) => width),
        y: best.map(({ loss }) => loss!),
      },
    ];
  });
  return {
    id: 'carried-loss',
    title: `${lossTitle(setting)} at the ${symbol} tuned at ${setting.widths[0]}`,
    formula: `the training loss, ${lossWords(setting)}; dotted with the best ${symbol} of each width`,
    x: widthAxis(setting.widths),
    y: valueAxis('log', extentOf(curves.flatMap(({ y }) => y))),
    curves,
    references: [],
    notes: [
      `Dotted: with the best ${symbol} of each width. ✗: a wider network diverges at the tuned ${symbol}.`,
    ],
  };
}
