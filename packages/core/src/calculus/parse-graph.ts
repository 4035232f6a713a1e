import { LONGEST_NAME, quoted, quotedJson } from '../words/shown-text.ts';
import { GRAPH_ACTIVATIONS } from './activations.ts';
import { checkGraph } from './check-graph.ts';
import { findExponent } from './exponent.ts';
import type { GivenExponent, Graph, GraphActivation, GraphNode, GraphOptimizer, MuonShape } from './graph.ts';

/** Far more operations than any network has that is written down. */
const MOST_NODES = 20_000;

const OPTIMIZERS: readonly GraphOptimizer[] = ['sgd', 'adam', 'muon', 'relative'];
const SHAPES: readonly MuonShape[] = ['jordan', 'spectral', 'moonlight'];

type Operands = 'none' | 'one' | 'two' | 'some' | 'any';

/** What each kind of node has beside `id` and `op`: fields, and how many operands. */
const KINDS: Readonly<
  Record<GraphNode['op'], { readonly fields: readonly string[]; readonly operands: Operands }>
> = {
  input: { fields: ['axes'], operands: 'none' },
  weight: { fields: ['axes', 'init', 'rate', 'optimizer', 'eps', 'shape'], operands: 'none' },
  contract: { fields: ['of', 'axes', 'entrywise'], operands: 'two' },
  add: { fields: ['of', 'axes'], operands: 'some' },
  scale: { fields: ['of', 'exponent'], operands: 'one' },
  act: { fields: ['of', 'kind'], operands: 'one' },
  norm: { fields: ['of'], operands: 'one' },
  softmax: { fields: ['of'], operands: 'one' },
  view: { fields: ['of', 'axes'], operands: 'one' },
  unknown: { fields: ['of', 'axes', 'mayRescale'], operands: 'any' },
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * A graph from JSON.
 *
 *     {axes: {name: speed}, output: id or [id, …], nodes: [{id, op, of?, axes?, …}, …]}
 *
 * An exponent is a finite number, text such as "1/2", or "unknown"; `init` may also be "zero" or "one", `rate` null.
 *
 * @throws RangeError one sentence that names the node and the field
 */
export function parseGraph(json: unknown): Graph {
  const top = requireTable(json, 'a graph', ['axes', 'output', 'nodes']);
  const axes = new Map<string, number>();
  for (const [name, speed] of Object.entries(requireTable(top['axes'], 'axes', null))) {
    axes.set(name, requireNumber(speed, `axes, ${quoted(name, LONGEST_NAME)}`));
  }
  const list = top['nodes'];
  if (!Array.isArray(list)) throw new RangeError(`nodes: expected a list, ${got(list)}`);
  if (list.length > MOST_NODES) {
    throw new RangeError(`nodes: expected at most ${MOST_NODES}, got ${list.length}`);
  }
  const output = top['output'];
  const outputs = requireNames(Array.isArray(output) ? output : [output], 'output');
  const graph: Graph = { axes, nodes: list.map(parseNode), outputs };
  checkGraph(graph);
  return graph;
}

function parseNode(json: unknown, place: number): GraphNode {
  const anyOf = requireTable(json, `nodes[${place}]`, null);
  const { id, op } = anyOf;
  if (typeof id !== 'string') throw new RangeError(`nodes[${place}].id: expected a text, ${got(id)}`);
  const where = `node ${quoted(id, LONGEST_NAME)}`;
  if (typeof op !== 'string' || !Object.hasOwn(KINDS, op)) {
    throw new RangeError(`${where}: op is to be one of ${Object.keys(KINDS).join(', ')}, ${got(op)}`);
  }
  // SAFETY: a key of KINDS.
  const kind = op as GraphNode['op'];
  const fields = requireTable(json, where, ['id', 'op', ...KINDS[kind].fields]);
  return nodeOf(kind, { id, fields, where });
}

interface ParsedNode {
  readonly id: string;
  readonly fields: Fields;
  readonly where: string;
}

function nodeOf(op: GraphNode['op'], { id, fields, where }: ParsedNode): GraphNode {
  const of = parseOperands(op, fields, where);
  const axes = fields['axes'] === undefined ? undefined : requireNames(fields['axes'], `${where}: axes`);
  const own = axes === undefined ? {} : { axes };
  const requiredAxes = () => axes ?? missing(where, 'axes');
  const [x = '', y = ''] = of;
  switch (op) {
    case 'input':
      return { id, op, axes: requiredAxes() };
    case 'weight':
      return { id, op, axes: requiredAxes(), ...parseWeight(fields, where) };
    case 'contract':
      return {
        id,
        op,
        of: [x, y],
        axes: requiredAxes(),
        ...(fields['entrywise'] === true ? { entrywise: true } : {}),
      };
    case 'scale':
      return { id, op, of: [x], exponent: requireExponent(fields['exponent'], `${where}: exponent`) };
    case 'act':
      return {
        id,
        op,
        of: [x],
        kind: requireOneOf(fields['kind'], GRAPH_ACTIVATIONS, `${where}: kind`) as GraphActivation,
      };
    case 'norm':
    case 'softmax':
      return { id, op, of: [x] };
    case 'view':
      return { id, op, of: [x], ...own };
    case 'add':
      return { id, op, of, ...own };
    case 'unknown':
      return { id, op, of, ...own, mayRescale: fields['mayRescale'] === true };
  }
}

function parseOperands(op: GraphNode['op'], fields: Fields, where: string): readonly string[] {
  const { operands } = KINDS[op];
  if (operands === 'none') return [];
  const of = fields['of'];
  const names = of === undefined ? [] : requireNames(typeof of === 'string' ? [of] : of, `${where}: of`);
  const fits =
    operands === 'any' ||
    (operands === 'some' ? names.length > 0 : names.length === { one: 1, two: 2 }[operands]);
  if (operands !== 'any' && !fits) {
    const wanted = { one: 'one node', two: 'two nodes', some: 'at least one node' }[operands];
    throw new RangeError(`${where}: ${op} takes ${wanted}, got ${names.length}`);
  }
  return names;
}

function parseWeight(
  fields: Fields,
  where: string,
): Omit<Extract<GraphNode, { readonly op: 'weight' }>, 'id' | 'op' | 'axes'> {
  const { init, rate, optimizer, eps, shape } = fields;
  return {
    init: init === 'zero' || init === 'one' ? init : requireExponent(init, `${where}: init`),
    rate: rate === null || rate === undefined ? null : requireExponent(rate, `${where}: rate`),
    ...(optimizer === undefined
      ? {}
      : { optimizer: requireOneOf(optimizer, OPTIMIZERS, `${where}: optimizer`) as GraphOptimizer }),
    ...(eps === undefined || eps === null ? {} : { eps: requireNumber(eps, `${where}: eps`) }),
    ...(shape === undefined || shape === null
      ? {}
      : { shape: requireOneOf(shape, SHAPES, `${where}: shape`) as MuonShape }),
  };
}

function requireExponent(value: unknown, field: string): GivenExponent {
  if (value === 'unknown') return value;
  const exponent = exponentOf(value);
  if (exponent === null) {
    throw new RangeError(`${field} is to be a number, a text such as "1/2", or "unknown", ${got(value)}`);
  }
  return exponent;
}

function requireNumber(value: unknown, field: string): number {
  const exponent = exponentOf(value);
  if (exponent === null)
    throw new RangeError(`${field}: expected a number or a text such as "1/2", ${got(value)}`);
  return exponent;
}

function exponentOf(value: unknown): number | null {
  const exponent = typeof value === 'string' ? findExponent(value) : value;
  return typeof exponent === 'number' && Number.isFinite(exponent) ? exponent + 0 : null; // −0 + 0 = 0
}

function requireOneOf(value: unknown, choices: readonly string[], field: string): string {
  const choice = choices.find((one) => one === value);
  if (choice === undefined)
    throw new RangeError(`${field} is to be one of ${choices.join(', ')}, ${got(value)}`);
  return choice;
}

function requireNames(value: unknown, field: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string')) {
    throw new RangeError(`${field}: expected a list of names, ${got(value)}`);
  }
  return value;
}

function requireTable(value: unknown, field: string, known: readonly string[] | null): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${field}: expected a table, ${got(value)}`);
  }
  const stranger = known === null ? undefined : Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined) {
    throw new RangeError(`${field}: expected only ${known?.join(', ')}, got ${quoted(stranger)}`);
  }
  return value as Fields;
}

function missing(where: string, field: string): never {
  throw new RangeError(`${where}: ${field} is missing`);
}

function got(value: unknown): string {
  return value === undefined ? 'got nothing' : `got ${quotedJson(value)}`;
}
