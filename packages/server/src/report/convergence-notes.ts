import type { ConvergenceCheckRequest } from '@widthwise/core';
import { type MeasurementNote, madeNotes, settingNotes } from './measurement-notes.ts';
import type { ReportContext } from './report-context.ts';

/** How the numbers of a convergence check came about. */
export function convergenceNotes(
  context: ReportContext<ConvergenceCheckRequest>,
): readonly MeasurementNote[] {
  const { probe, dataset, tolerance, loss } = context.request;
  return [
    {
      term: 'Gradient–loss bound',
      text: `‖χΠ‖_F ≤ ‖∂𝓛/∂W‖_F / (s·σ_r) for the readout W, the features X of all ${dataset.samples} training samples with the smallest nonzero singular value σ_r, the error signals χ, and s = 1/samples of a mean; the gap is what that allows the loss above the least that the readout can reach. It holds where the gap is at most ε = ${tolerance} of the loss at step 0.${loss.kind === 'cross-entropy' ? ' Of cross-entropy it speaks only where that error is below 1.' : ''}`,
    },
    {
      term: 'All layers',
      text: 'the same from the gradient of every layer, weighed by its learning rate, and λ_min of the tangent kernel of all samples and outputs.',
    },
    {
      term: 'λ_min',
      text: `smallest eigenvalue of xᵀx/n (and of hᵀh/n) over the first ${probe.samples} training samples, in float64, beside that of the infinite-width kernel at initialization. h of layer 1 is linear in the input, and not judged with more samples than input dimensions.`,
    },
    ...settingNotes(context),
    {
      term: 'Theorem',
      text: 'Chen, Yang, Zhao & Gu 2025: under its hypotheses features of μP stay linearly independent at infinite width, so that wherever training stops the error is 0. It gives no rate, does not say that training stops, and speaks of no finite network.',
    },
    ...madeNotes(context),
  ];
}
