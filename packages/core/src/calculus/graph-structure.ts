import { checkGraph } from './check-graph.ts';
import type { ContractionSpeeds } from './contraction.ts';
import type { Graph, GraphNode } from './graph.ts';

/** Where a tensor is used: the place of the node that uses it, and as which of its operands. */
export interface Use {
  readonly node: number;
  readonly operand: number;
}

/** A contraction forward, and those that hand its gradient to its left and its right operand. */
export interface ContractNodeSpeeds {
  readonly forward: ContractionSpeeds;
  /** Of the gradient with the right operand. */
  readonly toLeft: ContractionSpeeds;
  /** Of the gradient with the left operand. */
  readonly toRight: ContractionSpeeds;
}

/** A graph with places for names. */
export interface GraphStructure {
  readonly nodes: readonly GraphNode[];
  readonly operands: readonly (readonly number[])[];
  readonly uses: readonly (readonly Use[])[];
  readonly isOutput: readonly boolean[];
  /** Of all axes of each node together. */
  readonly speeds: readonly number[];
  /** Of each contraction; null for other nodes. */
  readonly contractions: readonly (ContractNodeSpeeds | null)[];
  /** Of each operand of each sum: the axes it is broadcast along; null for other nodes. */
  readonly broadcasts: readonly (readonly ContractionSpeeds[] | null)[];
  /** Of each weight: where it, or it in other units or another order, is multiplied. */
  readonly multiplications: readonly (readonly Use[])[];
  /** The weight that this is in other units or another order; null for what is more than that. */
  readonly roots: readonly (number | null)[];
  /** Weights, and what is made of nothing else. */
  readonly ofWeightsOnly: readonly boolean[];
  /** What depends on a weight, or may: only there a gradient is of use. */
  readonly hasGradient: readonly boolean[];
}

type Axes = readonly string[];

/**
 * A graph that has been checked, by places.
 *
 * @throws RangeError for a graph that is not one
 */
export function structureOf(graph: Graph): GraphStructure {
  const axes = checkGraph(graph);
  const places = new Map(graph.nodes.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => places.get(id) ?? -1;
  const operands = graph.nodes.map((node) => operandsOf(node).map(placeOf));
  const isOutput = graph.nodes.map(() => false);
  for (const id of graph.outputs) isOutput[placeOf(id)] = true;
  const speedOf = (names: Axes) => names.reduce((sum, name) => sum + (graph.axes.get(name) ?? 0), 0);
  const ofWeightsOnly: boolean[] = [];
  const hasGradient: boolean[] = [];
  for (const [place, { op }] of graph.nodes.entries()) {
    const of = operands[place];
    ofWeightsOnly.push(op === 'weight' || (of.length > 0 && of.every((operand) => ofWeightsOnly[operand])));
    hasGradient.push(op === 'weight' || of.some((operand) => hasGradient[operand]));
  }
  return {
    nodes: graph.nodes,
    operands,
    uses: usesOf(operands),
    isOutput,
    speeds: axes.map(speedOf),
    contractions: graph.nodes.map(({ op }, place) => {
      if (op !== 'contract') return null;
      const [left, right] = operands[place].map((operand) => axes[operand]);
      const out = axes[place];
      return {
        forward: contractionSpeeds(left, right, { out, speedOf }),
        toLeft: contractionSpeeds(out, right, { out: left, speedOf }),
        toRight: contractionSpeeds(out, left, { out: right, speedOf }),
      };
    }),
    broadcasts: graph.nodes.map(({ op }, place) =>
      op === 'add'
        ? operands[place].map((operand) =>
            contractionSpeeds(axes[place], axes[place], { out: axes[operand], speedOf }),
          )
        : null,
    ),
    ...weightsIn(graph.nodes, operands),
    ofWeightsOnly,
    hasGradient,
  };
}

function weightsIn(
  nodes: readonly GraphNode[],
  operands: GraphStructure['operands'],
): Pick<GraphStructure, 'roots' | 'multiplications'> {
  const roots: (number | null)[] = [];
  const multiplications: Use[][] = nodes.map(() => []);
  for (const [node, { op }] of nodes.entries()) {
    const of = operands[node];
    const only = op === 'view' || op === 'scale' || op === 'norm' ? roots[of[0]] : null;
    roots.push(op === 'weight' ? node : only);
    if (op !== 'contract') continue;
    for (const [operand, place] of of.entries()) {
      const root = roots[place];
      if (root !== null) multiplications[root].push({ node, operand });
    }
  }
  return { roots, multiplications };
}

export function operandsOf(node: GraphNode): readonly string[] {
  return 'of' in node ? node.of : [];
}

function usesOf(operands: GraphStructure['operands']): readonly (readonly Use[])[] {
  const uses: Use[][] = operands.map(() => []);
  for (const [node, of] of operands.entries()) {
    for (const [operand, place] of of.entries()) uses[place].push({ node, operand });
  }
  return uses;
}

function contractionSpeeds(
  left: Axes,
  right: Axes,
  { out, speedOf }: { readonly out: Axes; readonly speedOf: (axes: Axes) => number },
): ContractionSpeeds {
  const onlyRight = right.filter((axis) => !left.includes(axis));
  const summed = (axes: Axes) => speedOf(axes.filter((axis) => !out.includes(axis)));
  const kept = (axes: Axes) => speedOf(axes.filter((axis) => out.includes(axis))) > 0;
  return {
    sum: summed(left) + summed(onlyRight),
    summedLeft: summed(left),
    summedRight: summed(right),
    freeLeft: speedOf(left.filter((axis) => !right.includes(axis))),
    freeRight: speedOf(onlyRight),
    keepsLeft: kept(left),
    keepsRight: kept(right),
  };
}
