import { isVanished, knownExponent } from '../growth/growth.ts';
import { compare, ZERO } from '../growth/rational.ts';
import type { MlpTwin, TwinExponents, TwinMissing, TwinReading, TwinRole } from '../model-outline.ts';
import type { Tensor } from '../network/graph.ts';
import { pathText } from '../network/hidden-name.ts';
import { operandsOf } from '../network/tensor.ts';
import { exponentsOf } from './exponents.ts';
import type { ForwardPass } from './forward/forward-pass.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

/** What a twin is read from. */
export interface TwinSources {
  readonly pass: ForwardPass;
  readonly weights: readonly Weight[];
  readonly widths: Pick<Widths, 'growthOf' | 'areNumbers' | 'names'>;
}

const ROLES: readonly TwinRole[] = ['input', 'hidden', 'output'];

/**
 * The bias-free MLP that scales as a model does: its exponents are those of the model's matrices, where all of a role
 * have the same. What else the model is made of stands beside it; what the twin shows is shown of the twin alone.
 */
export function readTwin({ pass, weights, widths }: TwinSources): TwinReading {
  if (widths.names.length === 0 || widths.areNumbers) return { missing: { kind: 'no-width' } };
  const matrices = weights.filter((one) => (one.dims?.length ?? 2) > 1 && one.role !== 'finite');
  const missing = [...weights.map(unreadOf), ...matrices.map(missingOf)].find((one) => one !== null);
  if (missing !== undefined) return { missing };
  const ofRole = (role: TwinRole) => matrices.filter((one) => one.role === role);
  const differing = ROLES.find((role) => new Set(ofRole(role).map(exponentsText)).size > 1);
  if (differing !== undefined) return { missing: { kind: 'differ', role: differing } };
  const [input, hidden, output] = ROLES.map((role) => ofRole(role).map(knownExponents)[0] ?? null);
  if (!input || !output) return { missing: { kind: 'no-ends' } };
  const optimizer = optimizerOf(matrices);
  if (optimizer === null) return { missing: { kind: 'optimizer' } };
  const activations = activationsIn(pass, widths);
  const beside = besideIn(pass, weights);
  if (activations.length > 0 && hasLinearPair(matrices, pass)) beside.push('linear');
  const isChain = beside.every((one) => one === 'bias');
  if (decays(matrices, widths)) beside.push('decay');
  const twin: MlpTwin = {
    optimizer,
    exponents: { input, hidden: hidden ?? null, output },
    activation: activations.length === 1 ? (activations[0] ?? null) : null,
    activations,
    depth: isChain ? depthOf(matrices, pass) : null,
    beside,
    isChain,
  };
  return { twin };
}

/** What trains all of them. */
function optimizerOf(matrices: readonly Weight[]): MlpTwin['optimizer'] | null {
  const [kind = null, ...others] = new Set(matrices.map(({ rate }) => rate.update?.kind ?? null));
  return others.length === 0 && (kind === 'sgd' || kind === 'adam') ? kind : null;
}

/** Whether a group of any of them is known to have a weight decay. */
function decays(matrices: readonly Weight[], { growthOf }: TwinSources['widths']): boolean {
  const steps = matrices.flatMap(({ rate }) => rate.optimizers).flatMap((optimizer) => optimizer.steps);
  return steps
    .flatMap(({ groups }) => groups)
    .some(({ weightDecay }) => {
      const growth = growthOf(weightDecay);
      return !isVanished(growth) && knownExponent(growth) !== null;
    });
}

function unreadOf({ which, dims, role, present, path }: Weight): TwinMissing | null {
  const mayLack = dims !== null && dims.length > 1 && present === null;
  const isRead = which !== null && dims !== null && role !== null && !mayLack;
  return isRead ? null : { kind: 'unread', name: pathText(path) };
}

function missingOf(weight: Weight): TwinMissing | null {
  if (weight.isTied || weight.aliases.length > 0) return { kind: 'tied', name: pathText(weight.path) };
  if (weight.frozen) return { kind: 'frozen', name: pathText(weight.path) };
  const { into, out } = weight.speeds ?? { into: null, out: null };
  const isKnown = knownExponents(weight) !== null && isOneWidth(into) && isOneWidth(out);
  return isKnown ? null : { kind: 'unread', name: pathText(weight.path) };
}

function isOneWidth(speed: number | null): boolean {
  return speed === 0 || speed === 1;
}

function exponentsText(weight: Weight): string {
  return JSON.stringify(exponentsOf(weight));
}

/** @see missingOf, which finds those that are not known */
function knownExponents(weight: Weight): TwinExponents | null {
  const { a, b, c } = exponentsOf(weight);
  return a === null || b === null || c === null ? null : { a, b, c };
}

/** L of a chain whose matrices are used once each; null where that is not known. */
function depthOf(matrices: readonly Weight[], { tensors }: ForwardPass): number | null {
  const isOnce = matrices.every(({ applications }) => applications.length === 1);
  const isOnly = (role: TwinRole) => matrices.filter((one) => one.role === role).length === 1;
  const repeats = tensors.some(({ op }) => op === 'repeat');
  return !repeats && isOnce && isOnly('input') && isOnly('output') ? matrices.length - 1 : null;
}

/** Of features that grow with the width, each once. */
function activationsIn({ tensors }: ForwardPass, { growthOf }: TwinSources['widths']): readonly string[] {
  const isWide = (tensor: Tensor) =>
    (tensor.shape?.dims ?? []).some((length) => compare(growthOf(length).low, ZERO) > 0);
  const found = tensors.flatMap((one) => (one.op === 'act' && isWide(one) ? [one.activation] : []));
  return [...new Set(found)];
}

/** Whether a matrix takes what another one gives with no activation between them, nor another step that is said. */
function hasLinearPair(matrices: readonly Weight[], { tensors }: ForwardPass): boolean {
  const products = new Set(matrices.flatMap(({ applications }) => applications.map(({ tensor }) => tensor)));
  const linear = new Set<Tensor>();
  for (const tensor of tensors) {
    if (tensor.op === 'act' || STEPS.has(tensor.op)) continue;
    const isLinear = operandsOf(tensor).some((one) => linear.has(one));
    if (isLinear && products.has(tensor)) return true;
    if (isLinear || products.has(tensor)) linear.add(tensor);
  }
  return false;
}

/** What a model has that a chain of matrices with one activation lacks. */
function besideIn({ tensors, isComputed }: ForwardPass, weights: readonly Weight[]): Beside[] {
  const steps = tensors.map((one) => {
    const isOfTwo = operandsOf(one).filter(isComputed).length > 1;
    return STEPS.get(one.op) ?? (isOfTwo ? STEPS_OF_TWO.get(one.op) : undefined);
  });
  const found = [...steps, ...weights.map(partOf)];
  return [...new Set(found.filter((one) => one !== undefined))];
}

type Beside = MlpTwin['beside'][number];

const STEPS: ReadonlyMap<Tensor['op'], Beside> = new Map([
  ['norm', 'norm'],
  ['softmax', 'softmax'],
  ['choice', 'choice'],
  ['unread', 'unread'],
]);

/** What is made of two features. */
const STEPS_OF_TWO: ReadonlyMap<Tensor['op'], Beside> = new Map([
  ['add', 'residual'],
  ['contract', 'product'],
]);

function partOf({ dims, layer }: Weight): Beside | undefined {
  const places = dims?.length ?? 0;
  if (layer.family === 'embedding') return 'embedding';
  if (places > 2) return 'convolution';
  return places < 2 && layer.family !== 'norm' ? 'bias' : undefined;
}
