/**
 * A graph of operations as ONNX serializes it: protocol buffers, written by hand, as there are few fields.
 *
 * @see onnx.proto of ONNX 1.12: ModelProto, GraphProto, NodeProto, AttributeProto, ValueInfoProto
 */
export class OnnxGraph {
  readonly #nodes: Uint8Array[] = [];
  readonly #inputs: Uint8Array[] = [];
  readonly #outputs: Uint8Array[] = [];
  readonly #constants: Uint8Array[] = [];
  #count = 0;

  /** An input of float32. @returns its name */
  input(name: string, shape: readonly number[]): string {
    this.#inputs.push(valueInfo(name, shape));
    return name;
  }

  /** Names a value as an output of float32. */
  output(name: string, value: string, shape: readonly number[]): void {
    this.#nodes.push(node('Identity', { inputs: [value], output: name }));
    this.#outputs.push(valueInfo(name, shape));
  }

  /** A number that every entry of another operand meets. */
  constant(value: number): string {
    const name = this.#name();
    // dims is empty: a scalar; data_type 1 is float32; raw_data is field 9.
    this.#constants.push(
      joined([wholeField(2, 1), bytesField(8, text(name)), bytesField(9, float32Bytes(value))]),
    );
    return name;
  }

  /** @returns the name of what it makes */
  add(operation: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const output = this.#name();
    this.#nodes.push(node(operation, { inputs, output, attributes }));
    return output;
  }

  serialized(): Uint8Array {
    const graph = joined([
      ...this.#nodes.map((each) => bytesField(1, each)),
      bytesField(2, text('widthwise')),
      ...this.#constants.map((each) => bytesField(5, each)),
      ...this.#inputs.map((each) => bytesField(11, each)),
      ...this.#outputs.map((each) => bytesField(12, each)),
    ]);
    const operators = joined([bytesField(1, text('')), wholeField(2, OPERATORS)]);
    return joined([wholeField(1, FORMAT), bytesField(7, graph), bytesField(8, operators)]);
  }

  #name(): string {
    this.#count++;
    return `v${this.#count}`;
  }
}

/** Numbers of an operation: whole ones are integers to ONNX, `{ float }` are not. */
type Attributes = Readonly<Record<string, number | { readonly float: number }>>;

/** ir_version and the version of the operators. */
const FORMAT = 8;
const OPERATORS = 17;
const FLOAT = 1;
const INT = 2;

function node(
  operation: string,
  {
    inputs,
    output,
    attributes = {},
  }: { readonly inputs: readonly string[]; readonly output: string; readonly attributes?: Attributes },
): Uint8Array {
  return joined([
    ...inputs.map((each) => bytesField(1, text(each))),
    bytesField(2, text(output)),
    bytesField(4, text(operation)),
    ...Object.entries(attributes).map(([name, value]) => bytesField(5, attribute(name, value))),
  ]);
}

function attribute(name: string, value: Attributes[string]): Uint8Array {
  return typeof value === 'number'
    ? joined([bytesField(1, text(name)), wholeField(3, value), wholeField(20, INT)])
    : joined([
        bytesField(1, text(name)),
        joined([varint((2 << 3) | 5), float32Bytes(value.float)]),
        wholeField(20, FLOAT),
      ]);
}

function valueInfo(name: string, shape: readonly number[]): Uint8Array {
  const dimensions = joined(shape.map((length) => bytesField(1, wholeField(1, length))));
  const tensor = joined([wholeField(1, 1), bytesField(2, dimensions)]);
  return joined([bytesField(1, text(name)), bytesField(2, bytesField(1, tensor))]);
}

function bytesField(field: number, bytes: Uint8Array): Uint8Array {
  return joined([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

function wholeField(field: number, value: number): Uint8Array {
  return joined([varint(field << 3), varint(value)]);
}

function float32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return bytes;
}

/** Of a whole number ≥ 0. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.of(...bytes, rest);
}

/** Of the names here, which are of ASCII. */
function text(characters: string): Uint8Array {
  return Uint8Array.from(characters, (each) => each.charCodeAt(0));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
