import type { Attributes, Graph, GraphNode } from '../graph/graph.ts';
import type { GraphRuntime, GraphTensor, LoadedGraph } from '../graph/graph-runtime.ts';
import type { TensorLibrary, TfTensor } from './tensor-library.ts';

/** Graphs that TensorFlow.js runs operation by operation; what an update changes stays where TensorFlow has it. */
export function tfjsGraphs(library: TensorLibrary): GraphRuntime {
  const own = (tensor: GraphTensor): PlacedTensor => {
    if (tensor instanceof PlacedTensor) return tensor;
    throw new TypeError('tfjsGraphs: expected a tensor that it has made, got another');
  };
  return {
    load: (graph) => loaded(graph, library, own),
    tensor: (data, shape) => new PlacedTensor(library, data, shape),
    release: (tensor) => own(tensor).release(),
  };
}

/** A tensor that lies here or where TensorFlow has it, and moves when the other side asks. */
class PlacedTensor implements GraphTensor {
  readonly #library: TensorLibrary;
  readonly #shape: readonly number[];
  readonly #here: Float32Array;
  /** Undefined while the entries here are what counts. */
  #there: TfTensor | undefined;

  constructor(library: TensorLibrary, data: Float32Array, shape: readonly number[]) {
    this.#library = library;
    this.#here = data;
    this.#shape = shape;
  }

  get data(): Float32Array {
    if (this.#there !== undefined) this.#here.set(this.#there.dataSync());
    this.release();
    return this.#here;
  }

  there(): TfTensor {
    // A backend may read what it is given later: it gets a copy.
    this.#there ??= this.#library.keep(this.#library.tensor(this.#here.slice(), this.#shape, 'float32'));
    return this.#there;
  }

  put(tensor: TfTensor): void {
    this.release();
    this.#there = tensor;
  }

  release(): void {
    this.#there?.dispose();
    this.#there = undefined;
  }
}

function loaded(
  graph: Graph,
  library: TensorLibrary,
  own: (tensor: GraphTensor) => PlacedTensor,
): LoadedGraph {
  const constants = graph.constants.map(
    ({ name, number }) => [name, library.keep(library.scalar(number, 'float32'))] as const,
  );
  return {
    run(inputs, outputs) {
      library.tidy(() => {
        const values = new Map<string, TfTensor>(constants);
        for (const { name } of graph.inputs) values.set(name, own(inputs[name]).there());
        for (const node of graph.nodes) values.set(node.output, computed(node, values, library));
        for (const { name, value } of graph.outputs) {
          own(outputs[name]).put(library.keep(valueIn(values, value)));
        }
      });
    },
    dispose() {
      for (const [, each] of constants) each.dispose();
    },
  };
}

function valueIn(values: ReadonlyMap<string, TfTensor>, name: string): TfTensor {
  const value = values.get(name);
  if (value !== undefined) return value;
  throw new RangeError(`tfjsGraphs: expected a value before it is used, got none of ${name}`);
}

function computed(
  { operation, inputs, attributes }: GraphNode,
  values: ReadonlyMap<string, TfTensor>,
  library: TensorLibrary,
): TfTensor {
  const [a, b, c] = inputs.map((name) => valueIn(values, name));
  switch (operation) {
    case 'Add':
      return library.add(a, b);
    case 'Div':
      return library.div(a, b);
    case 'Erf':
      return library.erf(a);
    case 'Exp':
      return library.exp(a);
    case 'Gemm':
      return product({ a, b, c }, attributes, library);
    case 'Greater':
      return library.greater(a, b);
    case 'Mul':
      return library.mul(a, b);
    case 'Relu':
      return library.relu(a);
    case 'Sigmoid':
      return library.sigmoid(a);
    case 'Softmax':
      return library.softmax(a, numberIn(attributes, 'axis', -1));
    case 'Sqrt':
      return library.sqrt(a);
    case 'Sub':
      return library.sub(a, b);
    case 'Tanh':
      return library.tanh(a);
    case 'Where':
      return library.where(a, b, c);
  }
}

/** α·A·B + β·C, the factor on A, which is the smaller: errors and features, beside weights. */
function product(
  { a, b, c }: { readonly a: TfTensor; readonly b: TfTensor; readonly c: TfTensor | undefined },
  attributes: Attributes,
  library: TensorLibrary,
): TfTensor {
  const times = (tensor: TfTensor, factor: number): TfTensor =>
    factor === 1 ? tensor : library.mul(tensor, library.scalar(factor, 'float32'));
  const scaled = times(a, numberIn(attributes, 'alpha', 1));
  const transposed = (name: string): boolean => numberIn(attributes, name, 0) === 1;
  const made = library.matMul(scaled, b, transposed('transA'), transposed('transB'));
  return c === undefined ? made : library.add(made, times(c, numberIn(attributes, 'beta', 1)));
}

function numberIn(attributes: Attributes, name: string, otherwise: number): number {
  const value = attributes[name] ?? otherwise;
  return typeof value === 'number' ? value : value.float;
}
