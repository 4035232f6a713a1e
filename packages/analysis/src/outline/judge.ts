import type { GraphClassification, WeightJudgement } from '@widthwise/core';
import type { Budget } from '../budget.ts';
import type { Tensor, WeightTensor } from '../network/graph.ts';
import { parameterKey } from '../network/layer.ts';
import {
  type BuiltGraph,
  buildGraph,
  type GraphSources,
  type WeightGiven,
} from './calculus-graph/build-graph.ts';
import { exponentsIn } from './calculus-graph/exponents.ts';
import type { OpenFactor } from './calculus-graph/open-factors.ts';
import type { FactorSide } from './calculus-graph/placed.ts';
import { waysThrough } from './calculus-graph/ways.ts';
import { inOwnUnits, rateOfOnes } from './constant-starts.ts';
import { exponentsOf } from './exponents.ts';
import { cancelledIn } from './forward/cancelled-parameters.ts';
import { firstOf } from './forward/first-of.ts';
import type { ForwardPass } from './forward/forward-pass.ts';
import { joinedParts } from './forward/joined-parts.ts';
import { isActivationProduct } from './forward/matrix-product.ts';
import { partedWeights } from './forward/parted-weights.ts';
import { inputSizes, outcomeChanges, outcomeSizes, sharesIn } from './initial-sizes.ts';
import { agreed, common, type Judgement, onBothSides, worst } from './judgement.ts';
import type { KeptClassifications } from './kept-classifications.ts';
import { growsWithHeadsAlone } from './open-heads.ts';
import { rescaledWeights, scaleFreeIn } from './scale-free.ts';
import { startLimits } from './start-limits.ts';
import { weightUsesIn } from './weight-uses.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

interface JudgementSources {
  readonly pass: ForwardPass;
  readonly widths: Widths;
  readonly weights: readonly Weight[];
  readonly classifications: KeptClassifications;
}

/** Judges a forward pass; null where it returns nothing that is followed. */
export function judge(
  { pass: whole, widths, weights, classifications }: JudgementSources,
  budget: Budget,
): Judgement | null {
  if (whole.outputs.length === 0) return null;
  const { pass, wholeOf } = partedWeights(whole, budget);
  const byUse = new Map(
    weights.flatMap((weight) =>
      [weight, ...weight.aliases].flatMap(({ layer, which }) =>
        which === null ? [] : [[parameterKey({ layer, which }), weight] as const],
      ),
    ),
  );
  const cancelled = cancelledIn(whole);
  const isCancelled = ({ uses }: Weight) => uses.length > 0 && uses.every((use) => cancelled.has(use));
  const given = new Map(
    weights.map((weight) => [weight, isCancelled(weight) ? CANCELLED : givenOf(weight)] as const),
  );
  // Each is asked for again and again, on every way.
  const asked = new Map<WeightTensor, Weight | undefined>();
  const weightOf = (tensor: WeightTensor) => {
    if (!asked.has(tensor)) asked.set(tensor, byUse.get(parameterKey(tensor)));
    return asked.get(tensor);
  };
  const givenTo = (tensor: WeightTensor): WeightGiven => {
    const weight = weightOf(tensor);
    return (weight && given.get(weight)) ?? UNREAD;
  };
  const factorOf = (weight: Weight) => given.get(weight)?.factor ?? 0;
  const parted = partedIn(pass, { weightOf, wholeOf });
  const uses = weightUsesIn(pass, weightOf);
  const classified = classifications.classifier(budget);
  const { growthOf } = widths;
  const judgedWith = (
    side: FactorSide,
    { way, exponents }: Pick<GraphSources, 'way' | 'exponents'>,
  ): readonly [Judgement, OpenFactor | null] => {
    budget.spend(WORK_OF_TENSOR * pass.tensors.length);
    const built = buildGraph({ pass, growthOf, givenOf: givenTo, way, exponents, side }, budget);
    const found = classified(built.graph);
    const limits = startLimits({ pass, widths, built, found, uses });
    const initial = { pass, built, found, uses };
    const sizes = {
      inputs: inputSizes(initial),
      outcomes: outcomeSizes(initial),
      changes: outcomeChanges(initial),
      shares: sharesIn({ ...initial, widths }),
    };
    const judged = judgedOn(built, found, { weightOf, wholeOf, factorOf });
    for (const weight of weights) if (isCancelled(weight)) judged.weights.delete(weight);
    const hangsOnHeads = judged.regime === 'unstable' && growsWithHeadsAlone(built, found, widths);
    return [
      { ...judged, ...sizes, parted, hangsOnHeads, limits, hasOpenSums: built.hasFactorOnSums },
      built.openFactor,
    ];
  };
  const each = waysThrough(pass).map((way) => {
    const on = { way, exponents: exponentsIn(way.tensors, growthOf, (gain) => givenTo(gain).factor) };
    const [behind, open] = judgedWith('behind', on);
    // Whose a factor behind an activation is matters where it makes up for what that is made of.
    if (open === null || (open === 'of-activations' && behind.regime !== 'unstable')) return behind;
    return onBothSides(behind, judgedWith('front', on)[0], open);
  });
  const judged = each.reduce(agreed);
  return { ...judged, unknown: firstOf(judged.unknown, pass.tensors) };
}

/** What sizes and limits at initialization take for each tensor of a way. */
const WORK_OF_TENSOR = 6;

/** One that is as good as not there. */
const CANCELLED: WeightGiven = { init: 'zero', rate: null, factor: 0 };

const UNREAD: WeightGiven = { init: 'unknown', rate: 'unknown', factor: 0 };

/** What the calculus is told of a parameter. */
function givenOf(weight: Weight): WeightGiven {
  const { b, c } = exponentsOf(weight);
  const kinds = new Set(weight.inits.map(({ write }) => write.kind));
  const [kind] = kinds;
  const start = startOf(b, kinds.size === 1 ? kind : 'unknown');
  const { update } = weight.rate;
  if (weight.rate.missing?.kind === 'frozen') return { ...start, rate: null };
  if (c === null || update === null || weight.untracked) return { ...start, rate: 'unknown' };
  const shape = update.kind === 'muon' && update.shape !== 'none' ? { shape: update.shape } : {};
  return { ...start, rate: rateOfOnes(c, update, start.factor), optimizer: update.kind, ...shape };
}

function startOf(
  b: ReturnType<typeof exponentsOf>['b'],
  kind: string | undefined,
): Pick<WeightGiven, 'init' | 'factor'> {
  if (b === 'zero') return { init: 'zero', factor: 0 };
  if (b === null || kind === 'unknown') return { init: 'unknown', factor: 0 };
  return kind === 'constant' ? { init: 'one', factor: b } : { init: b, factor: 0 };
}

/** The parameters that tensors are, or are parts of. */
interface WeightLookup {
  weightOf(tensor: WeightTensor): Weight | undefined;
  wholeOf(tensor: WeightTensor): WeightTensor;
}

/** The matrices of which the calculus sees parts, but for those whose parts it adds up again, as a rotation of halves does. */
function partedIn(pass: ForwardPass, { weightOf, wholeOf }: WeightLookup): ReadonlySet<Weight> {
  const joined = joinedParts(pass, wholeOf);
  const wholes = pass.tensors.flatMap((tensor) => {
    const whole = tensor.op === 'weight' ? wholeOf(tensor) : tensor;
    return whole.op === 'weight' && whole !== tensor && !joined.has(whole) ? [whole] : [];
  });
  return new Set(wholes.flatMap((whole) => weightOf(whole) ?? []));
}

/** One way's judgement. */
function judgedOn(
  built: BuiltGraph,
  found: GraphClassification,
  lookup: WeightLookup & { factorOf(weight: Weight): number },
): Omit<
  Judgement,
  | 'limits'
  | 'inputs'
  | 'outcomes'
  | 'changes'
  | 'shares'
  | 'hangsOnHeads'
  | 'hasOpenSums'
  | 'parted'
  | 'weights'
> & {
  readonly weights: Map<Weight, WeightJudgement>;
} {
  const weights = weightsJudged(built, found, lookup);
  const depthMatters = built.repeats.some((pair) => !areAlike(pair, found));
  // By how much an update is too large hangs then on how many blocks are looked at.
  if (depthMatters) for (const [weight, judged] of weights) weights.set(weight, { ...judged, rate: null });
  const scaleFree = scaleFreeIn(built, found, lookup.weightOf);
  const grows = new Set(found.grows);
  return {
    regime: depthMatters && found.regime !== 'unstable' ? 'unknown' : found.regime,
    widthStable: depthMatters ? null : found.widthStable,
    overwritten: found.overwritten.length > 0,
    grows: [...built.nodes].flatMap(([tensor, node]) => (grows.has(node) ? [tensor] : [])),
    growingProducts: productsIn(built, found.grows),
    weights,
    rescaled: rescaledWeights(scaleFree, weights),
    unknown: built.unknown,
    depthMatters,
  };
}

/** The products with which something begins to grow, without the numbers that they are multiplied by: what they multiply does not. */
function productsIn({ graph, nodes }: BuiltGraph, grows: readonly string[]): readonly Tensor[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const withoutFactors = (id: string): string => {
    const node = byId.get(id);
    return node?.op === 'scale' ? withoutFactors(node.of[0]) : id;
  };
  const found = new Set([...grows, ...grows.map(withoutFactors)]);
  const begins = (id: string): boolean => {
    const node = byId.get(id);
    const before = node?.op === 'contract' ? node.of : [];
    return found.has(id) && !before.some((one) => found.has(one));
  };
  return [...nodes].flatMap(([tensor, node]) =>
    begins(node) && isActivationProduct(tensor) ? [tensor] : [],
  );
}

/** Each parameter's judgement, of all its parts and places. */
function weightsJudged(
  built: BuiltGraph,
  found: GraphClassification,
  { weightOf, wholeOf, factorOf }: WeightLookup & { factorOf(weight: Weight): number },
): Map<Weight, WeightJudgement> {
  const places = new Map<WeightTensor, WeightJudgement>();
  for (const [tensor, node] of built.weights) {
    const [whole, judged] = [wholeOf(tensor), found.weights.get(node)];
    if (judged === undefined) continue;
    const before = places.get(whole);
    places.set(whole, before === undefined ? judged : worst(before, judged));
  }
  const weights = new Map<Weight, WeightJudgement>();
  for (const [tensor, ofOnes] of places) {
    const weight = weightOf(tensor);
    if (weight === undefined) continue;
    const judged = inOwnUnits(ofOnes, { factor: factorOf(weight) }, weight.rate.update);
    const before = weights.get(weight);
    weights.set(weight, before === undefined ? judged : common(before, judged));
  }
  return weights;
}

/** Whether what a block leaves the first and the second time has the same exponents. */
function areAlike([first, second]: readonly [string, string], found: GraphClassification): boolean {
  return [found.init, found.change].every(
    (exponents) => exponents === null || exponents.get(first) === exponents.get(second),
  );
}
