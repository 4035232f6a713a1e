import { freeSymbolsOf, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import { idOf } from '../interpret/modules/modules.ts';
import { optionsOf } from '../interpret/values/either.ts';
import {
  isDefault,
  isInitializer,
  unreadInit,
  withoutDefault,
  withoutLoaded,
} from '../interpret/values/parameter-state.ts';
import type { Value } from '../interpret/values/value.ts';
import type { InitWrite } from '../network/init.ts';
import { dimsOf, type ParameterValue } from '../network/layer.ts';
import type { LocatedLayers } from './located-layers.ts';
import type { ModelRun } from './model-run.ts';
import { areAlike, type Place, parametersAt, type Sources, tensorsIn } from './parameter-places.ts';

/** Whether the code may load the weights of an earlier run. */
export function mayGoOn(sources: Sources): boolean {
  return tensorsIn(sources).some(({ first }) => {
    const writes = initsOf(first, sources);
    return withoutLoaded(writes).length < writes.length;
  });
}

/** What may have been written last, over every instance that the file makes. */
export function initsOf(
  { path, parameter }: Place,
  { run, pattern, instances }: Sources,
): readonly InitWrite[] {
  if (instances.length === 0)
    return [...pattern.heap.parameters.initOf(parameter), ...initsAfter(run, parameter)];
  const written = instances.map((instance) => {
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
  const begun = written.filter((writes) => !onlyGoesOn(writes));
  return [...(begun.length > 0 ? begun : written).flat(), ...initsAfter(run, parameter)];
}

/** Whether an instance is not started but loaded: how it was started that it goes on with, another one may show. */
function onlyGoesOn(writes: readonly InitWrite[]): boolean {
  const own = withoutLoaded(writes);
  return own.length < writes.length && own.every(isDefault);
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

/** Whether each instance has another layer there than the model's own class makes. */
export function isReplacedEverywhere({ path, parameter }: Place, instances: Sources['instances']): boolean {
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

/** What methods that only others may call initialize a parameter with; what they load or cut is not how it starts. */
function initsAfter({ pattern, later }: ModelRun, parameter: ParameterValue): readonly InitWrite[] {
  return later.flatMap(({ heap }) => {
    if (heap === null || heap.parameters.writes(parameter) === pattern.heap.parameters.writes(parameter))
      return [];
    return heap.parameters.initOf(parameter).filter(isInitializer);
  });
}
