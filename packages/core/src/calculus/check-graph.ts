import { LONGEST_NAME, quoted } from '../words/shown-text.ts';
import type { Graph, GraphNode } from './graph.ts';

type Axes = readonly string[];

/** More axes than any tensor has. */
const MOST_AXES = 64;

/**
 * The axes of every node of a graph.
 *
 * @throws RangeError one sentence that names the node and what is wrong with it
 */
export function checkGraph(graph: Graph): readonly Axes[] {
  for (const [name, speed] of graph.axes) {
    if (!(speed >= 0 && Number.isFinite(speed))) {
      throw new RangeError(`axis ${named(name)}: expected a speed of at least 0, got ${speed}`);
    }
  }
  const axesOf = new Map<string, Axes>();
  for (const node of graph.nodes) {
    if (axesOf.has(node.id)) throw problemAt(node, 'another node has this id');
    const axes = checkNode(node, axesOf);
    checkAxes(axes, graph, node);
    if (node.op === 'view') checkView(node.of[0], { axes, axesOf, graph, node });
    axesOf.set(node.id, axes);
  }
  if (graph.outputs.length === 0) throw new RangeError('output: expected the id of a node, got none');
  for (const output of graph.outputs) {
    if (!axesOf.has(output)) throw new RangeError(`output: no node has the id ${named(output)}`);
  }
  return [...axesOf.values()];
}

function checkNode(node: GraphNode, axesOf: ReadonlyMap<string, Axes>): Axes {
  const of = ('of' in node ? node.of : []).map((id) => {
    const axes = axesOf.get(id);
    if (axes !== undefined) return axes;
    throw problemAt(node, `reads ${named(id)}, which is no node before it`);
  });
  const own = 'axes' in node ? node.axes : undefined;
  const axes = own ?? of[0] ?? [];
  const problem = axesProblem(node, axes, of);
  if (problem !== null) throw problemAt(node, problem);
  for (const exponent of exponentsOf(node)) {
    if (typeof exponent === 'number' && !Number.isFinite(exponent)) {
      throw problemAt(node, `expected a finite exponent, got ${exponent}`);
    }
  }
  return axes;
}

function axesProblem(node: GraphNode, axes: Axes, of: readonly Axes[]): string | null {
  if (node.op === 'contract') {
    const stranger = axes.find((axis) => !of.some((operand) => operand.includes(axis)));
    return stranger === undefined ? null : `neither operand has its axis ${named(stranger)}`;
  }
  if (node.op !== 'add') return null;
  const stranger = of.flat().find((axis) => !axes.includes(axis));
  const lacking = node.axes === undefined ? 'the first' : 'it';
  return stranger === undefined ? null : `an operand has an axis that ${lacking} lacks: ${named(stranger)}`;
}

function exponentsOf(node: GraphNode): readonly unknown[] {
  if (node.op === 'weight') return [node.init, node.rate, node.eps];
  return node.op === 'scale' ? [node.exponent] : [];
}

function checkAxes(axes: Axes, graph: Graph, node: GraphNode): void {
  if (axes.length > MOST_AXES) {
    throw problemAt(node, `expected at most ${MOST_AXES} axes, got ${axes.length}`);
  }
  for (const [place, axis] of axes.entries()) {
    if (!graph.axes.has(axis)) throw problemAt(node, `axes has no speed for ${named(axis)}`);
    if (axes.indexOf(axis) < place) throw problemAt(node, `has the axis ${named(axis)} twice`);
  }
}

interface CheckedView {
  readonly axes: Axes;
  readonly axesOf: ReadonlyMap<string, Axes>;
  readonly graph: Graph;
  readonly node: GraphNode;
}

/** A view has as many entries as what it views, up to a constant. */
function checkView(operand: string, { axes, axesOf, graph, node }: CheckedView): void {
  const speedOf = (names: Axes) => names.reduce((sum, name) => sum + (graph.axes.get(name) ?? 0), 0);
  const [before, after] = [speedOf(axesOf.get(operand) ?? []), speedOf(axes)];
  if (Math.abs(before - after) > 1e-9) {
    throw problemAt(
      node,
      `a view of ${named(operand)} must grow as its axes do, n^${before}, got n^${after}`,
    );
  }
}

function problemAt({ id }: GraphNode, problem: string): RangeError {
  return new RangeError(`node ${named(id)}: ${problem}`);
}

function named(name: string): string {
  return quoted(name, LONGEST_NAME);
}
