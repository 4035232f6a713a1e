import {
  type Classification,
  classify,
  type Family,
  familyOf,
  MULTIPLIER_WEIGHT,
  type OptimizerName,
} from '@widthwise/core';
import type { MissingOfModel, MissingOfWeight } from '../missing.ts';
import type { Layer } from '../network/layer.ts';
import type { ObservedModel } from '../observe/observed-model.ts';
import { OPTIMIZER_NAMES } from '../words/optimizer-names.ts';
import { type ChainReading, readChain } from './chain.ts';
import { exponentsOf } from './exponents.ts';
import type { Weight } from './weights.ts';

/** The verdict on a model, or what is missing for one. */
export type VerdictReading =
  | {
      readonly verdict: Classification;
      readonly headline: string;
      readonly assumptions: readonly string[];
    }
  | { readonly verdict: null; readonly missing: readonly MissingOfModel[] };

/**
 * Judges a model that is fully understood: a chain of layers, every exponent proven, one optimizer.
 *
 * @param rowsMissing what the rows of its table lack
 */
export function readVerdict(
  model: ObservedModel,
  weights: readonly Weight[],
  rowsMissing: readonly MissingOfModel[],
): VerdictReading {
  const chain = readChain(model.outputs);
  const untracked = weights.filter((weight) => weight.untracked);
  const missing = [
    ...rowsMissing,
    ...untracked.map(because('no-gradient')),
    ...('missing' in chain ? [chain.missing] : outOfChain(weights, chain)),
  ];
  if (missing.length > 0 || 'missing' in chain) return { verdict: null, missing };
  const weightOf = byLayer(weights);
  return judge(
    chain.chain.layers.flatMap((layer) => weightOf.get(layer) ?? []),
    chain.chain.phi0,
  );
}

/** The first weight of each layer. */
function byLayer(weights: readonly Weight[]): ReadonlyMap<Layer, Weight> {
  return new Map([...weights].reverse().map((weight) => [weight.layer, weight]));
}

function because(kind: 'no-gradient' | 'shared' | 'outside-chain'): (weight: Weight) => MissingOfModel {
  return ({ path }) => ({ kind: 'weight', name: path, why: { kind } });
}

/** Why a row of the table is incomplete. */
export function missingOf(weight: Weight): readonly MissingOfWeight[] {
  const { a, b } = exponentsOf(weight);
  const missing: MissingOfWeight[] = [];
  if (weight.role === null) missing.push({ kind: 'role' });
  if (weight.exits.length === 0) missing.push({ kind: 'use-in-forward' });
  else if (a === null) missing.push({ kind: 'multiplier' });
  if (b === null) missing.push({ kind: 'init', by: [...new Set(weight.inits.map(({ write }) => write.by))] });
  if (weight.rate.missing !== null) missing.push(weight.rate.missing);
  else if (exponentsOf(weight).c === null) missing.push({ kind: 'rate' });
  return missing;
}

function outOfChain(
  weights: readonly Weight[],
  chain: Extract<ChainReading, { chain: unknown }>,
): readonly MissingOfModel[] {
  const { layers } = chain.chain;
  const inside = new Set(layers);
  const outside = weights.filter((weight) => !inside.has(weight.layer));
  const last = layers.length - 1;
  const expected = (index: number) => (index === 0 ? 'input' : index === last ? 'output' : 'hidden');
  const weightOf = byLayer(weights);
  const roles = layers.map((layer) => weightOf.get(layer)?.role);
  const shared = weights.filter((weight) => weight.shared);
  return [
    ...shared.map(because('shared')),
    ...outside.map(because('outside-chain')),
    ...(layers.length < 2 || roles.some((role, index) => role !== null && role !== expected(index))
      ? [{ kind: 'layer-order' } as const]
      : []),
  ];
}

function judge(weights: readonly Weight[], phi0: boolean): VerdictReading {
  const optimizer = weights[0]?.rate.optimizer ?? 'sgd';
  if (weights.some((weight) => weight.rate.optimizer !== optimizer)) {
    return { verdict: null, missing: [{ kind: 'optimizers-differ' }] };
  }
  const exponents = weights.map(exponentsOf);
  const B = exponents.map(({ a, b }) => (b === 'zero' ? b : Number(a) + Number(b)));
  const C = exponents.map(({ a, c }) => MULTIPLIER_WEIGHT[optimizer] * Number(a) + Number(c));
  return {
    verdict: classify({ B, C, optimizer, phi0 }),
    headline: headlineOf(
      familyOf({ B, C }, optimizer),
      exponents.map(({ c }) => Number(c)),
      optimizer,
    ),
    assumptions: ['Updates are taken to align with the features they meet.', 'Biases are left out.'],
  };
}

/** What people call it, from its exponents alone: `SP, Adam at one rate`. */
function headlineOf(family: Family | null, c: readonly number[], optimizer: OptimizerName): string {
  const rates = c.every((one) => one === c[0]) ? 'one rate' : 'a rate for each role';
  return `${family ?? 'custom scaling'}, ${OPTIMIZER_NAMES[optimizer]} at ${rates}`;
}
