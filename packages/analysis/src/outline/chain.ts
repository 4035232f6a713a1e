import type { Flow, FlowStep, LayerUse } from '../network/flow.ts';
import type { Layer } from '../network/layer.ts';

/** A forward pass that is one layer after another: h¹ = W¹ξ, x¹ = φ(h¹), h² = W²x¹, … */
export interface Chain {
  readonly layers: readonly Layer[];
  /** Whether φ(0) ≠ 0. */
  readonly phi0: boolean;
}

/** The chain, or why the forward pass is none: one sentence. */
export type ChainReading = { readonly chain: Chain } | { readonly missing: string };

/** Reads what the forward pass returns back to its input. */
export function readChain(outputs: readonly Flow[]): ChainReading {
  if (outputs.length === 0) return { missing: 'forward: what it returns is not followed' };
  const readings = outputs.map(chainOf);
  const [first] = readings;
  if (first === undefined || 'missing' in first) return first ?? { missing: 'forward: nothing is returned' };
  for (const other of readings) {
    if ('missing' in other) return other;
    const same = other.chain.layers.length === first.chain.layers.length;
    if (!same || !other.chain.layers.every((layer, index) => layer === first.chain.layers[index])) {
      return { missing: 'forward: it returns the outputs of different layers' };
    }
  }
  return first;
}

/** More layers than a forward pass that is read can have. */
const MAX_LAYERS = 100;

function chainOf(output: Flow): ChainReading {
  const layers: Layer[] = [];
  const activations: Extract<FlowStep, { kind: 'activation' }>[] = [];
  for (let flow = output, last = true; layers.length <= MAX_LAYERS; last = false) {
    const problem = flow.steps.map((step) => problemOf(step, last)).find((text) => text !== null);
    if (problem !== undefined) return { missing: problem };
    const origin = onlyOrigin(flow);
    if (origin === undefined) return { missing: 'forward: several layers feed one' };
    if (!last || origin === 'input') activations.push(...flow.steps.filter(isActivation));
    if (origin === 'input') return finished(layers, activations);
    layers.unshift(origin.layer);
    flow = origin.input;
  }
  return { missing: 'forward: it does not end' };
}

function finished(
  layers: readonly Layer[],
  activations: readonly { readonly zeroAtZero: boolean }[],
): ChainReading {
  const [first = true, ...rest] = activations.map((activation) => activation.zeroAtZero);
  if (rest.some((zeroAtZero) => zeroAtZero !== first)) {
    return { missing: 'forward: some of its activations are 0 at 0 and some are not' };
  }
  if (new Set(layers).size < layers.length) return { missing: 'forward: a layer is used twice' };
  return { chain: { layers, phi0: !first } };
}

function isActivation(step: FlowStep): step is Extract<FlowStep, { kind: 'activation' }> {
  return step.kind === 'activation';
}

function onlyOrigin({ origins }: Flow): LayerUse | 'input' | undefined {
  return origins.length === 1 ? origins[0] : undefined;
}

/** Why a step keeps the pass from being a chain; behind the last layer a softmax, a loss or an activation may stand. */
function problemOf(step: FlowStep, last: boolean): string | null {
  switch (step.kind) {
    case 'activation':
      return null;
    case 'output':
      return last ? null : 'forward: a softmax or loss stands between layers';
    case 'norm':
      return 'forward: a normalization stands between layers, and verdicts are for plain chains of layers';
    case 'sum':
      return 'forward: tensors are added, and verdicts are for plain chains of layers';
    case 'opaque':
      return `forward: ${step.what} is not followed`;
  }
}
