import { classifyGraph, type Graph, type GraphClassification } from '@widthwise/core';
import type { Budget } from '../budget.ts';

/** What the calculus takes for each node: forward, backward and once for each step. */
const WORK_OF_NODE = 20;

/** How many characters of graphs are kept: those of some files that somebody edits by turns. */
const MOST_TEXT = 3_000_000;

/** What the calculus said of the graphs that were classified last: a text that has changed a little has most of them again. */
export class KeptClassifications {
  private readonly kept = new Map<string, GraphClassification>();
  private length = 0;

  /**
   * The calculus for one model, which is asked once of the like on several ways: many a condition decides only which of two
   * like tensors is meant. Each graph takes the same work, whether it is kept or not.
   */
  classifier(budget: Budget): (graph: Graph) => GraphClassification {
    const known = new Map<string, GraphClassification>();
    return (graph) => {
      const key = JSON.stringify([[...graph.axes], graph.nodes, graph.outputs]);
      const before = known.get(key);
      if (before !== undefined) return before;
      budget.spend(WORK_OF_NODE * graph.nodes.length);
      const found = this.kept.get(key) ?? classifyGraph(graph, { gradients: false });
      known.set(key, found);
      this.keep(key, found);
      return found;
    };
  }

  private keep(key: string, found: GraphClassification): void {
    if (this.kept.delete(key)) this.length -= key.length;
    this.kept.set(key, found);
    this.length += key.length;
    for (const oldest of this.kept.keys()) {
      if (this.length <= MOST_TEXT) break;
      this.kept.delete(oldest);
      this.length -= oldest.length;
    }
  }
}
