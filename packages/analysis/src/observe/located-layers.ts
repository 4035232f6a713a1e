import { moduleFrame } from '../interpret/classes.ts';
import type { Heap } from '../interpret/heap.ts';
import {
  layerOf,
  type NamedModule,
  type NamedParameter,
  namedModules,
  ownParameters,
} from '../interpret/modules.ts';
import type { ObjectValue } from '../interpret/value.ts';
import type { Layer, ParameterValue } from '../network/layer.ts';
import type { Span } from '../syntax/span.ts';
import type { Instance, ModelRun } from './model-run.ts';

/** A layer and where it is in the model. */
interface LocatedLayer {
  readonly path: string;
  readonly layer: Layer;
  readonly attributeSpan: Span | null;
}

/** A module with the parameters that it has itself. */
interface LocatedModule extends NamedModule {
  /** What it is as a layer, if it is one. */
  readonly layer: Layer | undefined;
  readonly parameters: readonly NamedParameter[];
}

/** The layers of an instance with their paths, and what became of them. */
export interface LocatedLayers {
  readonly object: ObjectValue;
  readonly heap: Heap;
  readonly layers: readonly LocatedLayer[];
  readonly modules: readonly LocatedModule[];
  readonly parametersByPath: ReadonlyMap<string, readonly ParameterValue[]>;
  layersAt(path: string): readonly Layer[];
}

export function locate({ interpreter }: ModelRun, { object, heap }: Instance): LocatedLayers {
  const frame = moduleFrame(interpreter).with({ heap });
  const modules = namedModules(object, frame).map((module) => ({
    ...module,
    layer: layerOf(module.value, frame),
    parameters: ownParameters(module, frame),
  }));
  const all = [
    ...modules.flatMap(({ path, layer }) => (layer === undefined ? [] : [{ path, layer }])),
    ...modules.flatMap(({ parameters }) =>
      parameters.flatMap(({ path, parameter: { layer } }) =>
        layer.family === 'parameter' ? [{ path, layer }] : [],
      ),
    ),
  ];
  const layers = all.map(({ path, layer }) => {
    const [first = ''] = path.split('.');
    return { path, layer, attributeSpan: heap.attributes(object.id).get(first)?.span ?? null };
  });
  const byPath = new Map<string, Layer[]>();
  for (const { path, layer } of layers) byPath.set(path, [...(byPath.get(path) ?? []), layer]);
  const named = modules.flatMap(({ parameters }) => parameters);
  const parametersByPath = new Map<string, ParameterValue[]>();
  for (const { path, parameter } of named) {
    parametersByPath.set(path, [...(parametersByPath.get(path) ?? []), parameter]);
  }
  return { object, heap, layers, modules, parametersByPath, layersAt: (path) => byPath.get(path) ?? [] };
}

/** A class of another library counts as a layer only if the forward pass sends something through it. */
export function isListed(layer: Layer, { opaqueLayers }: Pick<ModelRun, 'opaqueLayers'>): boolean {
  if (layer.family === 'other') return opaqueLayers.has(layer);
  return layer.parameters === null || layer.parameters.length > 0;
}
