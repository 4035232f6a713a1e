import { idOf } from '../interpret/modules/modules.ts';
import { eitherFrozen, withoutLoaded, withoutOwnShapes } from '../interpret/values/parameter-state.ts';
import { isStartedSince } from '../libraries/mup/base-shapes.ts';
import { parameterKey, parameterOf } from '../network/layer.ts';
import type { Span } from '../syntax/span.ts';
import type { LocatedLayers } from './located-layers.ts';
import type { ObservedParameter, ParameterPlace, PerhapsTied } from './observed-model.ts';
import {
  type Alternatives,
  type Place,
  parametersAt,
  type Sources,
  tensorsIn,
  withAlternatives,
} from './parameter-places.ts';
import { initsOf, isReplacedEverywhere } from './parameter-starts.ts';

/** The parameters of a model, one for each tensor, in the framework's order. */
export function describeParameters(sources: Sources): readonly ObservedParameter[] {
  return withAlternatives(tensorsIn(sources)).map((alternatives) => describe(alternatives, sources));
}

function describe([tensor, ...others]: Alternatives, sources: Sources): ObservedParameter {
  const { run, pattern, instances } = sources;
  const { first, dims } = tensor;
  const elsewhere = [...tensor.others, ...others.flatMap((other) => [other.first, ...other.others])];
  const places = [first, ...elsewhere];
  const isThere = !first.mayLack || others.length > 0;
  const ties = places.flatMap(({ parameter }) => pattern.heap.parameters.tiedAt(parameter) ?? []);
  return {
    ...placeOnly(first),
    dims,
    present: isThere ? true : null,
    hangsOn: isThere ? [] : (parameterOf(first.parameter)?.hangsOn ?? []),
    inits: withoutOwnShapes(withoutLoaded([tensor, ...others].flatMap((one) => initsOf(one.first, sources)))),
    aliases: [...elsewhere.map(placeOnly), ...behind(places, pattern)],
    ties,
    handed: elsewhere.flatMap((one) => handedAt(one, first, pattern) ?? []),
    mayBe: perhapsSame(places, pattern),
    relies: reliedOn(places, sources),
    frozen: [pattern, ...instances]
      .flatMap((one) => parametersAt(first.path, one).map((same) => one.heap.parameters.frozenOf(same)))
      .reduce(eitherFrozen, pattern.heap.parameters.frozenOf(first.parameter)),
    startsAfterBaseShapes: startsAfterBaseShapes(first, sources),
    isReplaced: isReplacedEverywhere(first, instances),
    untracked: run.untracked.has(first.layer),
    spans: {
      attribute: attributeSpan(first.path, pattern),
      holders: [...places.flatMap(({ path }) => holdersOf(path, pattern)), ...ties],
      constructor: first.layer.span,
    },
  };
}

/** Of the parameter itself and of that of each instance, under each of its names. */
function reliedOn(
  places: readonly Place[],
  { run, pattern, instances }: Sources,
): ObservedParameter['relies'] {
  const same = places.flatMap(({ path, parameter }) => [
    parameter,
    ...[pattern, ...instances].flatMap((one) => parametersAt(path, one)),
  ]);
  const keys = new Set(same.map(parameterKey));
  return [...keys].flatMap((key) => run.interpreter.reliedRatios.get(key) ?? []);
}

function startsAfterBaseShapes({ path }: Place, { run, instances }: Sources): boolean {
  const same = instances.flatMap((one) =>
    parametersAt(path, one).map((parameter) => ({ parameter, heap: one.heap })),
  );
  return (
    same.length > 0 && same.every(({ parameter, heap }) => isStartedSince(run.interpreter, parameter, heap))
  );
}

function placeOnly({ path, layer, which }: Place): ParameterPlace {
  return { path, layer, which };
}

/** The parameters that those of these places are, where the model itself does not have them: `fc.weight = Parameter(…)`. */
function behind(places: readonly Place[], { heap }: LocatedLayers): readonly ParameterPlace[] {
  return places.flatMap(({ path, parameter }) => {
    const { layer, which } = heap.parameters.original(parameter);
    return places.some((one) => one.layer === layer && one.parameter.which === which)
      ? []
      : [{ path, layer, which }];
  });
}

/** Where the model has the parameters that one of these places may have, too. */
function perhapsSame(places: readonly Place[], { heap, modules }: LocatedLayers): readonly PerhapsTied[] {
  const same = places.flatMap(({ parameter }) => heap.parameters.perhapsTied(parameter));
  if (same.length === 0) return [];
  const all = modules.flatMap((module) => module.parameters);
  return same.flatMap(({ parameter: { layer, which }, span }) =>
    all.flatMap(({ path, parameter }) =>
      parameter.layer === layer && parameter.which === which ? [{ path, layer, which, span }] : [],
    ),
  );
}

/** Where the model is given at one path what it has at another: the part of it that holds either, or a part of that. */
function handedAt(one: Place, other: Place, { heap, modules }: LocatedLayers): Span | null {
  if (one.layer !== other.layer) return null;
  const [names, others] = [one.path.split('.'), other.path.split('.')];
  const holderOf = (path: readonly string[]) => modules.find((module) => module.path === path.join('.'));
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    others.pop();
    const [holder, same] = [holderOf(names), holderOf(others)];
    if (holder === undefined || same === undefined) return null;
    if (idOf(holder.value) !== idOf(same.value) || others.length === 0)
      return heap.attributes(idOf(holder.value)).get(name)?.span ?? null;
  }
  return null;
}

function holdersOf(path: string, { heap, modules }: LocatedLayers): readonly Span[] {
  const names = path.split('.');
  const holders = modules.filter((module) => module.path === '' || path.startsWith(`${module.path}.`));
  return holders.flatMap((module) => {
    const name = names[module.path === '' ? 0 : module.path.split('.').length] ?? '';
    return heap.attributes(idOf(module.value)).get(name)?.span ?? [];
  });
}

function attributeSpan(path: string, { heap, object }: LocatedLayers): Span | null {
  const [attribute = ''] = path.split('.');
  return heap.attributes(idOf(object)).get(attribute)?.span ?? null;
}
