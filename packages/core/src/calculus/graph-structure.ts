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

/**
 * A graph that has been checked, by places.
 *
 * @throws RangeError for a graph that is not one
 */
export function structureOf(graph: Graph): GraphStructure {
  const growing = growingAxes(graph, checkGraph(graph));
  const { nodes } = graph;
  const places = new Map<string, number>();
  for (let place = 0; place < nodes.length; place++) places.set(nodes[place].id, place);
  const placeOf = (id: string): number => places.get(id) ?? -1;
  const operands = nodes.map((node) => ('of' in node ? node.of.map(placeOf) : NONE));
  const isOutput = nodes.map(() => false);
  for (const id of graph.outputs) isOutput[placeOf(id)] = true;
  const ofWeightsOnly: boolean[] = [];
  const hasGradient: boolean[] = [];
  for (let place = 0; place < nodes.length; place++) {
    const of = operands[place];
    const isWeight = nodes[place].op === 'weight';
    ofWeightsOnly.push(isWeight || (of.length > 0 && of.every((operand) => ofWeightsOnly[operand])));
    hasGradient.push(isWeight || of.some((operand) => hasGradient[operand]));
  }
  return {
    nodes,
    operands,
    uses: usesOf(operands),
    isOutput,
    speeds: growing.map(speedOf),
    contractions: nodes.map(({ op }, place) =>
      op === 'contract' ? contractNodeSpeeds(operands[place], growing, place) : null,
    ),
    broadcasts: nodes.map(({ op }, place) =>
      op === 'add'
        ? operands[place].map((operand) =>
            contractionSpeeds(growing[place], growing[place], growing[operand]),
          )
        : null,
    ),
    ...weightsIn(nodes, operands),
    ofWeightsOnly,
    hasGradient,
  };
}

const NONE: readonly number[] = [];

/** An axis that grows, and how fast: those that do not grow count for nothing. */
interface GrowingAxis {
  readonly speed: number;
}

type GrowingAxes = readonly GrowingAxis[];

function growingAxes({ axes }: Graph, ofNodes: readonly (readonly string[])[]): readonly GrowingAxes[] {
  const growing = new Map<string, GrowingAxis>();
  for (const [name, speed] of axes) if (speed > 0) growing.set(name, { speed });
  return ofNodes.map((names) => names.flatMap((name) => growing.get(name) ?? []));
}

function speedOf(axes: GrowingAxes): number {
  let sum = 0;
  for (const { speed } of axes) sum += speed;
  return sum;
}

function contractNodeSpeeds(
  [left, right]: readonly number[],
  growing: readonly GrowingAxes[],
  place: number,
): ContractNodeSpeeds {
  const [ofLeft, ofRight, out] = [growing[left], growing[right], growing[place]];
  return {
    forward: contractionSpeeds(ofLeft, ofRight, out),
    toLeft: contractionSpeeds(out, ofRight, ofLeft),
    toRight: contractionSpeeds(out, ofLeft, ofRight),
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

function usesOf(operands: GraphStructure['operands']): readonly (readonly Use[])[] {
  const uses: Use[][] = operands.map(() => []);
  for (const [node, of] of operands.entries()) {
    for (const [operand, place] of of.entries()) uses[place].push({ node, operand });
  }
  return uses;
}

function contractionSpeeds(left: GrowingAxes, right: GrowingAxes, out: GrowingAxes): ContractionSpeeds {
  let [summedLeft, freeLeft, keepsLeft] = [0, 0, false];
  for (const axis of left) {
    if (out.includes(axis)) keepsLeft = true;
    else summedLeft += axis.speed;
    if (!right.includes(axis)) freeLeft += axis.speed;
  }
  let [sum, summedRight, freeRight, keepsRight] = [summedLeft, 0, 0, false];
  for (const axis of right) {
    const isSummed = !out.includes(axis);
    if (isSummed) summedRight += axis.speed;
    else keepsRight = true;
    if (left.includes(axis)) continue;
    freeRight += axis.speed;
    if (isSummed) sum += axis.speed;
  }
  return { sum, summedLeft, summedRight, freeLeft, freeRight, keepsLeft, keepsRight };
}
