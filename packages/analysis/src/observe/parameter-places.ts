import { grouped } from '../grouped.ts';
import { type Quantity, sameQuantity } from '../growth/quantity.ts';
import { dimsOf, type ParameterValue, parameterKey, weightOf } from '../network/layer.ts';
import { isListed, type LocatedLayers } from './located-layers.ts';
import type { ModelRun } from './model-run.ts';
import type { ParameterPlace } from './observed-model.ts';

/** A place where a model has a parameter, or a layer that may have some. */
export interface Place extends ParameterPlace {
  readonly parameter: ParameterValue;
  readonly perhaps: boolean;
  /** Whether that is so however often loops go round. */
  readonly mayLack: boolean;
}

/** The places of one tensor, or of several of which a model has one, the framework's own name for it first. */
interface Tensor {
  readonly first: Place;
  readonly others: readonly Place[];
  readonly dims: readonly Quantity[] | null;
}

/** Where the parameters of a model are looked up. */
export interface Sources {
  readonly run: ModelRun;
  readonly pattern: LocatedLayers;
  readonly instances: readonly LocatedLayers[];
}

/** Each tensor with the places where the model has it. */
export function tensorsIn({ run, pattern }: Sources): readonly Tensor[] {
  const tensors = grouped(placesIn(run, pattern), ({ which, parameter }) => {
    const original = pattern.heap.parameters.original(parameter);
    return which === null ? `${original.layer.id}` : parameterKey(original);
  });
  return [...tensors.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const dims = first.which === null ? null : dimsOf(pattern.heap.parameters.original(first.parameter));
    return [{ first, others, dims }];
  });
}

/** In the framework's order, with a tied parameter each time. */
function placesIn(run: ModelRun, { modules }: LocatedLayers): readonly Place[] {
  return modules.flatMap(({ path, layer, perhaps, mayLack, parameters }) => {
    const own = parameters.map((one) => ({
      ...one,
      layer: one.parameter.layer,
      which: one.parameter.which,
    }));
    if (layer === undefined || layer.parameters !== null || !isListed(layer, run)) return own;
    return [{ path, layer, which: null, parameter: weightOf(layer), perhaps, mayLack }, ...own];
  });
}

export type Alternatives = readonly [Tensor, ...Tensor[]];

/** Tensors of one path and shape, of which a condition chooses one, are one parameter. */
export function withAlternatives(tensors: readonly Tensor[]): readonly Alternatives[] {
  const found = new Map<string, Alternatives[]>();
  for (const tensor of tensors) {
    const { path } = tensor.first;
    const there = found.get(path) ?? [];
    const at = there.findIndex(([one]) => areAlike(one.dims, tensor.dims));
    const alike = there[at];
    found.set(path, alike === undefined ? [...there, [tensor]] : there.with(at, [...alike, tensor]));
  }
  return [...found.values()].flat();
}

/** Whether two tensors have the same sizes, or none that are known. */
export function areAlike(one: Tensor['dims'], other: Tensor['dims']): boolean {
  if (one === null || other === null || one.length !== other.length) return one === other;
  return one.every((dim, index) => sameQuantity(dim, other[index] ?? dim));
}

/** The parameters that a model has under a path, which a condition may choose from. */
export function parametersAt(path: string, { parametersByPath }: LocatedLayers): readonly ParameterValue[] {
  return parametersByPath.get(path) ?? [];
}
