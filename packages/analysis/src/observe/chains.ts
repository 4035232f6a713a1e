import { moduleFrame } from '../interpret/machine/classes.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import { idOf, type ModuleValue, namedModules, namedParameters } from '../interpret/modules/modules.ts';
import type { Heap } from '../interpret/values/heap.ts';
import { dimsOf, type Layer } from '../network/layer.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { Run } from './run-module.ts';

/** A chain of layers as a run has made it. */
export interface MadeChain {
  readonly layer: Layer;
  readonly run: Run;
  readonly built: Heap;
}

/** The chains of layers that one line of the file makes and that are models by themselves. */
export interface Chain {
  readonly definition: ClassStatement;
  readonly made: readonly MadeChain[];
}

/** A network has at least a matrix in front of another. */
const LEAST_MATRICES = 2;

/** More than one script trains side by side; of those beyond nothing is said. */
const MOST_CHAINS = 16;

/**
 * The chains of layers that code makes and that are a model's part nowhere, as far as it goes by their lines.
 *
 * @param isAsked whether a line is one of those that are asked about
 */
export function chainsIn(
  interpreter: Interpreter,
  runs: readonly Run[],
  isAsked: (definition: ClassStatement) => boolean,
): readonly Chain[] {
  const { classes, layers } = interpreter.chains;
  const own = [...classes.values()].filter(isAsked);
  if (own.length === 0) return [];
  const found = new Map<ClassStatement, MadeChain[]>();
  const inside = new Set<ClassStatement>();
  for (const run of runs) {
    const held = heldIn(run, interpreter);
    for (const { definition, objectId, built } of run.trace.constructions) {
      const layer = layers.get(objectId);
      if (layer === undefined || !own.includes(definition)) continue;
      if (held.has(objectId)) inside.add(definition);
      else if (isNetwork({ layer, run, built }, interpreter))
        found.set(definition, [...(found.get(definition) ?? []), { layer, run, built }]);
    }
  }
  return [...found]
    .flatMap(([definition, made]) => (inside.has(definition) ? [] : [{ definition, made }]))
    .slice(0, MOST_CHAINS);
}

/** The ids of what is part of another chain or of a model of the file: one of another file is a wrapper as others are. */
function heldIn(run: Run, interpreter: Interpreter): ReadonlySet<number> {
  const frame = moduleFrame(interpreter).with({ heap: run.heap });
  const roots = run.trace.constructions.flatMap(({ objectId, definition }): readonly ModuleValue[] => {
    const layer = interpreter.chains.layers.get(objectId);
    if (layer !== undefined) return [{ kind: 'layer', layer }];
    return isHere(definition.span) ? [{ kind: 'object', id: objectId, definition, span: null }] : [];
  });
  return new Set(
    roots.flatMap((root) =>
      namedModules(root, frame).flatMap(({ value }) => (idOf(value) === idOf(root) ? [] : [idOf(value)])),
    ),
  );
}

/** Whether a chain is of layers alone, more than one of which has a matrix: models in it are their own affair. */
function isNetwork({ layer, run }: MadeChain, interpreter: Interpreter): boolean {
  const frame = moduleFrame(interpreter).with({ heap: run.heap });
  const parameters = namedParameters({ kind: 'layer', layer }, frame);
  const models = new Set(run.trace.constructions.map(({ objectId }) => objectId));
  const holdsModel = namedModules({ kind: 'layer', layer }, frame).some(
    ({ value }) =>
      value.kind === 'object' && models.has(value.id) && namedParameters(value, frame).length > 0,
  );
  const matrices = parameters.filter(({ parameter }) => (dimsOf(parameter)?.length ?? 0) > 1);
  return !holdsModel && matrices.length >= LEAST_MATRICES;
}
