import type { ComparisonRequest, LimitsByName, LossSpec, OptimizerSpec, TwinNotes } from '@widthwise/core';
import { counted } from '../words/counted.ts';
import { batchText, lossText, optimizerText } from '../words/training-words.ts';

/** What a comparison compares, as far as tables and figures show it: the plan that goes over the wire is one. */
export interface ComparisonSetting {
  /** In the order asked for. `name` is the key of rows and slopes, `label` what people read. */
  readonly parametrizations: readonly { readonly name: string; readonly label: string }[];
  /** Ascending. */
  readonly widths: readonly number[];
  readonly seeds: number;
  /** Hidden layers. */
  readonly depth: number;
  readonly activation: string;
  readonly steps: number;
  readonly learningRate: number;
  /** Where all parametrizations are one network at one rate. */
  readonly baseWidth: number;
  readonly limits: LimitsByName;
}

/** A comparison as it was asked for, with how its parametrizations are written. */
interface Asked {
  readonly request: ComparisonRequest;
  readonly labels: Readonly<Record<string, string>>;
}

/** The setting of a request. */
export function comparisonSetting({ request, labels }: Asked): ComparisonSetting {
  const { widths, seeds, depth, activation, steps, learningRate, baseWidth, limits } = request;
  return {
    parametrizations: request.parametrizations.map(({ name }) => ({ name, label: labels[name] ?? name })),
    widths,
    seeds,
    depth,
    activation,
    steps,
    learningRate,
    baseWidth,
    limits,
  };
}

/** `tanh, 3 hidden layers`. */
export function networkText({ activation, depth }: Pick<ComparisonSetting, 'activation' | 'depth'>): string {
  return `${activation}, ${counted(depth, 'hidden layer')}`;
}

type Trained = Pick<ComparisonRequest, 'steps' | 'batch' | 'optimizer' | 'loss' | 'readout'>;

/** `10 steps, η = 16 (rate 0.125 at width 128)`, with how they are made as in {@link stepsText}. */
export function trainingText(request: Trained & Rated): string {
  return `${stepsText(request)}, ${rateText(request)}`;
}

type Rated = Pick<ComparisonRequest, 'learningRate' | 'baseWidth'>;

/** `η = 16 (rate 0.125 at width 128)`; `η = 1` at base width 1, where no network is trained. */
export function rateText({ learningRate, baseWidth }: Rated): string {
  const rate = Number((learningRate / baseWidth).toPrecision(3));
  return `η = ${learningRate}${baseWidth === 1 ? '' : ` (rate ${rate} at width ${baseWidth})`}`;
}

/** `10 steps`; `10 steps of Adam on cross-entropy` where that is not gradient descent on ½‖f − y‖², and of which batches. */
export function stepsText({ steps, batch, optimizer, loss, readout }: Trained): string {
  const usual = optimizer.kind === 'sgd' && loss.kind === 'half-square';
  const how = usual ? '' : ` of ${optimizerText(optimizer)} on ${lossText(loss)}`;
  const of = batch === null ? '' : ` on batches of ${batch}`;
  return `${counted(steps, 'step')}${how}${of}${readoutText(readout)}`;
}

/** Nothing of a readout that starts as its parametrization has it. */
function readoutText(readout: ComparisonRequest['readout']): string {
  return readout === 'zero' ? ' from a zero readout' : '';
}

/** What was trained, for somebody who has not asked for it: the network, the data, the training, and whose network it is. */
export function trainedText({
  activation,
  depth,
  data,
  steps,
  batch,
  learningRate,
  baseWidth,
  readout,
  optimizer,
  loss,
  seeds,
  twin,
  searched = false,
}: Pick<ComparisonSetting, 'activation' | 'depth' | 'steps' | 'learningRate' | 'baseWidth' | 'seeds'> & {
  readonly readout: ComparisonRequest['readout'];
  readonly data: string;
  readonly batch: number | null;
  readonly optimizer: OptimizerSpec['kind'];
  readonly loss: LossSpec['kind'];
  readonly twin: TwinNotes | null;
  /** Whether η is where a search for the best begins. */
  readonly searched?: boolean;
}): string {
  const network = `a bias-free ${activation} network with ${counted(depth, 'hidden layer')}`;
  const training = `${batchText({ batch, optimizer: { kind: optimizer } })} on ${lossText({ kind: loss })}, ${counted(steps, 'step')}${readoutText(readout)}, ${searched ? `η searched from ${learningRate}` : rateText({ learningRate, baseWidth })}`;
  return `Trained: ${network} on ${data}; ${training}; ${counted(seeds, 'seed')} a width. ${twin === null ? 'It is built in, not your model' : `It is the MLP twin of ${twin.name}, not ${twin.name} itself`}.`;
}
