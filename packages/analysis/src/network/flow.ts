import { literal, pair, type Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import type { Layer } from './layer.ts';

/** What a tensor of the forward pass has been through. */
export interface Flow {
  /** The layers whose output it may be, whatever came between; `input` is what the model was given. */
  readonly origins: readonly (LayerUse | 'input')[];
  /** What came between those and here, in order. */
  readonly steps: readonly FlowStep[];
  /** What it was multiplied by since its origin, or since the last step that is not linear. */
  readonly multiplier: Quantity;
}

/** Something on a tensor's way that is not a layer of the table. `opaque` was not understood. */
export type FlowStep =
  | {
      readonly kind: 'activation';
      readonly name: string;
      readonly zeroAtZero: boolean;
      readonly homogeneous: boolean;
    }
  | { readonly kind: 'norm' | 'sum' | 'output' }
  | { readonly kind: 'opaque'; readonly what: string };

/** What a function does to the tensor it is given. An `output` function ends the network: a softmax, a loss. */
export interface TensorFunction {
  readonly does: 'activation' | 'norm' | 'pass' | 'output';
  readonly zeroAtZero?: boolean;
  readonly homogeneous?: boolean;
}

/** One application of a layer. */
export interface LayerUse {
  readonly layer: Layer;
  readonly input: Flow;
  /** The factors of its output, one for each way that the output leaves; filled as the forward pass is read. */
  readonly exits: LayerExit[];
  readonly span: Span;
}

export interface LayerExit {
  readonly multiplier: Quantity;
  readonly into: FlowStep['kind'] | 'layer' | 'end';
}

const ONE: Quantity = literal(1);

export const INPUT: Flow = { origins: ['input'], steps: [], multiplier: ONE };

/** Longer ways than this are not read; joining loops would make them grow. */
const MAX_STEPS = 24;

/** The output of a layer. */
export function outputOf(use: LayerUse): Flow {
  return { origins: [use], steps: [], multiplier: ONE };
}

/** The tensor times a number. */
export function scaled(flow: Flow, factor: Quantity): Flow {
  const multiplier = flow.multiplier === ONE ? factor : pair('multiply', flow.multiplier, factor);
  return { ...flow, multiplier };
}

/** What comes of a tensor that something not linear consumes: what multiplied it belongs to the layer it came from. */
export function consume(flow: Flow, step: FlowStep): Flow {
  leave(flow, step.kind);
  if (step.kind === 'norm') leaveThroughActivations(flow);
  const lost = flow.multiplier !== ONE && !comesFromLayer(flow);
  const added: readonly FlowStep[] = lost ? [{ kind: 'opaque', what: 'a factor of its own' }, step] : [step];
  const steps = flow.steps.length < MAX_STEPS ? [...flow.steps, ...added] : TOO_LONG;
  return { origins: flow.origins, steps, multiplier: ONE };
}

/** A normalization takes away a scale that ReLU and its like have let through. */
function leaveThroughActivations({ origins, steps }: Flow): void {
  if (steps.length === 0 || !steps.every((step) => step.kind === 'activation' && step.homogeneous)) return;
  for (const origin of origins) {
    const before = origin === 'input' ? undefined : origin.exits.at(-1);
    if (origin !== 'input' && before !== undefined) origin.exits.push({ ...before, into: 'norm' });
  }
}

const TOO_LONG: readonly FlowStep[] = [{ kind: 'opaque', what: 'so long a way' }];

/** Whether the tensor is a layer's output times a number. */
function comesFromLayer({ origins, steps }: Flow): boolean {
  return steps.length === 0 && !origins.includes('input');
}

/** Notes that a tensor is consumed here; only a layer's own output carries that layer's multiplier. */
export function leave(flow: Flow, into: LayerExit['into']): void {
  if (flow.steps.length > 0) return;
  for (const origin of flow.origins) {
    if (origin !== 'input') origin.exits.push({ multiplier: flow.multiplier, into });
  }
}

/** Consumes tensors that are put together in one way or another. */
export function merge(flows: readonly Flow[], step: FlowStep): Flow {
  const after = flows.map((flow) => consume(flow, step));
  const steps = after.reduce<readonly FlowStep[]>(
    (longest, flow) => (flow.steps.length > longest.length ? flow.steps : longest),
    [step],
  );
  return { origins: [...new Set(after.flatMap((flow) => flow.origins))], steps, multiplier: ONE };
}
