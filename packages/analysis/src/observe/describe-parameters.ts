import { grouped } from '../grouped.ts';
import { freeSymbolsOf, type Quantity, sameQuantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import { idOf } from '../interpret/modules/modules.ts';
import { optionsOf } from '../interpret/values/either.ts';
import {
  isDefault,
  isInitializer,
  unreadInit,
  withoutDefault,
  withoutLoaded,
  withoutOwnShapes,
} from '../interpret/values/parameter-state.ts';
import type { Value } from '../interpret/values/value.ts';
import { isStartedSince } from '../libraries/mup/base-shapes.ts';
import type { InitWrite } from '../network/init.ts';
import { dimsOf, type ParameterValue, parameterKey, weightOf } from '../network/layer.ts';
import type { Span } from '../syntax/span.ts';
import { isListed, type LocatedLayers } from './located-layers.ts';
import type { ModelRun } from './model-run.ts';
import type { ObservedParameter, ParameterPlace, PerhapsTied } from './observed-model.ts';

/** A place where a model has a parameter, or a layer that may have some. */
interface Place extends ParameterPlace {
  readonly parameter: ParameterValue;
  readonly perhaps: boolean;
}

/** The places of one tensor, or of several of which a model has one, the framework's own name for it first. */
interface Tensor {
  readonly first: Place;
  readonly others: readonly Place[];
  readonly dims: readonly Quantity[] | null;
}

/** Where the parameters of a model are looked up. */
interface Sources {
  readonly run: ModelRun;
  readonly pattern: LocatedLayers;
  readonly instances: readonly LocatedLayers[];
}

/** The parameters of a model, one for each tensor, in the framework's order. */
export function describeParameters(sources: Sources): readonly ObservedParameter[] {
  return withAlternatives(tensorsIn(sources)).map((alternatives) => describe(alternatives, sources));
}

function describe([tensor, ...others]: Alternatives, sources: Sources): ObservedParameter {
  const { run, pattern, instances } = sources;
  const { first, dims } = tensor;
  const elsewhere = [...tensor.others, ...others.flatMap((other) => [other.first, ...other.others])];
  const places = [first, ...elsewhere];
  return {
    ...placeOnly(first),
    dims,
    present: first.perhaps && others.length === 0 ? null : true,
    inits: withoutOwnShapes(withoutLoaded([tensor, ...others].flatMap((one) => initsOf(one.first, sources)))),
    aliases: [...elsewhere.map(placeOnly), ...behind(places, pattern)],
    ties: places.flatMap(({ parameter }) => pattern.heap.parameters.tiedAt(parameter) ?? []),
    mayBe: perhapsSame(places, pattern),
    relies: reliedOn(places, sources),
    frozen: [pattern, ...instances].some((one) =>
      parametersAt(first.path, one).some((same) => one.heap.parameters.isFrozen(same)),
    ),
    startsAfterBaseShapes: startsAfterBaseShapes(first, sources),
    isReplaced: isReplacedEverywhere(first, instances),
    untracked: run.untracked.has(first.layer),
    spans: { attribute: attributeSpan(first.path, pattern), constructor: first.layer.span },
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

function attributeSpan(path: string, { heap, object }: LocatedLayers): Span | null {
  const [attribute = ''] = path.split('.');
  return heap.attributes(idOf(object)).get(attribute)?.span ?? null;
}

/** Each tensor with the places where the model has it. */
function tensorsIn({ run, pattern }: Sources): readonly Tensor[] {
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
  return modules.flatMap(({ path, layer, perhaps, parameters }) => {
    const own = parameters.map((one) => ({
      ...one,
      layer: one.parameter.layer,
      which: one.parameter.which,
    }));
    if (layer === undefined || layer.parameters !== null || !isListed(layer, run)) return own;
    return [{ path, layer, which: null, parameter: weightOf(layer), perhaps }, ...own];
  });
}

type Alternatives = readonly [Tensor, ...Tensor[]];

/** Tensors of one path and shape, of which a condition chooses one, are one parameter. */
function withAlternatives(tensors: readonly Tensor[]): readonly Alternatives[] {
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

function areAlike(one: Tensor['dims'], other: Tensor['dims']): boolean {
  if (one === null || other === null || one.length !== other.length) return one === other;
  return one.every((dim, index) => sameQuantity(dim, other[index] ?? dim));
}

/** Whether the code may load the weights of an earlier run. */
export function mayGoOn(sources: Sources): boolean {
  return tensorsIn(sources).some(({ first }) => {
    const writes = initsOf(first, sources);
    return withoutLoaded(writes).length < writes.length;
  });
}

/** What may have been written last, over every instance that the file makes. */
function initsOf({ path, parameter }: Place, { run, pattern, instances }: Sources): readonly InitWrite[] {
  if (instances.length === 0)
    return [...pattern.heap.parameters.initOf(parameter), ...initsAfter(run, parameter)];
  const written = instances.flatMap((instance) => {
    const same = parametersAt(path, instance).at(-1);
    if (same === undefined)
      return isUnreadIn(instance, path)
        ? [unreadInit(parameter.layer.span)]
        : pattern.heap.parameters.initOf(parameter);
    const own = instance.heap.parameters.initOf(same);
    const writes = isStartedBy(same, instance) ? withoutDefault(own) : own;
    if (isReplaced(parameter, same))
      return writes.map((write) => startInPlace(write, pattern.heap.parameters.initOf(parameter)));
    return areOneSize(pattern.heap.parameters.original(parameter), instance.heap.parameters.original(same))
      ? writes
      : writes.map((write) => inPattern(write, { pattern, parameter }));
  });
  return [...written, ...initsAfter(run, parameter)];
}

/** Whether an instance has something on the way to a path of which nothing is known. */
function isUnreadIn({ modules, heap }: LocatedLayers, path: string): boolean {
  return modules.some((module) => {
    const start = module.path === '' ? '' : `${module.path}.`;
    if (!path.startsWith(start)) return false;
    const [name = ''] = path.slice(start.length).split('.');
    const value = heap.attributes(idOf(module.value)).get(name)?.value;
    return value !== undefined && optionsOf(value).some(({ kind }) => kind === 'unknown');
  });
}

/** How whoever makes room for the weights of a layer starts them, as a wrapper that shards them does. */
const STARTS = 'reset_parameters';
const RUNS: ReadonlySet<Value['kind']> = new Set(['function', 'partial']);

/** Whether code gives the layer of a parameter another function that starts it, be it that code or a wrapper that calls it. */
function isStartedBy({ layer }: ParameterValue, { heap }: LocatedLayers): boolean {
  const start = heap.attributes(layer.id).get(STARTS);
  return (
    start !== undefined &&
    start.perhaps !== true &&
    optionsOf(start.value).every(({ kind }) => RUNS.has(kind))
  );
}

/** What is taken to be called that starts the layers of a model, since code gives it to them. */
export function startersOf(sources: Sources): readonly string[] {
  const isOpen = tensorsIn(sources).some(({ first: { path } }) =>
    sources.instances.some((instance) =>
      parametersAt(path, instance).some((same) => {
        const writes = instance.heap.parameters.initOf(same);
        return isStartedBy(same, instance) && withoutDefault(writes).length < writes.length;
      }),
    ),
  );
  return isOpen ? [STARTS] : [];
}

function isReplacedEverywhere({ path, parameter }: Place, instances: Sources['instances']): boolean {
  const same = instances.map((instance) => parametersAt(path, instance).at(-1));
  return same.length > 0 && same.every((one) => one !== undefined && isReplaced(parameter, one));
}

/** Whether code outside of the model has put a layer in the place of its own, of which it knows a size as a number. */
function isReplaced(parameter: ParameterValue, other: ParameterValue): boolean {
  if (parameter.layer.span.start === other.layer.span.start) return false;
  const [dims, others] = [dimsOf(parameter) ?? [], dimsOf(other) ?? []];
  return dims.some((dim, place) => {
    const instead = others[place];
    return instead !== undefined && freeSymbolsOf(dim).size > 0 && freeSymbolsOf(instead).size === 0;
  });
}

/**
 * How a layer starts that is put in the place of a model's own: by its default as that would, since it takes the same
 * features. What another initializer makes of such sizes is not known.
 */
function startInPlace(write: InitWrite, own: readonly InitWrite[]): InitWrite {
  if (!isDefault(write)) return SAME_AT_EVERY_SIZE.has(write.by) ? write : { ...write, ...UNREAD_VALUES };
  return own.find(isDefault) ?? { ...write, ...UNREAD_VALUES };
}

const UNREAD_VALUES = { std: UNKNOWN_QUANTITY, kind: 'unknown' } as const;

/** Initializers that are told how large values are. */
const SAME_AT_EVERY_SIZE: ReadonlySet<string> = new Set([
  'normal_',
  'trunc_normal_',
  'uniform_',
  'constant_',
  'zeros_',
  'ones_',
]);

/** Whether the layers of two parameters have the same sizes: a bias starts by how long its weight is. */
function areOneSize(one: ParameterValue, other: ParameterValue): boolean {
  const theirs = other.layer.parameters ?? [];
  return (one.layer.parameters ?? []).every(({ name, dims }) => {
    const same = theirs.find((parameter) => parameter.name === name);
    return same === undefined || areAlike(dims, same.dims);
  });
}

/** A write to a parameter that is another size in an instance: what that makes of numbers, in the pattern's sizes. */
function inPattern(
  write: InitWrite,
  { pattern, parameter }: { readonly pattern: LocatedLayers; readonly parameter: ParameterValue },
): InitWrite {
  if (write.std.op === 'literal' || freeSymbolsOf(write.std).size > 0) return write;
  const alike = pattern.heap.parameters
    .initOf(parameter)
    .find(({ span, kind }) => span?.start === write.span?.start && kind === write.kind);
  return alike ?? { ...write, std: UNKNOWN_QUANTITY };
}

function parametersAt(path: string, { parametersByPath }: LocatedLayers): readonly ParameterValue[] {
  return parametersByPath.get(path) ?? [];
}

/** What methods that only others may call initialize a parameter with; what they load or cut is not how it starts. */
function initsAfter({ pattern, later }: ModelRun, parameter: ParameterValue): readonly InitWrite[] {
  return later.flatMap(({ heap }) => {
    if (heap === null || heap.parameters.writes(parameter) === pattern.heap.parameters.writes(parameter))
      return [];
    return heap.parameters.initOf(parameter).filter(isInitializer);
  });
}
