import type { Graph, GraphNode } from '@widthwise/core';
import type { Budget } from '../../budget.ts';
import { ROUNDING } from '../../growth/rounding.ts';

/** What a node is, before it is in a graph. */
type Unnamed = GraphNode extends infer Node ? (Node extends GraphNode ? Omit<Node, 'id'> : never) : never;

/** A graph of the calculus while it is written. Only axes that grow have a name: the others change no exponent. */
export class NodeList {
  private readonly nodes: GraphNode[] = [];
  private readonly speeds = new Map<string, number>();
  private readonly axes = new Map<string, readonly string[]>();
  /** Views and multiples of nodes, each of which is there once. */
  private readonly views = new Map<string, string>();
  private readonly budget: Budget;
  /** Those that may have another size than what they are made of, in a way that is not known. */
  private readonly rescaled = new Set<string>();
  /** How many nodes stand for something that is not known. */
  unknowns = 0;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  /** A name for an axis of a speed that none of those has which are taken. */
  axis(speed: number, taken: ReadonlySet<string>): string {
    for (let index = 0; ; index++) {
      const name = `${speed}:${index}`;
      if (taken.has(name)) continue;
      this.speeds.set(name, speed);
      return name;
    }
  }

  speed(axis: string): number {
    return this.speeds.get(axis) ?? 0;
  }

  /** A node times n^−exponent. */
  scaled(node: string, exponent: number | 'unknown'): string {
    const key = `${node} ^${exponent}`;
    const axes = this.axesOfNode(node);
    const made = this.views.get(key) ?? this.add({ op: 'scale', of: [node], exponent }, axes);
    this.views.set(key, made);
    return made;
  }

  axesOfNode(node: string): readonly string[] {
    return this.axes.get(node) ?? [];
  }

  /** Adds a node, and answers its name. */
  add(node: Unnamed, axes: readonly string[], name: string = `${this.nodes.length}`): string {
    this.budget.spend(WORK_OF_NODE);
    if (node.op === 'unknown') this.unknowns++;
    // SAFETY: a node without its id, and an id.
    this.nodes.push({ ...node, id: name } as GraphNode);
    this.axes.set(name, axes);
    if (this.hasOpenSize(node)) this.rescaled.add(name);
    return name;
  }

  private hasOpenSize(node: Unnamed): boolean {
    if (node.op === 'unknown') return node.mayRescale === true;
    return (node.op === 'view' || node.op === 'scale') && this.rescaled.has(node.of[0]);
  }

  mayRescale(node: string): boolean {
    return this.rescaled.has(node);
  }

  /**
   * A node under other names for its axes. Which name is which of one speed changes no exponent; of a node that grows otherwise
   * than these do, as where ways meet, nothing is known.
   */
  renamed(node: string, axes: readonly string[]): string {
    const own = this.axesOfNode(node);
    if (own.length === axes.length && axes.every((name) => own.includes(name))) return node;
    const key = `${node} ${axes.join(' ')}`;
    const isView = Math.abs(this.speedOfAll(own) - this.speedOfAll(axes)) < ROUNDING;
    const view = this.views.get(key) ?? this.add(isView ? viewOf(node, axes) : openOf(node, axes), axes);
    this.views.set(key, view);
    return view;
  }

  private speedOfAll(axes: readonly string[]): number {
    return axes.reduce((sum, axis) => sum + this.speed(axis), 0);
  }

  graph(outputs: readonly string[]): Graph {
    return { axes: this.speeds, nodes: this.nodes, outputs };
  }
}

function viewOf(node: string, axes: readonly string[]): Unnamed {
  return { op: 'view', of: [node], axes };
}

function openOf(node: string, axes: readonly string[]): Unnamed {
  return { op: 'unknown', of: [node], axes, mayRescale: true };
}

const WORK_OF_NODE = 40;
