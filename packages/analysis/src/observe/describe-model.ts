import type { Quantity } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import { moduleFrame } from '../interpret/classes.ts';
import { type Heap, initOf } from '../interpret/heap.ts';
import type { Interpreter } from '../interpret/interpreter.ts';
import { layerOf, namedModules } from '../interpret/modules.ts';
import { quantityOf } from '../interpret/numbers.ts';
import type { ObjectValue, Value } from '../interpret/value.ts';
import type { Flow, LayerUse } from '../network/flow.ts';
import type { InitWrite } from '../network/init.ts';
import { hasWeight, type Layer, weightOf } from '../network/layer.ts';
import type { OptimizerBuild } from '../network/optimizer.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import type { ObservedGroup, ObservedLayer, ObservedModel, ObservedOptimizer } from './observed-model.ts';

/** An instance of a model, and what had been done to it in the end. */
export interface Instance {
  readonly object: ObjectValue;
  readonly heap: Heap;
  /** What its constructor was given; null for the one that is built from symbols alone. */
  readonly bound: ReadonlyMap<string, Value> | null;
}

/** All that running the code has shown of one model class, as the interpreter left it. */
export interface ModelRun {
  readonly interpreter: Interpreter;
  readonly definition: ClassStatement;
  /** Built from symbols alone: the model's layers are its layers. */
  readonly pattern: Instance;
  /** The instances that the file's own code makes. */
  readonly instances: readonly Instance[];
  /** The pattern's state after its constructor, and after each method that the file's own code does not call. */
  readonly built: Heap;
  readonly later: readonly Heap[];
  readonly uses: readonly LayerUse[];
  readonly outputs: readonly Flow[];
  readonly opaqueLayers: ReadonlySet<Layer>;
  /** Layers of the forward pass that no gradient reaches. */
  readonly untracked: ReadonlySet<Layer>;
  readonly optimizers: readonly OptimizerBuild[];
}

/** What a run has shown, without the machine that showed it. */
export function describeModel(run: ModelRun): ObservedModel {
  const { definition, uses, outputs } = run;
  const pattern = locate(run, run.pattern);
  const instances = run.instances.map((instance) => locate(run, instance));
  const everywhere = [pattern, ...instances];
  const layers = pattern.layers.filter(({ layer }) => isListed(layer, run));
  return {
    name: definition.name,
    span: definition.nameSpan,
    broken: definition.broken,
    layers: layers.map(({ path, layer, attributeSpan }): ObservedLayer => {
      return {
        path,
        layer,
        attributeSpan,
        inits: initsOf(path, layer, { run, instances }),
        shared: run.pattern.heap.isShared(weightOf(layer)),
        frozen: everywhere.some((one) =>
          one.layersAt(path).some((same) => one.heap.isFrozen(weightOf(same))),
        ),
        untracked: run.untracked.has(layer),
      };
    }),
    uses,
    outputs,
    optimizers: describeOptimizers(run.optimizers, everywhere),
    calls: run.instances.map((instance) => quantitiesIn(instance, run)),
  };
}

/** A layer and where it is in the model. */
interface LocatedLayer {
  readonly path: string;
  readonly layer: Layer;
  readonly attributeSpan: Span | null;
}

/** The layers of an instance with their paths, and what became of them. */
interface LocatedLayers {
  readonly heap: Heap;
  readonly layers: readonly LocatedLayer[];
  layersAt(path: string): readonly Layer[];
}

function locate({ interpreter }: ModelRun, { object, heap }: Instance): LocatedLayers {
  const frame = moduleFrame(interpreter).with({ heap });
  const layers = namedModules(object, frame).flatMap(({ path, value }) => {
    const layer = layerOf(value, frame);
    if (layer === undefined) return [];
    const [first = ''] = path.split('.');
    const attributeSpan = heap.attributes(object.id).get(first)?.span ?? null;
    return [{ path, layer, attributeSpan }];
  });
  const byPath = new Map<string, Layer[]>();
  for (const { path, layer } of layers) byPath.set(path, [...(byPath.get(path) ?? []), layer]);
  return { heap, layers, layersAt: (path) => byPath.get(path) ?? [] };
}

/** A class of another library counts as a layer only if the forward pass sends something through it. */
function isListed(layer: Layer, { opaqueLayers }: ModelRun): boolean {
  return layer.family === 'other' ? opaqueLayers.has(layer) : hasWeight(layer) !== false;
}

/** What a weight's initialization is read from. */
interface InitSources {
  readonly run: ModelRun;
  readonly instances: readonly LocatedLayers[];
}

/** What may have been written last, over every instance that the file makes. */
function initsOf(path: string, layer: Layer, { run, instances }: InitSources): readonly InitWrite[] {
  const weight = weightOf(layer);
  if (instances.length === 0) return initOf(run.pattern.heap, weight);
  const written = instances.flatMap(({ heap, layersAt }) => {
    const same = layersAt(path).at(-1);
    return same === undefined ? initOf(run.pattern.heap, weight) : initOf(heap, weightOf(same));
  });
  const later = run.later.filter((heap) => heap.writes(weight) !== run.built.writes(weight));
  return [...written, ...later.flatMap((heap) => initOf(heap, weight))];
}

/** The same layer of two instances has one path. */
function describeOptimizers(
  builds: readonly OptimizerBuild[],
  everywhere: readonly LocatedLayers[],
): readonly ObservedOptimizer[] {
  const paths = new Map(
    everywhere.flatMap(({ layers }) => layers.map(({ path, layer }) => [layer.id, path])),
  );
  return builds.map(({ kind, qualified, groups, rewrites, factors }) => ({
    kind,
    qualified,
    groups: groups.map(
      ({ parameters, lr }): ObservedGroup => ({
        paths: parameters.flatMap(({ layer, which }) =>
          which === 'weight' ? (paths.get(layer.id) ?? []) : [],
        ),
        lr,
      }),
    ),
    rewrites,
    factors,
  }));
}

/** What a constructor was given, as numbers; what is not known at all says nothing. */
function quantitiesIn(
  { bound }: Instance,
  { definition, interpreter: { symbols } }: ModelRun,
): ReadonlyMap<WidthSymbol, Quantity> {
  const owner = symbols.ofDefinition(definition);
  const known = [...(bound ?? [])].filter(([, value]) => value.kind !== 'unknown');
  return new Map(known.map(([name, value]) => [symbols.of(owner, name), quantityOf(value)]));
}
