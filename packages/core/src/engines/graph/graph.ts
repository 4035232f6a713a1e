/** What a graph may compute, by the names that ONNX has for it. */
export type Operation =
  | 'Add'
  | 'Div'
  | 'Erf'
  | 'Exp'
  | 'Gemm'
  | 'Greater'
  | 'Mul'
  | 'Relu'
  | 'Sigmoid'
  | 'Softmax'
  | 'Sqrt'
  | 'Sub'
  | 'Tanh'
  | 'Where';

/** Numbers of an operation: whole ones are integers to ONNX, `{ float }` are not. */
export type Attributes = Readonly<Record<string, number | { readonly float: number }>>;

/** An operation on values of a graph. */
export interface GraphNode {
  readonly operation: Operation;
  readonly inputs: readonly string[];
  /** The name of what it makes. */
  readonly output: string;
  readonly attributes: Attributes;
}

/** A tensor of float32 that a graph is given or gives. */
export interface GraphValue {
  readonly name: string;
  /** What it is called inside. */
  readonly value: string;
  readonly shape: readonly number[];
}

/** Operations on tensors of float32, one after the other, for whoever runs them. */
export class Graph {
  readonly inputs: GraphValue[] = [];
  readonly outputs: GraphValue[] = [];
  readonly constants: { readonly name: string; readonly number: number }[] = [];
  /** Each after those whose values it takes. */
  readonly nodes: GraphNode[] = [];
  #count = 0;

  /** @returns its name */
  input(name: string, shape: readonly number[]): string {
    this.inputs.push({ name, value: name, shape });
    return name;
  }

  /** Names a value as an output. */
  output(name: string, value: string, shape: readonly number[]): void {
    this.outputs.push({ name, value, shape });
  }

  /** A number that every entry of another operand meets. */
  constant(number: number): string {
    const name = this.#name();
    this.constants.push({ name, number });
    return name;
  }

  /** @returns the name of what it makes */
  add(operation: Operation, inputs: readonly string[], attributes: Attributes = {}): string {
    const output = this.#name();
    this.nodes.push({ operation, inputs, output, attributes });
    return output;
  }

  #name(): string {
    this.#count++;
    return `v${this.#count}`;
  }
}
