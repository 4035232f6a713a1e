import type { Quantity } from '../../growth/quantity.ts';
import type { Sum } from '../../network/graph.ts';
import {
  type Factor,
  growing,
  isOne,
  type Names,
  namesFor,
  nodeOf,
  opposite,
  type Placed,
  product,
  type SpeedOf,
  speedsOf,
  unknownOf,
  type Writing,
} from './placed.ts';

/**
 * A sum as a node, of terms that have the factor ahead already. Its terms are aligned from their last dimension on, and spread along what
 * they lack.
 */
export function placeSum(
  { of, shape }: Sum,
  { terms, ahead }: { readonly terms: readonly Placed[]; readonly ahead: Factor },
  writing: Writing,
): Placed {
  const { nodes, speedOf } = writing;
  const speeds = speedsOf(shape, speedOf);
  const multiplied = terms.map((term) => ({ ...term, factor: product(term.factor, ahead) }));
  if (shape === null || speeds === null) return unknownOf(multiplied, shape, writing);
  const names = namesOf(terms, speeds, writing);
  const axes = growing(names);
  const aligned = multiplied.map((term, index) => {
    const dims = term.names === null ? undefined : of[index]?.shape?.dims;
    const own = dims && alignedNames(dims, { speeds, names, speedOf });
    return own ? nodes.renamed(nodeOf(term, writing), own) : null;
  });
  if (!aligned.every((node) => node !== null)) return unknownOf(multiplied, shape, writing);
  return { node: nodes.add({ op: 'add', of: aligned, axes }, axes), factor: opposite(ahead), names };
}

/** What a sum's dimensions are, from the last one on. */
interface Result {
  readonly speeds: readonly number[];
  readonly names: Names;
  readonly speedOf: SpeedOf;
}

/** What a sum calls the dimensions of a term; null where one grows otherwise than the sum's. */
function alignedNames(
  dims: readonly Quantity[],
  { speeds, names, speedOf }: Result,
): readonly string[] | null {
  const own: string[] = [];
  for (const [at, dim] of dims.entries()) {
    const back = at - dims.length;
    const [speed, name] = [speeds.at(back) ?? 0, names.at(back) ?? null];
    if (speed > 0 && isOne(dim)) continue;
    if (speedOf(dim) !== speed) return null;
    if (name !== null) own.push(name);
  }
  return own;
}

/** The names that one of the terms has already, where all its dimensions grow as those of the sum do. */
function namesOf(terms: readonly Placed[], speeds: readonly number[], { nodes }: Writing): Names {
  const whole = terms.find(
    ({ names }) =>
      names?.length === speeds.length &&
      names.every((name, at) => (name === null ? 0 : nodes.speed(name)) === speeds[at]),
  );
  return whole?.names ?? namesFor(speeds, nodes).names;
}
