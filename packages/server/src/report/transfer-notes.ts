import type { TransferRequest } from '@widthwise/core';
import { type MeasurementNote, madeNotes, settingNotes } from './measurement-notes.ts';
import type { ReportContext } from './report-context.ts';

/** How the best rates of a report came about. */
export function transferNotes(context: ReportContext<TransferRequest>): readonly MeasurementNote[] {
  const { learningRate, baseWidth, objective } = context.request;
  return [
    {
      term: 'Best rate',
      text: `of the ${objective === 'mean' ? 'mean of the training losses after every step' : 'training loss after the last step'}: rates a factor of four apart around ${learningRate}, outwards while the loss still falls, then at half the distance around the best of every seed until its neighbors are 2^(1/8) apart; between them the parabola through log loss. A loss with several minima may hide one between the first rates.`,
    },
    {
      term: 'Drift',
      text: 'weighted least squares of log best rate on log width, seeds pooled within widths, with the 95 % interval of Student’s t and, on both sides, what it moves by if every best rate is off by half the distance between rates of the grid, or by all of it beside a rate that diverges.',
    },
    {
      term: 'Foretold',
      text: 'the largest power of the width by which all rates may be multiplied with nothing growing, by the calculus of exponents: where a best rate is as large as can be. Full-batch training for a fixed number of steps comes close to that.',
    },
    ...settingNotes(context, `rates as above; at width ${baseWidth} every rate is η/${baseWidth}`),
    ...madeNotes(context),
  ];
}
