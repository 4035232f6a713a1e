import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import type { Weight } from '../../outline/weights.ts';
import { decidedAt, placeKey, type Span } from '../../syntax/span.ts';
import { isHere } from '../../workspace/source-modules.ts';
import type { Trained, TrainedTogether } from '../by-optimizer.ts';
import { isInGroup } from './group-leaks.ts';

/** Where the code makes the group that some weights are in, or all of their groups; else where it makes the optimizer. */
export function groupPlace({
  optimizer,
  weights,
}: Pick<TrainedTogether<Trained>, 'optimizer' | 'weights'>): Span {
  const [place, ...others] = new Map(
    optimizer.steps
      .flatMap(({ started }) => weights.map((weight) => placeIn(started, weight)))
      .map((one) => [placeKey(one), one]),
  ).values();
  return place != null && others.length === 0 && isHere(decidedAt(place)) ? place : optimizer.span;
}

/** Where the one group of a step is made that has a weight; null where several have it, or none is seen to be made. */
function placeIn(groups: ObservedOptimizer['steps'][number]['started'], weight: Weight): Span | null {
  const [group, ...others] = groups.filter((one) => isInGroup(one, weight));
  return others.length === 0 ? (group?.span ?? null) : null;
}
