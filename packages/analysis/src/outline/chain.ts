import type { MissingChain } from '../missing.ts';
import type { Flow, FlowStep, LayerUse } from '../network/flow.ts';
import type { Layer } from '../network/layer.ts';

/** A forward pass that is one layer after another: h¹ = W¹ξ, x¹ = φ(h¹), h² = W²x¹, … */
export interface Chain {
  readonly layers: readonly Layer[];
  /** Whether φ(0) ≠ 0. */
  readonly phi0: boolean;
}

/** The chain, or why the forward pass is none. */
export type ChainReading = { readonly chain: Chain } | { readonly missing: MissingChain };

/** Reads what the forward pass returns back to its input. */
export function readChain(outputs: readonly Flow[]): ChainReading {
  const readings = outputs.map(chainOf);
  const [first] = readings;
  if (first === undefined) return { missing: { kind: 'no-output' } };
  if ('missing' in first) return first;
  for (const other of readings) {
    if ('missing' in other) return other;
    const same = other.chain.layers.length === first.chain.layers.length;
    if (!same || !other.chain.layers.every((layer, index) => layer === first.chain.layers[index])) {
      return { missing: { kind: 'outputs-differ' } };
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
    const problem = flow.steps.map((step) => problemOf(step, last)).find((why) => why !== null);
    if (problem !== undefined) return { missing: problem };
    const origin = onlyOrigin(flow);
    if (origin === undefined) return { missing: { kind: 'several-inputs' } };
    if (!last || origin === 'input') activations.push(...flow.steps.filter(isActivation));
    if (origin === 'input') return finished(layers, activations);
    layers.unshift(origin.layer);
    flow = origin.input;
  }
  return { missing: { kind: 'endless' } };
}

function finished(
  layers: readonly Layer[],
  activations: readonly { readonly zeroAtZero: boolean }[],
): ChainReading {
  const [first = true, ...rest] = activations.map((activation) => activation.zeroAtZero);
  if (rest.some((zeroAtZero) => zeroAtZero !== first)) {
    return { missing: { kind: 'activations-differ' } };
  }
  if (new Set(layers).size < layers.length) return { missing: { kind: 'layer-twice' } };
  return { chain: { layers, phi0: !first } };
}

function isActivation(step: FlowStep): step is Extract<FlowStep, { kind: 'activation' }> {
  return step.kind === 'activation';
}

function onlyOrigin({ origins }: Flow): LayerUse | 'input' | undefined {
  return origins.length === 1 ? origins[0] : undefined;
}

/** Why a step keeps the pass from being a chain; behind the last layer a softmax, a loss or an activation may stand. */
function problemOf(step: FlowStep, last: boolean): MissingChain | null {
  switch (step.kind) {
    case 'activation':
      return null;
    case 'output':
      return last ? null : { kind: 'output-between' };
    case 'norm':
      return { kind: 'norm-between' };
    case 'sum':
      return { kind: 'sum-between' };
    case 'opaque':
      return { kind: 'unread-step', what: step.what };
  }
}
