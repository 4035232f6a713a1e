import {
  GROWING_SLOPE,
  judgedLayers,
  type RunSetting,
  type TheoremHypotheses,
  theoremHypotheses,
  VANISHING_SLOPE,
} from '@widthwise/core';
import { batchText, counted, cutText, fractionText, lossText, rateText, twinLines } from '@widthwise/figures';
import type { ReportContext } from './report-context.ts';

/** One line of "What was measured". */
export interface MeasurementNote {
  readonly term: string;
  readonly text: string;
}

/** How the numbers of a report came about, so that someone else can get them and knows what they mean. */
export function measurementNotes(context: ReportContext): readonly MeasurementNote[] {
  return [
    ...quantities(context),
    ...verdicts(context),
    ...settingNotes(context),
    ...hypotheses(context),
    ...madeNotes(context),
  ];
}

function quantities({ request }: ReportContext): MeasurementNote[] {
  const watched = request.probe.samples;
  const probe = watched === 1 ? 'the first training sample' : `the first ${watched} training samples`;
  return [
    {
      term: 'Movement',
      text: `‖h_T − h_0‖ / ‖h_0‖ of a layer's preactivations h over the probe (${probe}), Frobenius norms, after T = ${request.steps} updates.`,
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
      text: 'of the kernel that the same probe has at initialization as n → ∞, in closed form or by quadrature.',
    },
  ];
}

function verdicts({ request }: ReportContext): MeasurementNote[] {
  const judged = judgedLayers(request.depth);
  const layers = `layer${judged.length === 1 ? '' : 's'} ${judged.join(', ')}`;
  return [
    {
      term: 'Values',
      text: 'the geometric mean over seeds, in figures with the 95 % interval of Student’s t, from three seeds on.',
    },
    {
      term: 'Slope',
      text: 'weighted least squares of log quantity on log width, a width by its size, with the 95 % interval of Student’s t; noise is that of seeds within widths. Of λ_min it is that of the Gram averaged over the seeds of a width.',
    },
    {
      term: 'Verdict',
      text: `from slopes and what theory predicts for the same exponents, never from a name, on ${layers}. A quantity is constant where the interval of its slope lies between ${fractionText(VANISHING_SLOPE)} and ${fractionText(GROWING_SLOPE)} and no other slope is predicted, falls or grows beyond, and is undecided otherwise. Features move where the movement of every layer is constant, and are frozen where one falls; they are rich where λ_min of every layer is constant, or rises, at every probed step, and low where one falls. Unstable: the output's change, an absolute movement or the size of a layer at the start grows, or runs diverge the more the wider; otherwise divergence says that η is too large.`,
    },
  ];
}

const TWIN_TERMS = ['In its place', 'As the model', 'Unlike the model'] as const;

/** Network, training and data of any experiment. @param rate what is said of it; without a word `η = …` */
export function settingNotes(
  { request, dataTitle, dataReading, twin }: ReportContext<RunSetting>,
  rate: string = rateText(request),
): MeasurementNote[] {
  const { depth, activation, loss, batch, optimizer, baseWidth, widths, seeds, readout, data } = request;
  const reduced = loss.reduction === 'mean' ? 'averaged' : 'summed';
  const leftOut = cutText(request);
  return [
    ...(leftOut === null ? [] : [{ term: 'Left out', text: `${leftOut}.` }]),
    ...(twin === null
      ? []
      : twinLines(twin).map((text, at) => ({ term: TWIN_TERMS[at]!, text: `${text}.` }))),
    {
      term: 'Network',
      text: `${counted(depth, 'hidden layer')} without biases, ${activation}, widths ${widths.join(', ')}; every parametrization equals SP at width ${baseWidth}${readout === 'zero' ? ', but for the readouts, which start at zero' : ''}.`,
    },
    {
      term: 'Training',
      text: `${batchText({ batch, optimizer })} on ${lossText(loss)}, ${reduced} over samples, ${rate}; ${seeds === 1 ? 'seed 0' : `seeds 0 to ${seeds - 1}`}, the same initial draws for every parametrization.`,
    },
    { term: 'Data', text: `${dataTitle}; SHA-256 ${data.hash}.` },
    ...(dataReading === null ? [] : [{ term: 'Data as read', text: `${dataReading}.` }]),
  ];
}

function hypotheses({ request }: ReportContext): MeasurementNote[] {
  const { activation, data } = theoremHypotheses(request);
  return [
    {
      term: 'Theorem',
      text: 'Chen, Yang, Zhao & Gu 2025: features of μP stay linearly independent at infinite width, under the two hypotheses below. It speaks of the limit; what stands here is measured at finite width.',
    },
    {
      term: 'Its activation',
      text: activation.holds
        ? `holds: ${request.activation} is in the class GOOD (${activation.reason}).`
        : `does not hold: ${request.activation} is not in the class GOOD (${activation.reason}), so the theorem is silent.`,
    },
    { term: 'Its data', text: dataVerdict(data, request.dataset.samples) },
  ];
}

function dataVerdict(data: TheoremHypotheses['data'], samples: number): string {
  const { holds, compared, duplicates, antipodes, parallel, zeros, examined } = data;
  if (holds) return 'holds: no two inner products with one sample agree in size, and none is 0.';
  if (holds === null && !examined)
    return 'not known: samples stand too close to one another to look for all that are parallel.';
  if (holds === null)
    return compared < samples
      ? `not known: no samples are parallel, and the inner products of the first ${compared} of ${samples} violate nothing.`
      : "not known: of so many inner products some agree to float64's precision in any data.";
  const pairs = Object.entries({ equal: duplicates, opposite: antipodes, parallel })
    .filter(([, { count }]) => count > 0)
    .map(([kind, { count }]) => counted(count, `pair of ${kind} samples`, `pairs of ${kind} samples`));
  if (zeros.count > 0) pairs.push(counted(zeros.count, 'sample that is 0', 'samples that are 0'));
  const found = pairs.join(', ') || 'inner products that agree in size, or are 0';
  return `does not hold: ${found}. It is sufficient, not necessary.`;
}

/** What a number owes to the engine that trained. */
function precisionText(engine: string): string {
  return engine === 'reference'
    ? 'all float64'
    : 'trains in float32, with updates kept apart from the weights they change; what is measured is float64; `--engine reference` repeats it in float64 throughout';
}

/** By what, where and when. */
export function madeNotes({
  request,
  version,
  machine,
  date,
  engineReason = null,
}: ReportContext<RunSetting>): MeasurementNote[] {
  const { engine } = request;
  return [
    {
      term: 'Made by',
      text: `Widthwise ${version}, engine ${engine.name} (${engineReason === null ? '' : `taken by auto: ${engineReason}; `}numerics ${engine.numerics}; ${precisionText(engine.name)}), ${machine}, ${date.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    },
  ];
}
