import type { ActivationName } from '../model/net-spec.ts';
import { exponentsOf, type Parametrization } from '../parametrization/parametrization.ts';
import { FieldError } from './params/field-error.ts';
import type { UnprobedParams } from './params/run-params.ts';

/** The bias-free MLP that stands for a model, as it was read off the model's code. */
export interface Twin {
  /** The model's class. */
  readonly name: string;
  /** Its exponents by role, under the name of the class. */
  readonly parametrization: Parametrization;
  /** Whether it has hidden matrices, so that more than one hidden layer has exponents. */
  readonly hasHidden: boolean;
  /** Null where the model has none or several, or one that is not built in: `activations` says which. */
  readonly activation: ActivationName | null;
  /** As the model's code calls them. */
  readonly activations: readonly string[];
  /** L; null where the model is no chain, or its length is not known. */
  readonly depth: number | null;
  /** What the model has and no MLP does, each a noun phrase. */
  readonly beside: readonly string[];
}

/** What was trained in a model's place, and how far it is the model. */
export interface TwinNotes {
  readonly name: string;
  readonly shares: readonly string[];
  readonly lacks: readonly string[];
}

/** The rate of every weight at the base width, where the code's own is a number that the twin does not share. */
const BASE_RATES = { sgd: 1 / 4, adam: 1 / 128 } as const;

/**
 * What an experiment is asked with for a twin: what was asked for, then the model's, beside μP where several are trained.
 * The base width is the smallest, where the twin is the same network as μP's, at rates of a net that learns.
 *
 * @throws FieldError for exponents in place of the model's
 */
export function askedOfTwin(
  { name, parametrization, activation, depth }: Twin,
  asked: TwinAsked,
  smallest: number,
): object {
  if (asked.parametrization !== undefined) {
    throw new FieldError('parametrization', `with a model the exponents are those of ${name}`);
  }
  const { optimizer } = parametrization;
  return {
    optimizer,
    learningRate: BASE_RATES[optimizer] * smallest,
    baseWidth: smallest,
    ...(activation === null ? {} : { activation }),
    ...(depth === null ? {} : { depth }),
    ...asked,
    parametrization: name,
    parametrizations: [name, ...(asked.parametrizations ?? ['mup'])],
  };
}

/** What names exponents, in an experiment of one or of several. */
interface TwinAsked {
  readonly parametrization?: string;
  readonly parametrizations?: readonly string[];
}

/** @throws FieldError for what a twin cannot be trained with */
export function requireTwin({ name, parametrization, hasHidden }: Twin, params: UnprobedParams): void {
  const { optimizer } = parametrization;
  if (exponentsOf({ kind: params.optimizer }) !== optimizer) {
    throw new FieldError(
      'optimizer',
      `${name} is trained by ${optimizer === 'adam' ? 'Adam' : 'SGD'}, and its exponents are for that`,
    );
  }
  if (!hasHidden && params.depth > 1) {
    throw new FieldError(
      'depth',
      `${name} has no matrix between two layers whose exponents more layers would take`,
    );
  }
}

/** What a twin has of its model as it is trained, and what not. */
export function twinNotes(twin: Twin, { activation, depth }: UnprobedParams): TwinNotes {
  const { parametrization, activations, beside } = twin;
  const isActivation = twin.activation === activation;
  const isDepth = twin.depth === depth;
  const optimizer = parametrization.optimizer === 'adam' ? 'Adam' : 'SGD';
  return {
    name: twin.name,
    shares: [
      `how initialization, multiplier and learning rate of its matrices scale with width, under ${optimizer}`,
      ...(isActivation ? [`its activation, ${activation}`] : []),
      ...(isDepth ? [`its ${layersText(depth)}`] : []),
    ],
    lacks: [
      ...(isActivation ? [] : [`${activationsText(activations)}: ${activation} is trained`]),
      ...(isDepth ? [] : [`its depth: ${layersText(depth)} ${depth === 1 ? 'is' : 'are'} trained`]),
      ...beside,
      'its data and its loss',
      'every number that does not depend on width, such as the size of its learning rate',
    ],
  };
}

function layersText(depth: number): string {
  return depth === 1 ? '1 hidden layer' : `${depth} hidden layers`;
}

function activationsText(activations: readonly string[]): string {
  if (activations.length === 0) return 'that it has no activation';
  return activations.length === 1
    ? `its activation, ${activations[0]}`
    : `its activations, ${activations.join(', ')}`;
}
