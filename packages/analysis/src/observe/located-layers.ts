import { moduleFrame } from '../interpret/machine/classes.ts';
import {
  layerOf,
  type ModuleValue,
  type NamedModule,
  type NamedParameter,
  namedModules,
  ownParameters,
} from '../interpret/modules/modules.ts';
import type { Heap } from '../interpret/values/heap.ts';
import { type Layer, type ParameterValue, weightOf } from '../network/layer.ts';
import type { Instance, ModelRun } from './model-run.ts';

/** A module with the parameters that it has itself. */
interface LocatedModule extends NamedModule {
  /** What it is as a layer, if it is one. */
  readonly layer: Layer | undefined;
  readonly parameters: readonly NamedParameter[];
}

/** The modules of an instance with their paths, and what became of them. */
export interface LocatedLayers {
  readonly object: ModuleValue;
  readonly heap: Heap;
  readonly modules: readonly LocatedModule[];
  /** Of a layer that is not read, its weight by the layer's path. */
  readonly parametersByPath: ReadonlyMap<string, readonly ParameterValue[]>;
}

/** The modules of an instance in the order that PyTorch has them, each with what it is as a layer. */
export function locate({ interpreter }: ModelRun, { object, heap }: Instance): LocatedLayers {
  const frame = moduleFrame(interpreter).with({ heap });
  const modules = namedModules(object, frame).map((module) => ({
    ...module,
    layer: layerOf(module.value, frame),
    parameters: ownParameters(module, frame),
  }));
  const named = modules.flatMap(({ path, layer, perhaps, mayLack, parameters }): readonly NamedParameter[] =>
    layer?.parameters === null
      ? [{ path, parameter: weightOf(layer), perhaps, mayLack }, ...parameters]
      : parameters,
  );
  const parametersByPath = new Map<string, ParameterValue[]>();
  for (const { path, parameter } of named) {
    parametersByPath.set(path, [...(parametersByPath.get(path) ?? []), parameter]);
  }
  return { object, heap, modules, parametersByPath };
}

/** A class of another library counts as a layer only if the forward pass sends something through it. */
export function isListed(layer: Layer, { opaqueLayers }: Pick<ModelRun, 'opaqueLayers'>): boolean {
  if (layer.family === 'other') return opaqueLayers.has(layer);
  return layer.parameters === null || layer.parameters.length > 0;
}
