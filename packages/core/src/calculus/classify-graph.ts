import type { WeightEffects } from './effects.ts';
import type { Graph } from './graph.ts';
import type { Exponent, GraphClassification, WeightJudgement } from './graph-classification.ts';
import { growsAt, isOverwritten, regimeOf } from './graph-regime.ts';
import { structureOf } from './graph-structure.ts';
import type { Movement } from './movement.ts';
import { growthOf, type NetworkGrowth } from './network-growth.ts';
import type { Regime } from './regime.ts';
import { isKnown, isOne, over, type Size, surelyGrows, toldExponent } from './size.ts';
import { type WeightReading, weightReadings } from './weight-readings.ts';

export interface GraphOptions {
  /** For how many updates the changes are also told after each; 0 is none. */
  readonly steps?: number;
  /** Whether the sizes of gradients are told. */
  readonly gradients?: boolean;
}

/**
 * What a network does as its width grows, and of each weight whether its start and its rate are too large, right or
 * too small.
 *
 * @throws RangeError for a graph that is not one: one sentence that names the node
 * @see docs/math.md#exponent-calculus
 */
export function classifyGraph(
  graph: Graph,
  { steps = 0, gradients = true }: GraphOptions = {},
): GraphClassification {
  const structure = structureOf(graph);
  const changes: ReadonlyMap<string, Exponent>[] = [];
  const growth = growthOf(structure, {
    gradients,
    onStep: (step, movement) => {
      if (step <= steps) changes.push(toldChanges(movement));
    },
  });
  const { movement, judged } = growth;
  const regime = regimeOf(movement, judged);
  const settled = toldChanges(movement);
  while (changes.length < steps) changes.push(settled);
  const idsWhere = (holds: (place: number) => boolean) =>
    structure.nodes.filter((_, place) => holds(place)).map(({ id }) => id);
  return {
    regime,
    widthStable: isWidthStable(growth, regime),
    grows: idsWhere((place) => growsAt(movement, judged, place)),
    overwritten: idsWhere((place) => isOverwritten(movement, place) === true),
    scaleFree: idsWhere((place) => judged.scaleFree[place] === true && isTold(movement, place)),
    init: toldSizes(movement, isTold, (place) => movement.initialization.tensors[place].size),
    gradient: toldSizes(
      movement,
      gradients ? isWeight : () => false,
      (place) => movement.initialization.gradients[place].size,
    ),
    change: regime === 'unstable' ? null : settled,
    steps: regime === 'unstable' ? [] : changes,
    weights: toldWeights(growth),
  };
}

function isWeight({ structure }: Movement, place: number): boolean {
  return structure.nodes[place].op === 'weight';
}

function isTold({ structure }: Movement, place: number): boolean {
  const { op } = structure.nodes[place];
  return op !== 'weight' && op !== 'input';
}

function toldChanges(movement: Movement): ReadonlyMap<string, Exponent> {
  return toldSizes(movement, isTold, (place) => movement.changes[place]);
}

function toldSizes(
  movement: Movement,
  holds: (movement: Movement, place: number) => boolean,
  sizeOf: (place: number) => Size,
): ReadonlyMap<string, Exponent> {
  const told = new Map<string, Exponent>();
  for (const [place, { id }] of movement.structure.nodes.entries()) {
    if (holds(movement, place)) told.set(id, toldExponent(sizeOf(place)));
  }
  return told;
}

function toldWeights(growth: NetworkGrowth): ReadonlyMap<string, WeightJudgement> {
  const { nodes } = growth.structure;
  return new Map(
    [...weightReadings(growth)].map(([place, reading]) => [nodes[place].id, toldWeight(reading)]),
  );
}

function toldWeight({ init, rate, initAtZero, rightInit, rightRate }: WeightReading): WeightJudgement {
  return {
    init: toldExponent(init),
    rate: toldExponent(rate),
    rightInit: toldExponent(rightInit),
    rightRate: toldExponent(rightRate),
    targetInit: initAtZero === null ? null : toldExponent(over(0, initAtZero)),
  };
}

function isWidthStable({ structure, movement, effects }: NetworkGrowth, regime: Regime): boolean | null {
  if (regime !== 'feature-learning' && regime !== 'unknown') return false;
  const findings = [...structure.nodes.entries()].flatMap(([place, node]) => {
    if (node.op !== 'weight') return [invert(isOverwritten(movement, place))];
    return node.rate === null ? [] : [isRight(effects.get(place))];
  });
  if (findings.includes(false)) return false;
  return findings.includes(null) || regime === 'unknown' ? null : true;
}

function invert(truth: boolean | null): boolean | null {
  return truth === null ? null : !truth;
}

/** Whether a trained weight's rate is right and its start not too large. */
function isRight(effects: WeightEffects | undefined): boolean | null {
  if (effects === undefined) return null;
  const { init, rate } = effects;
  if (surelyGrows(init) || (isKnown(rate) && !isOne(rate))) return false;
  return isKnown(init) && isKnown(rate) ? true : null;
}
