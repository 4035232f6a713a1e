import type { Attributes, Graph } from '../graph/graph.ts';

/**
 * A graph as ONNX serializes it: protocol buffers, written by hand, as there are few fields.
 *
 * @see onnx.proto of ONNX 1.12: ModelProto, GraphProto, NodeProto, AttributeProto, ValueInfoProto
 */
export function serializedModel({ nodes, constants, inputs, outputs }: Graph): Uint8Array {
  const named = outputs.map(({ name, value }) =>
    node({ operation: 'Identity', inputs: [value], output: name, attributes: {} }),
  );
  const graph = joined([
    ...[...nodes.map(node), ...named].map((each) => bytesField(1, each)),
    bytesField(2, text('widthwise')),
    ...constants.map((each) => bytesField(5, scalar(each))),
    ...inputs.map(({ name, shape }) => bytesField(11, valueInfo(name, shape))),
    ...outputs.map(({ name, shape }) => bytesField(12, valueInfo(name, shape))),
  ]);
  const operators = joined([bytesField(1, text('')), wholeField(2, OPERATORS)]);
  return joined([wholeField(1, FORMAT), bytesField(7, graph), bytesField(8, operators)]);
}

/** ir_version and the version of the operators. */
const FORMAT = 8;
const OPERATORS = 17;
const FLOAT = 1;
const INT = 2;

function node({
  operation,
  inputs,
  output,
  attributes,
}: {
  readonly operation: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Attributes;
}): Uint8Array {
  return joined([
    ...inputs.map((each) => bytesField(1, text(each))),
    bytesField(2, text(output)),
    bytesField(4, text(operation)),
    ...Object.entries(attributes).map(([name, value]) => bytesField(5, attribute(name, value))),
  ]);
}

/** dims is empty: a scalar; data_type 1 is float32; raw_data is field 9. */
function scalar({ name, number }: Graph['constants'][number]): Uint8Array {
  return joined([wholeField(2, 1), bytesField(8, text(name)), bytesField(9, float32Bytes(number))]);
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
