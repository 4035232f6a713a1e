import { judgedLayers } from '@widthwise/core';
import { counted } from './number-format.ts';
import type { ReportContext } from './report-context.ts';

/** One line of "What was measured". */
export interface MeasurementNote {
  readonly term: string;
  readonly text: string;
}

/** How the numbers of a report came about, so that someone else can get them and knows what they mean. */
export function measurementNotes(context: ReportContext): readonly MeasurementNote[] {
  return [...quantities(context), ...verdicts(context), ...setting(context), ...made(context)];
}

function quantities({ request }: ReportContext): MeasurementNote[] {
  const probe = counted(request.probe.samples, 'training sample');
  return [
    {
      term: 'Movement',
      text: `‖h_T − h_0‖ / ‖h_0‖ of a layer's preactivations h over the probe (the first ${probe}), Frobenius norms, after T = ${request.steps} updates.`,
    },
    {
      term: 'λ_min',
      text: "smallest eigenvalue of xᵀx/n, the Gram matrix of a layer's activations x over the probe, in float64: 0 where the features of the probe are linearly dependent. After training, unless said otherwise.",
    },
    {
      term: 'Joint λ_min',
      text: 'the same for the features before and after training side by side: above 0 where training added directions of its own. Evidence, not part of the verdict.',
    },
    {
      term: 'λ_min at infinite width',
      text: 'of the kernel that the same probe has at initialisation as n → ∞, in closed form or by quadrature.',
    },
  ];
}

function verdicts({ request }: ReportContext): MeasurementNote[] {
  const layers = judgedLayers(request.depth).join(', ');
  return [
    {
      term: 'Slope',
      text: 'ordinary least squares of log quantity on log width over all widths and seeds, with the 95 % interval of Student’s t.',
    },
    {
      term: 'Verdict',
      text: `from slopes alone, never from a name, on layers ${layers}. Features move if every movement slope lies above −¼ with its whole interval, and are frozen if one lies below. Richness is "rich" or "low" by the same rule on λ_min. Unstable: runs diverge, or the output's change grows with a slope above +¼.`,
    },
  ];
}

function setting({ request, dataTitle }: ReportContext): MeasurementNote[] {
  const { depth, activation, loss, learningRate, baseWidth, widths, seeds, data } = request;
  const formula = loss.kind === 'square' ? '‖f − y‖²' : '½‖f − y‖²';
  const reduced = loss.reduction === 'mean' ? 'averaged' : 'summed';
  return [
    {
      term: 'Network',
      text: `${counted(depth, 'hidden layer')} without biases, ${activation}, widths ${widths.join(', ')}; every parametrization equals SP at width ${baseWidth}.`,
    },
    {
      term: 'Training',
      text: `full-batch gradient descent on ${formula}, ${reduced} over samples, η = ${learningRate}; seeds 0 to ${seeds - 1}, the same initial draws for every parametrization.`,
    },
    { term: 'Data', text: `${dataTitle}; SHA-256 ${data.hash}.` },
  ];
}

function made({ request, version, machine, date }: ReportContext): MeasurementNote[] {
  const { engine } = request;
  return [
    {
      term: 'Made by',
      text: `Widthwise ${version}, engine ${engine.name} (numerics ${engine.numerics}), ${machine}, ${date.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    },
  ];
}
