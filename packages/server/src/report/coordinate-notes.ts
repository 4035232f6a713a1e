import type { CoordinateCheckRequest } from '@widthwise/core';
import { type MeasurementNote, madeNotes, settingNotes } from './measurement-notes.ts';
import type { ReportContext } from './report-context.ts';

/** How the numbers of a coordinate check came about. */
export function coordinateNotes(context: ReportContext<CoordinateCheckRequest>): readonly MeasurementNote[] {
  const { samples } = context.request.probe;
  return [
    {
      term: 'Size, update',
      text: `mean |h_t| and mean |h_t − h_0| of what each layer puts out before its nonlinearity, over its units and the first ${samples} training samples.`,
    },
    {
      term: 'Slope',
      text: 'weighted least squares of the logarithm on log width with weights n, seeds pooled within widths, with the 95 % interval of Student’s t.',
    },
    {
      term: 'Theory',
      text: 'the exponent that the calculus of this parametrization foretells for the update, at this number of steps.',
    },
    ...settingNotes(context),
    ...madeNotes(context),
  ];
}
