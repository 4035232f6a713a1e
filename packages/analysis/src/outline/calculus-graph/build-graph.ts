import { type Graph, isGraphActivation, type WeightNode } from '@widthwise/core';
import type { Budget } from '../../budget.ts';
import type { Growth } from '../../growth/growth.ts';
import type { Quantity } from '../../growth/quantity.ts';
import type { Choice, Contraction, Multiple, Tensor, View, WeightTensor } from '../../network/graph.ts';
import { isData, operandsOf } from '../../network/tensor.ts';
import { withoutFactors } from '../../network/without-factors.ts';
import { appliedTo } from '../forward/applied-to.ts';
import { dataProductIn, gainedIn } from '../forward/data-growth.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';
import { passesFactors } from '../forward/kept-size.ts';
import { isLayerOutput, isScaledProduct } from '../forward/matrix-product.ts';
import { placeContraction } from './contraction.ts';
import type { Exponents } from './exponents.ts';
import { factorsAhead, passedBy } from './factors-ahead.ts';
import { isOfOpenCount } from './left-entries.ts';
import { isGainOfLength } from './length-gains.ts';
import { NodeList } from './node-list.ts';
import { type OpenFactors, openFactorsIn } from './open-factors.ts';
import {
  type Factor,
  type FactorSide,
  fitted,
  growing,
  namesFor,
  nodeOf,
  opposite,
  type Placed,
  product,
  speedsBy,
  speedsOf,
  unknownOf,
  unreadOf,
  type Writing,
} from './placed.ts';
import { placeSum } from './sum.ts';
import { placeView } from './view.ts';
import type { Way } from './ways.ts';

/** What the calculus is told of a parameter: how it starts and how it is trained. */
export interface WeightGiven extends Pick<WeightNode, 'init' | 'rate' | 'optimizer' | 'eps' | 'shape'> {
  /** Of values that are not random, how they scale: n^−e times ones. */
  readonly factor: number;
}

/** What a forward pass is turned into a graph with. */
export interface GraphSources {
  readonly pass: ForwardPass;
  growthOf(quantity: Quantity): Growth;
  givenOf(weight: WeightTensor): WeightGiven;
  readonly way: Way;
  /** The exponents of what tensors of the way are multiplied with. */
  readonly exponents: Exponents;
  /** Whose a factor is that may be either's. */
  readonly side: FactorSide;
}

/** A forward pass in the calculus' form, on one way through its choices. */
export interface BuiltGraph extends OpenFactors {
  readonly graph: Graph;
  readonly nodes: ReadonlyMap<Tensor, string>;
  /** e of the factor n^−e by which a tensor is its node; unknown where it has not one exponent. */
  readonly factors: ReadonlyMap<Tensor, Factor>;
  readonly weights: ReadonlyMap<WeightTensor, string>;
  /** Nodes that have to have the same exponents: what a repeated block leaves the first and the second time. */
  readonly repeats: readonly (readonly [first: string, second: string])[];
  /** What is not known of its inputs or outputs. */
  readonly unknown: readonly Tensor[];
}

/** Turns a forward pass into a graph of the calculus. */
export function buildGraph(sources: GraphSources, budget: Budget): BuiltGraph {
  return new GraphWriter(sources, budget).write();
}

class GraphWriter {
  private readonly placed = new Map<Tensor, Placed>();
  private readonly weights = new Map<WeightTensor, string>();
  private readonly inputs = new Set<string>();
  private readonly repeats: (readonly [string, string])[] = [];
  private readonly tensors: readonly Tensor[];
  private readonly exponents: Exponents;
  private readonly ahead: ReadonlyMap<Tensor, Factor>;
  private readonly features: ReadonlySet<WeightTensor>;
  private readonly sources: GraphSources;
  private readonly writing: Writing;

  constructor(sources: GraphSources, budget: Budget) {
    this.sources = sources;
    const { growthOf, side, way, exponents } = sources;
    this.writing = { nodes: new NodeList(budget), speedOf: speedsBy(growthOf), side };
    this.tensors = way.tensors;
    this.exponents = exponents;
    this.features = appliedTo(this.tensors);
    this.ahead = factorsAhead(this.tensors, this.exponents, this.writing);
  }

  write(): BuiltGraph {
    const { pass } = this.sources;
    const { nodes } = this.writing;
    const unknown: Tensor[] = [];
    for (const tensor of this.tensors) {
      const before = nodes.unknowns;
      this.placed.set(tensor, this.withZeros(tensor, this.place(tensor)));
      if (nodes.unknowns > before) unknown.push(tensor);
    }
    return {
      graph: nodes.graph([...new Set(pass.outputs.map((tensor) => nodeOf(this.at(tensor), this.writing)))]),
      nodes: new Map([...this.placed].map(([tensor, { node }]) => [tensor, node])),
      factors: new Map([...this.placed].map(([tensor, { factor }]) => [tensor, factor])),
      weights: this.weights,
      repeats: this.repeats,
      unknown,
      ...openFactorsIn(this.tensors, this.exponents, this.writing.speedOf),
    };
  }

  private at(tensor: Tensor): Placed {
    return this.placed.get(tensor) ?? { node: '', factor: 0, names: null };
  }

  /** Of a dimension that grows faster than what is not zero in it few entries are left: sums over it have any size. */
  private withZeros(tensor: Tensor, placed: Placed): Placed {
    const { speedOf } = this.writing;
    const isFilled = (tensor.joined ?? []).every(({ filled, whole }) => {
      const speed = speedOf(whole);
      return speed === 0 || (speed !== null && filled.some((length) => speedOf(length) === speed));
    });
    return isFilled ? placed : unreadOf([placed], { shape: tensor.shape, mayRescale: true }, this.writing);
  }

  private place(tensor: Tensor): Placed {
    const { writing } = this;
    switch (tensor.op) {
      case 'input':
        return this.placeInput(tensor, 0);
      case 'weight':
        return this.placeWeight(tensor);
      case 'contract':
        return this.placeContraction(tensor);
      case 'add':
        if (isData(tensor)) return this.placeInput(tensor, this.exponents.ofData(tensor) ?? 'unknown');
        return placeSum(
          tensor,
          { terms: tensor.of.map((one) => this.at(one)), ahead: this.ahead.get(tensor) ?? 0 },
          writing,
        );
      case 'scale':
        return this.placeMultiple(tensor);
      case 'view':
        return this.placeView(tensor);
      case 'choice': {
        const chosen = this.sources.way.chosenOf(tensor);
        if (chosen !== null) return this.placeChosen(chosen, tensor);
        return unknownOf(
          tensor.of.map((one) => this.at(one)),
          tensor.shape,
          writing,
        );
      }
      case 'repeat': {
        const [first, second] = tensor.of.map((one) => this.at(one));
        if (first !== undefined && second !== undefined) {
          this.repeats.push([nodeOf(first, writing), nodeOf(second, writing)]);
        }
        return fitted(this.at(tensor.of[1]), tensor.of[1], tensor);
      }
      default:
        return this.placeFunction(tensor);
    }
  }

  private placeChosen(chosen: Tensor, tensor: Choice): Placed {
    const placed = this.at(chosen);
    return this.inputs.has(placed.node)
      ? this.placeInput(tensor, placed.factor)
      : fitted(placed, chosen, tensor);
  }

  /** Data in another shape is data, whatever shape it had: the code says what it is given. */
  private placeView(tensor: View): Placed {
    const operand = this.at(tensor.of);
    if (this.inputs.has(operand.node)) return this.placeInput(tensor, operand.factor);
    return placeView(tensor, operand, this.writing);
  }

  private placeInput({ shape }: Tensor, factor: Factor): Placed {
    const { nodes, speedOf } = this.writing;
    const speeds = speedsOf(shape, speedOf);
    const names = speeds === null ? null : namesFor(speeds, nodes).names;
    const axes = growing(names ?? []);
    const node = nodes.add({ op: 'input', axes }, axes);
    this.inputs.add(node);
    return { node, factor, names };
  }

  private placeWeight(tensor: WeightTensor): Placed {
    const { nodes, speedOf } = this.writing;
    const { factor, ...given } = this.sources.givenOf(tensor);
    const speeds = speedsOf(tensor.shape, speedOf);
    const names = speeds === null ? null : namesFor(speeds, nodes).names;
    const axes = growing(names ?? []);
    const node = nodes.add({ op: 'weight', axes, ...given }, axes);
    this.weights.set(tensor, node);
    // What layers are applied to is looked up in it, as in a table of tokens.
    const isTable = this.features.has(tensor) && axes.length < 2;
    return { node: isTable ? this.lookedUp(node, axes) : node, factor, names };
  }

  private lookedUp(table: string, axes: readonly string[]): string {
    const { nodes } = this.writing;
    const token = nodes.add({ op: 'input', axes: [] }, []);
    return nodes.add({ op: 'contract', of: [token, table], axes }, axes);
  }

  private placeMultiple(tensor: Multiple): Placed {
    const operand = fitted(this.at(tensor.of), tensor.of, tensor);
    const factor = product(operand.factor, this.exponents.ofMultiple(tensor) ?? 'unknown');
    const multiple = { ...operand, factor };
    return isOfNormedWeight(tensor)
      ? { ...multiple, node: nodeOf(multiple, this.writing), factor: 0 }
      : multiple;
  }

  private isOfUnknownSize(data: Tensor): boolean {
    return this.exponents.mayGrow(data) && this.exponents.ofData(data) === null;
  }

  /** What a layer gives is judged with what it is multiplied with, also where that is data. */
  private placeContraction(tensor: Contraction): Placed {
    const product = dataProductIn(tensor);
    const isOpen =
      product !== null &&
      (this.isOfUnknownSize(product.data) || isOfOpenCount(tensor, product, this.sources.growthOf));
    if (isOpen || isGainOfLength(tensor, this.exponents)) {
      const sides = tensor.of.map((one) => this.at(one));
      return unreadOf(sides, { shape: tensor.shape, mayRescale: true }, this.writing);
    }
    const passed = this.exponents.ofProduct(tensor) === null ? null : (product ?? gainedIn(tensor));
    const isOfLayer = passed !== null && isLayerOutput(passed.features, passedBy(this.exponents));
    return placeContraction(
      tensor,
      {
        sides: [this.at(tensor.of[0]), this.at(tensor.of[1])],
        ahead: isOfLayer || isScaledProduct(tensor) ? (this.ahead.get(tensor) ?? 0) : 0,
        layer: isOfLayer ? passed.features : null,
      },
      this.writing,
    );
  }

  /** A function of one tensor, entry by entry or over some of its dimensions. */
  private placeFunction(tensor: Tensor): Placed {
    const { nodes } = this.writing;
    const operands = operandsOf(tensor);
    const [of] = operands;
    if (of === undefined) return unknownOf([], tensor.shape, this.writing);
    const operand = fitted(this.at(of), of, tensor);
    const made = (
      functionOf: (node: string) => Parameters<NodeList['add']>[0],
      ahead: Factor = 0,
    ): Placed => {
      const node = nodeOf({ ...operand, factor: product(operand.factor, ahead) }, this.writing);
      const factor = opposite(ahead);
      return { node: nodes.add(functionOf(node), nodes.axesOfNode(node)), factor, names: operand.names };
    };
    if (tensor.op === 'norm') return made((node) => ({ op: 'norm', of: [node] }));
    if (tensor.op === 'softmax' && this.writing.speedOf(tensor.over) === 0) {
      return made((node) => ({ op: 'softmax', of: [node] }));
    }
    if (tensor.op === 'act' && isGraphActivation(tensor.activation)) {
      const kind = tensor.activation;
      const ahead = passesFactors(tensor) ? (this.ahead.get(tensor) ?? 0) : 0;
      return made((node) => ({ op: 'act', of: [node], kind }), ahead);
    }
    return unreadOf(
      operands.map((one) => this.at(one)),
      {
        shape: tensor.shape,
        mayRescale: rescales(tensor) || operands.some((one) => this.exponents.mayGrow(one)),
      },
      this.writing,
    );
  }
}

/** Whether a step that is not followed may well give another size: a share of the whole, a factor that is not known. */
function rescales(tensor: Tensor): boolean {
  return tensor.op === 'softmax' || (tensor.op === 'unread' && tensor.mayRescale);
}

/** Whether it is a weight that was normalized, whose size no start changes: the factors on it are no other product's. */
function isOfNormedWeight(tensor: Tensor): boolean {
  return parameterIn(tensor) !== null && withoutFactors(tensor).op === 'norm';
}
