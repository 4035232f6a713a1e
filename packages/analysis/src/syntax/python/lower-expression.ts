import type { Node } from '@vscode/tree-sitter-wasm';
import type { Argument, Expression, Parameter, SliceBounds, SubscriptPlace } from '../ast.ts';
import { mangled } from './mangled-names.ts';
import { spanOf } from './placed-spans.ts';
import { BETWEEN, inside, refuseKeyword, refuseOddly } from './refused.ts';
import { refuseArguments, refuseParameters } from './refused-lists.ts';
import { starredWhole } from './starred-items.ts';

/** Deeper than any code that people write; what nests deeper becomes unknown instead of exhausting the stack. */
const MAX_DEPTH = 150;

type Lower = (node: Node, depth: number) => Expression;

/** The children that are Python, without the comments and the `\\` at ends of lines between them. */
export function parts(node: Node): Node[] {
  return node.namedChildren.filter((child): child is Node => child !== null && !BETWEEN.has(child.type));
}

/** Turns a syntax node into an expression; what is not understood becomes `unknown` with its parts. */
export function lowerExpression(node: Node | null, depth = 0): Expression {
  if (node === null) return { kind: 'unknown', span: { start: 0, end: 0 }, parts: [] };
  if (depth > MAX_DEPTH) return { kind: 'unknown', span: spanOf(node), parts: [] };
  refuseOddly(node);
  const lower = LOWERINGS[node.type] ?? lowerUnknown;
  return lower(node, depth + 1);
}

/** Longer names are nobody's, and would be copied into each text about them. */
const MAX_NAME = 255;

function isTooLong({ startIndex, endIndex }: Node): boolean {
  return endIndex - startIndex > MAX_NAME;
}

function field(node: Node, name: string, depth: number): Expression {
  return lowerExpression(node.childForFieldName(name), depth);
}

const lowerUnknown: Lower = (node, depth) => ({
  kind: 'unknown',
  span: spanOf(node),
  parts: parts(node).map((part) => lowerExpression(part, depth)),
});

const lowerYield: Lower = (node, depth) => {
  const lowered = lowerUnknown(node, depth);
  const yields = lowered.kind === 'unknown' ? yieldOf(node) : null;
  return lowered.kind === 'unknown' && yields !== null ? { ...lowered, yields } : lowered;
};

/** `yield value` or `yield from values`; null for `yield` and anything else. */
export function yieldOf(node: Node): 'value' | 'all' | null {
  if (node.type !== 'yield' || parts(node).length !== 1) return null;
  return node.children.some((one) => one?.type === 'from') ? 'all' : 'value';
}

const lowerOnlyPart: Lower = (node, depth) => {
  const [only, ...rest] = parts(node);
  return only !== undefined && rest.length === 0 ? lowerExpression(only, depth) : lowerUnknown(node, depth);
};

const lowerNumber: Lower = (node) => {
  if (isTooLong(node)) return { kind: 'unknown', span: spanOf(node), parts: [] };
  const text = node.text;
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isFinite(value)) return { kind: 'unknown', span: spanOf(node), parts: [] };
  return { kind: 'number', span: spanOf(node), value, text };
};

const lowerText: Lower = (node, depth) => {
  const pieces = parts(node).filter((part) => part.type !== 'string_start' && part.type !== 'string_end');
  const isFormat = /f/i.test(parts(node)[0]?.text ?? '');
  const plain = pieces.every(
    (piece) => piece.type === 'string_content' && !(isFormat && /[{}]/.test(piece.text)),
  );
  return {
    kind: 'text',
    span: spanOf(node),
    value: plain ? pieces.map((piece) => piece.text).join('') : null,
    ...(plain ? {} : { parts: pieces.map((piece) => lowerPiece(piece, depth)) }),
  };
};

/** A part of an f-string. */
function lowerPiece(piece: Node, depth: number): string | Expression | null {
  if (piece.type === 'string_content') return /[{}\\]/.test(piece.text) ? null : piece.text;
  const formatted = parts(piece).some(
    ({ type }) => type === 'format_specifier' || type === 'type_conversion',
  );
  return formatted ? null : field(piece, 'expression', depth);
}

const lowerConcatenation: Lower = (node, depth) => {
  const values = parts(node).map((part) => lowerText(part, depth));
  const texts = values.map((value) => (value.kind === 'text' ? value.value : null));
  return {
    kind: 'text',
    span: spanOf(node),
    value: texts.includes(null) ? null : texts.join(''),
  };
};

const lowerSequence: Lower = (node, depth) => ({
  kind: 'sequence',
  span: spanOf(node),
  items: parts(node).map((part) => starredWhole(lowerExpression(part, depth))),
  ...(TUPLES.has(node.type) ? { tuple: true } : {}),
});

const TUPLES: ReadonlySet<string> = new Set(['tuple', 'expression_list']);

const lowerStarred: Lower = (node, depth) => ({
  kind: 'starred',
  span: spanOf(node),
  value: lowerExpression(parts(node)[0] ?? null, depth),
});

const lowerCall: Lower = (node, depth) => {
  const list = node.childForFieldName('arguments');
  // f(x for x in y) has the generator where the argument list would be
  const args =
    list?.type === 'generator_expression'
      ? [{ name: null, value: lowerExpression(list, depth), spread: false }]
      : lowerArguments(list, depth);
  return { kind: 'call', span: spanOf(node), callee: field(node, 'function', depth), args };
};

export function lowerArguments(list: Node | null, depth = 0): Argument[] {
  if (list === null) return [];
  const nodes = parts(list);
  const args = nodes.map((part) => lowerArgument(part, depth));
  refuseArguments(nodes, args);
  return args;
}

function lowerArgument(node: Node, depth: number): Argument {
  if (node.type === 'keyword_argument') {
    const name = mangled(node.childForFieldName('name')?.text ?? '', node);
    return { name, value: field(node, 'value', depth), spread: false };
  }
  const spread = node.type === 'list_splat' || node.type === 'dictionary_splat';
  const value = lowerExpression(spread ? (parts(node)[0] ?? null) : node, depth);
  return { name: null, value, spread, ...(node.type === 'dictionary_splat' && { byName: true }) };
}

const lowerBinary: Lower = (node, depth) => ({
  kind: 'binary',
  span: spanOf(node),
  operator: node.childForFieldName('operator')?.type ?? '',
  left: field(node, 'left', depth),
  right: field(node, 'right', depth),
});

const lowerUnary: Lower = (node, depth) => ({
  kind: 'unary',
  span: spanOf(node),
  operator: node.type === 'not_operator' ? 'not' : (node.childForFieldName('operator')?.type ?? ''),
  operand: field(node, 'argument', depth),
});

const lowerLogic: Lower = (node, depth) => ({
  kind: 'logic',
  span: spanOf(node),
  operator: node.childForFieldName('operator')?.type === 'and' ? 'and' : 'or',
  left: field(node, 'left', depth),
  right: field(node, 'right', depth),
});

const lowerCompare: Lower = (node, depth) => ({
  kind: 'compare',
  span: spanOf(node),
  operators: node.childrenForFieldName('operators').map((operator) => operator?.type ?? ''),
  operands: parts(node).map((part) => lowerExpression(part, depth)),
});

const lowerConditional: Lower = (node, depth) => {
  const [whenTrue, condition, whenFalse] = parts(node);
  if (whenTrue === undefined || condition === undefined || whenFalse === undefined) {
    return lowerUnknown(node, depth);
  }
  return {
    kind: 'conditional',
    span: spanOf(node),
    condition: lowerExpression(condition, depth),
    whenTrue: lowerExpression(whenTrue, depth),
    whenFalse: lowerExpression(whenFalse, depth),
  };
};

const lowerSubscript: Lower = (node, depth) => {
  const subscripts = node.childrenForFieldName('subscript').filter((one): one is Node => one !== null);
  const [first, ...more] = subscripts.map((one) => lowerPlace(one, depth));
  const only = more.length === 0 ? first : undefined;
  // Each part stands in one place of the tree: a walk over it would take twice as long for each that is within another.
  return {
    kind: 'subscript',
    span: spanOf(node),
    object: field(node, 'value', depth),
    index: only?.kind === 'index' ? only.value : null,
    ...(only?.kind === 'slice' ? { slice: only } : {}),
    places: first === undefined || (only !== undefined && only.kind !== 'rest') ? [] : [first, ...more],
  };
};

function lowerPlace(node: Node, depth: number): SubscriptPlace {
  if (node.type === 'ellipsis') return { kind: 'rest' };
  if (node.type !== 'slice') return { kind: 'index', value: lowerExpression(node, depth) };
  return { kind: 'slice', ...lowerSlice(node, depth) };
}

/** The grammar has no names for the bounds: each stands before, between or behind the colons. */
function lowerSlice(node: Node, depth: number): SliceBounds {
  const bounds: (Expression | null)[] = [null, null, null];
  let place = 0;
  for (const child of node.children) {
    if (child?.type === ':') place++;
    else if (child?.isNamed && !BETWEEN.has(child.type)) {
      bounds[place] = lowerExpression(child, depth);
    }
  }
  const [start = null, stop = null, step = null] = bounds;
  return { start, stop, step };
}

const lowerDict: Lower = (node, depth) => {
  return {
    kind: 'dict',
    span: spanOf(node),
    entries: parts(node).map((part) =>
      part.type === 'pair'
        ? { key: field(part, 'key', depth), value: field(part, 'value', depth) }
        : { key: null, value: lowerExpression(parts(part)[0] ?? null, depth) },
    ),
  };
};

const lowerComprehension: Lower = (node, depth) => {
  const clauses = parts(node).filter((part) => part.type === 'for_in_clause');
  const conditions = parts(node).filter((part) => part.type === 'if_clause');
  const body = node.childForFieldName('body');
  const entry = body?.type === 'pair' ? body : null;
  return {
    kind: 'comprehension',
    span: spanOf(node),
    ...(node.type === 'generator_expression' ? { lazy: true } : {}),
    ...(node.type === 'set_comprehension' ? { set: true } : {}),
    key: entry === null ? null : field(entry, 'key', depth),
    body: entry === null ? lowerExpression(body, depth) : field(entry, 'value', depth),
    clauses: clauses.map((clause) => ({
      target: field(clause, 'left', depth),
      iterable: field(clause, 'right', depth),
    })),
    conditions: conditions.map((condition) => lowerExpression(parts(condition)[0] ?? null, depth)),
  };
};

const lowerLambda: Lower = (node, depth) => ({
  kind: 'lambda',
  span: spanOf(node),
  parameters: lowerParameters(node.childForFieldName('parameters'), depth),
  body: inside(node, 'function', () => field(node, 'body', depth)),
});

/** The parameters of a function or lambda. Markers such as `*` and `/` are left out. */
export function lowerParameters(list: Node | null, depth = 0): Parameter[] {
  if (list === null) return [];
  const nodes = parts(list);
  const lowered = nodes.map((part) => lowerParameter(part, depth));
  refuseParameters(
    nodes,
    lowered.map((one) => one?.name),
  );
  return lowered.flatMap((one) => one ?? []);
}

function lowerParameter(node: Node, depth: number): Parameter | undefined {
  const splat = node.type === 'typed_parameter' ? parts(node)[0] : node;
  const identifier =
    node.childForFieldName('name') ?? (splat?.type === 'identifier' ? splat : parts(node)[0]);
  const name = identifier?.type === 'identifier' ? identifier.text : parts(identifier ?? node)[0]?.text;
  if (name === undefined) return undefined;
  const type = node.childForFieldName('type');
  const fallback = node.childForFieldName('value');
  return {
    name: mangled(name, node),
    span: spanOf(node),
    fallback: fallback === null ? null : lowerExpression(fallback, depth),
    annotation: type === null ? null : lowerExpression(type, depth),
    collects: COLLECTS[splat?.type ?? ''] ?? null,
  };
}

const COLLECTS: Readonly<Record<string, 'positional' | 'named'>> = {
  list_splat_pattern: 'positional',
  dictionary_splat_pattern: 'named',
};

const LOWERINGS: Readonly<Record<string, Lower>> = {
  identifier: (node, depth) => {
    if (isTooLong(node)) return lowerUnknown(node, depth);
    const name = node.text;
    refuseKeyword(name, node);
    return { kind: 'name', span: spanOf(node), name: mangled(name, node) };
  },
  integer: lowerNumber,
  float: lowerNumber,
  string: lowerText,
  concatenated_string: lowerConcatenation,
  true: (node) => ({ kind: 'constant', span: spanOf(node), value: true }),
  false: (node) => ({ kind: 'constant', span: spanOf(node), value: false }),
  none: (node) => ({ kind: 'constant', span: spanOf(node), value: null }),
  attribute: (node, depth) => {
    const attribute = node.childForFieldName('attribute');
    if (attribute !== null && isTooLong(attribute)) return lowerUnknown(node, depth);
    const object = field(node, 'object', depth);
    const name = attribute?.text ?? '';
    refuseKeyword(name, node);
    return { kind: 'attribute', span: spanOf(node), object, attribute: mangled(name, node) };
  },
  call: lowerCall,
  binary_operator: lowerBinary,
  unary_operator: lowerUnary,
  not_operator: lowerUnary,
  boolean_operator: lowerLogic,
  comparison_operator: lowerCompare,
  conditional_expression: lowerConditional,
  subscript: lowerSubscript,
  tuple: lowerSequence,
  list: lowerSequence,
  set: lowerSequence,
  expression_list: lowerSequence,
  pattern_list: lowerSequence,
  tuple_pattern: lowerSequence,
  list_pattern: lowerSequence,
  dictionary: lowerDict,
  list_comprehension: lowerComprehension,
  set_comprehension: lowerComprehension,
  dictionary_comprehension: lowerComprehension,
  generator_expression: lowerComprehension,
  lambda: lowerLambda,
  yield: lowerYield,
  list_splat: lowerStarred,
  list_splat_pattern: lowerStarred,
  parenthesized_expression: lowerOnlyPart,
  type: lowerOnlyPart,
  as_pattern: (node, depth) => lowerExpression(parts(node)[0] ?? null, depth),
  named_expression: (node, depth) => ({
    kind: 'named',
    span: spanOf(node),
    target: field(node, 'name', depth),
    value: field(node, 'value', depth),
  }),
};
