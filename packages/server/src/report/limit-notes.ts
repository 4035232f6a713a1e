import type { LimitRequest } from '@widthwise/core';
import { type MeasurementNote, madeNotes, settingNotes } from './measurement-notes.ts';
import type { ReportContext } from './report-context.ts';

const METHODS: Readonly<Record<LimitRequest['method'], string>> = {
  exact:
    'a linear network under μP: everything in it is a sum of Gaussians, so the equations of dynamical mean-field theory close in finitely many numbers, and are exact.',
  particles:
    'one hidden layer under μP: neurons that meet in the output alone, a law that is sampled on a grid, or by eight shifted quasi-random sequences of 16,384 neurons each, which say how far off they are.',
  extrapolated:
    'no closed equations here, or more of them than are solved: of several nonlinear hidden layers they take a simulation of their own, and of other exponents the limit is that of a kernel. What stands there is the fit a + c/n over widths.',
};

/** How a limit and the networks beside it came about. */
export function limitNotes(context: ReportContext<LimitRequest>): readonly MeasurementNote[] {
  return [
    { term: 'Limit', text: METHODS[context.request.method] },
    {
      term: 'Extrapolated',
      text: 'weighted least squares of q = a + c/n with weights n · seeds, noise pooled within widths, with the 95 % interval of Student’s t. The fit leaves out 1/n².',
    },
    {
      term: 'Law of h',
      text: 'means of the quantile function of h over 32 bands of equal probability, of one network’s units and of the limit’s neuron after the last step, for the first four samples; their distance is the mean of what these differ by, by the limit’s spread. The density drawn is the share between means four bands apart.',
    },
    {
      term: 'Readout',
      text: 'Ẑ = n·W^{L+1} in the limit, the sum of its start and of its updates; each part counts by what it adds to E[Ẑ²] after training.',
    },
    ...settingNotes(context),
    ...madeNotes(context),
  ];
}
