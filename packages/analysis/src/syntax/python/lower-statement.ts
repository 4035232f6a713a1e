import type { Node } from '@vscode/tree-sitter-wasm';
import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  ImportStatement,
  LoopStatement,
  Statement,
} from '../ast.ts';
import { lowerCalledType } from './called-type.ts';
import { lowerArguments, lowerExpression, lowerParameters, parts, yieldOf } from './lower-expression.ts';
import { inClass, mangled } from './mangled-names.ts';
import { spanOf } from './placed-spans.ts';
import { inside, refuseOddly } from './refused.ts';

type Lower = (node: Node, depth: number) => Statement;

/** Blocks nest less deep than this in code that people write; one statement stands for a block below. */
const MAX_DEPTH = 60;

/** Blocks hold fewer statements in code that people write: 560 is the most in 1,571 files with models. */
const MAX_STATEMENTS = 1200;

/** The statements of a block or file, in order, without those that are a text alone: nothing runs in them. */
export function lowerBlock(block: Node | null, depth = 0): Statement[] {
  if (block === null) return [];
  if (depth > MAX_DEPTH || block.namedChildCount > MAX_STATEMENTS) {
    return [{ kind: 'unknown', span: spanOf(block), isBlock: true }];
  }
  return parts(block).flatMap((node) => {
    const statement = lowerStatement(node, depth);
    return isText(statement) ? [] : [statement];
  });
}

function isText(statement: Statement): boolean {
  return statement.kind === 'expression' && statement.value.kind === 'text' && statement.value.value !== null;
}

function lowerStatement(node: Node, depth: number): Statement {
  refuseOddly(node);
  const lower = LOWERINGS[node.type] ?? lowerUnknown;
  return lower(node, depth + 1);
}

const lowerUnknown: Lower = (node) => ({ kind: 'unknown', span: spanOf(node) });

const lowerExpressionStatement: Lower = (node) => {
  const inner = parts(node);
  const [only] = inner;
  if (only === undefined) return lowerUnknown(node, 0);
  if (only.type === 'assignment') return lowerAssignment(only);
  if (only.type === 'augmented_assignment') return lowerAugmented(only);
  return { kind: 'expression', span: spanOf(node), value: lowerExpression(inner.length === 1 ? only : node) };
};

function lowerAssignment(node: Node): Statement {
  refuseOddly(node);
  const targets = [lowerExpression(node.childForFieldName('left'))];
  let value = node.childForFieldName('right');
  while (value?.type === 'assignment') {
    refuseOddly(value);
    targets.push(lowerExpression(value.childForFieldName('left')));
    value = value.childForFieldName('right');
  }
  const type = value === null ? node.childForFieldName('type') : null;
  return {
    kind: 'assign',
    span: spanOf(node),
    targets,
    value: value === null ? null : lowerExpression(value),
    ...(isClassVariable(node) && { isClassVariable: true }),
    ...(type !== null && { annotation: lowerExpression(type) }),
  };
}

function isClassVariable(node: Node): boolean {
  return /^(?:\w+\.)*ClassVar\b/.test(node.childForFieldName('type')?.text ?? '');
}

function lowerAugmented(node: Node): Statement {
  refuseOddly(node);
  return {
    kind: 'augmented',
    span: spanOf(node),
    target: lowerExpression(node.childForFieldName('left')),
    operator: (node.childForFieldName('operator')?.type ?? '').replace(/=$/, ''),
    value: lowerExpression(node.childForFieldName('right')),
  };
}

/** `del` leaves nothing that is known under its names. */
const lowerDelete: Lower = (node) => {
  const targets = parts(node).map((part) => lowerExpression(part));
  const names = targets.flatMap((target) => (target.kind === 'sequence' ? target.items : [target]));
  return { kind: 'assign', span: spanOf(node), targets: names, value: null };
};

const lowerReturn: Lower = (node) => {
  const [value] = parts(node);
  return { kind: 'return', span: spanOf(node), value: value === undefined ? null : lowerExpression(value) };
};

const lowerIf: Lower = (node, depth) => ({
  kind: 'if',
  span: spanOf(node),
  condition: lowerExpression(node.childForFieldName('condition')),
  body: lowerBlock(node.childForFieldName('consequence'), depth),
  otherwise: lowerAlternatives(
    node
      .childrenForFieldName('alternative')
      .filter((alternative): alternative is Node => alternative !== null),
    depth,
  ),
});

/** `elif … elif … else` as nested statements, made from the last one on: there may be more than the stack is deep. */
function lowerAlternatives(clauses: readonly Node[], depth: number): Statement[] {
  return clauses.reduceRight<Statement[]>((otherwise, clause) => {
    if (clause.type === 'else_clause') return lowerBlock(clause.childForFieldName('body'), depth);
    return [
      {
        kind: 'if',
        span: spanOf(clause),
        condition: lowerExpression(clause.childForFieldName('condition')),
        body: lowerBlock(clause.childForFieldName('consequence'), depth),
        otherwise,
      },
    ];
  }, []);
}

/** `match` as an `if` of which nothing is known; only the last case, if it takes everything, is sure to be there. */
const lowerMatch: Lower = (node, depth) => {
  const subject = lowerExpression(node.childForFieldName('subject'));
  const cases = parts(node.childForFieldName('body') ?? node).filter((part) => part.type === 'case_clause');
  const [statement] = lowerCases(cases, subject, depth);
  return statement ?? { kind: 'expression', span: spanOf(node), value: subject };
};

function lowerCases(cases: readonly Node[], subject: Expression, depth: number): Statement[] {
  return cases.reduceRight<Statement[]>((otherwise, clause, index) => {
    const span = spanOf(clause);
    const body = [...lowerCaptures(clause), ...lowerBlock(clause.childForFieldName('consequence'), depth)];
    const isLast = index === cases.length - 1;
    if (isLast && /^case\s+_\s*:/.test(clause.text)) return body;
    return [{ kind: 'if', span, condition: { kind: 'unknown', span, parts: [subject] }, body, otherwise }];
  }, []);
}

/** What a pattern gives names to is not known. */
function lowerCaptures(clause: Node): Statement[] {
  const patterns = parts(clause).filter((part) => part.type === 'case_pattern');
  const names = patterns.flatMap(capturesIn);
  if (names.length === 0) return [];
  const targets = names.map((name) => lowerExpression(name));
  return [{ kind: 'assign', span: spanOf(clause), targets, value: null }];
}

/**
 * The names that a pattern gives, with the first one first. A loop that knows the way it came: asking a node for its
 * parent takes as long as the tree is deep.
 */
function capturesIn(pattern: Node): readonly Node[] {
  const found: Node[] = [];
  const ahead: { readonly node: Node; readonly way: readonly [Node | null, Node | null] }[] = [
    { node: pattern, way: [null, null] },
  ];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const { node, way } = next;
    if (node.type === 'identifier' && isCapture(way)) found.push(node);
    for (const child of parts(node).reverse()) ahead.push({ node: child, way: [node, way[0]] });
  }
  return found;
}

function isCapture([parent, outer]: readonly [Node | null, Node | null]): boolean {
  if (parent?.type === 'dotted_name') return parent.namedChildCount === 1 && outer?.type !== 'class_pattern';
  return parent?.type === 'splat_pattern' || parent?.type === 'as_pattern';
}

const lowerAssert: Lower = (node) => ({
  kind: 'expression',
  span: spanOf(node),
  value: { kind: 'unknown', span: spanOf(node), parts: parts(node).map((part) => lowerExpression(part)) },
});

const lowerFor: Lower = (node, depth): LoopStatement => ({
  kind: 'loop',
  span: spanOf(node),
  target: lowerExpression(node.childForFieldName('left')),
  iterable: lowerExpression(node.childForFieldName('right')),
  condition: null,
  body: inside(node, 'loop', () => lowerBlock(node.childForFieldName('body'), depth)),
  otherwise: lowerElse(node, depth),
});

const lowerWhile: Lower = (node, depth): LoopStatement => ({
  kind: 'loop',
  span: spanOf(node),
  target: null,
  iterable: null,
  condition: lowerExpression(node.childForFieldName('condition')),
  body: inside(node, 'loop', () => lowerBlock(node.childForFieldName('body'), depth)),
  otherwise: lowerElse(node, depth),
});

/** The `else` of a loop. */
function lowerElse(node: Node, depth: number): Statement[] {
  const clause = node.childForFieldName('alternative');
  return clause === null ? [] : lowerBlock(clause.childForFieldName('body'), depth);
}

const lowerWith: Lower = (node, depth) => {
  const clause = parts(node).find((part) => part.type === 'with_clause');
  const items =
    clause === undefined ? [] : parts(clause).map((item) => item.childForFieldName('value') ?? item);
  return {
    kind: 'block',
    span: spanOf(node),
    items: items.map((item) => lowerExpression(item)),
    targets: items.map((item) => {
      const [, target] = item.type === 'as_pattern' ? parts(item) : [];
      return target === undefined ? null : lowerExpression(parts(target)[0] ?? target);
    }),
    body: lowerBlock(node.childForFieldName('body'), depth),
  };
};

const lowerTry: Lower = (node, depth) => {
  const clauses = parts(node);
  const blockOf = (clause: Node) =>
    lowerBlock(parts(clause).findLast((part) => part.type === 'block') ?? null, depth);
  const blocksOf = (type: string) => clauses.filter((clause) => clause.type.startsWith(type)).map(blockOf);
  return {
    kind: 'try',
    span: spanOf(node),
    body: lowerBlock(node.childForFieldName('body'), depth),
    handlers: blocksOf('except'),
    otherwise: blocksOf('else').flat(),
    after: blocksOf('finally').flat(),
  };
};

const lowerFunction: Lower = (node, depth): FunctionStatement => ({
  kind: 'function',
  span: spanOf(node),
  name: mangled(node.childForFieldName('name')?.text ?? '', node),
  parameters: lowerParameters(node.childForFieldName('parameters')),
  body: inside(node, node.firstChild?.type === 'async' ? 'async function' : 'function', () =>
    lowerBlock(node.childForFieldName('body'), depth),
  ),
  decorators: [],
  yields: howYields(node),
});

/** How a function yields itself, and not only one inside it. */
function howYields(definition: Node): FunctionStatement['yields'] {
  if (!definition.text.includes('yield')) return false;
  const body = definition.childForFieldName('body');
  const all = yieldsIn(body);
  if (all === 0) return false;
  const inOrder = plainYields(body);
  const inRounds = partsOf(body)
    .filter(isFor)
    .map((loop) => plainYields(loop.childForFieldName('body')));
  if (inOrder === all) return 'in-order';
  return inRounds.reduce((sum, count) => sum + count, inOrder) === all ? 'in-rounds' : 'somehow';
}

/** How often a function yields; a loop, as code may nest deeper than the stack. */
function yieldsIn(body: Node | null): number {
  let count = 0;
  const ahead = [body];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (node?.type === 'yield') count += 1;
    if (node !== null && !OWN_FRAME.has(node.type)) ahead.push(...node.namedChildren);
  }
  return count;
}

/** How many statements of a block are `yield value` or `yield from values`. */
function plainYields(body: Node | null): number {
  return partsOf(body).filter((one) => {
    const only = one.type === 'expression_statement' ? one.namedChildren[0] : null;
    return only != null && yieldOf(only) !== null;
  }).length;
}

function isFor({ type }: Node): boolean {
  return type === 'for_statement';
}

function partsOf(body: Node | null): readonly Node[] {
  return body === null ? [] : parts(body);
}

const OWN_FRAME: ReadonlySet<string> = new Set(['function_definition', 'lambda']);

const lowerClass: Lower = (node, depth): ClassStatement => {
  const name = node.childForFieldName('name');
  return {
    kind: 'class',
    span: spanOf(node),
    name: mangled(name?.text ?? '', node),
    nameSpan: spanOf(name ?? node),
    bases: lowerArguments(node.childForFieldName('superclasses')),
    body: inside(node, 'class', () =>
      inClass(node, name?.text ?? '', () => lowerBlock(node.childForFieldName('body'), depth)),
    ),
    decorators: [],
    broken: node.hasError,
  };
};

const lowerDecorated: Lower = (node, depth) => {
  const definition = node.childForFieldName('definition');
  if (definition === null) return lowerUnknown(node, depth);
  const decorators = parts(node)
    .filter((part) => part.type === 'decorator')
    .map((part) => lowerExpression(parts(part)[0] ?? null));
  const statement = lowerStatement(definition, depth - 1);
  const decorable = statement.kind === 'function' || statement.kind === 'class';
  return decorable ? { ...statement, decorators } : statement;
};

const lowerImport: Lower = (node): ImportStatement => ({
  kind: 'import',
  span: spanOf(node),
  bindings: parts(node).flatMap((part) => {
    if (part.type !== 'aliased_import') {
      // import a.b binds a
      const local = part.text.split('.')[0] ?? part.text;
      return [{ local, qualified: local }];
    }
    const alias = part.childForFieldName('alias');
    const name = part.childForFieldName('name');
    return alias === null || name === null ? [] : [{ local: alias.text, qualified: name.text }];
  }),
});

const lowerImportFrom: Lower = (node): ImportStatement => {
  const from = node.childForFieldName('module_name')?.text ?? '';
  const names = node.childrenForFieldName('name').filter((name): name is Node => name !== null);
  if (parts(node).some(({ type }) => type === 'wildcard_import')) {
    return { kind: 'import', span: spanOf(node), bindings: [{ local: '*', qualified: from }] };
  }
  // from . import a takes a from the package itself
  const prefix = from.endsWith('.') ? from : `${from}.`;
  return {
    kind: 'import',
    span: spanOf(node),
    bindings: names.map((part) => {
      const name = part.type === 'aliased_import' ? (part.childForFieldName('name')?.text ?? '') : part.text;
      const local = part.childForFieldName('alias')?.text ?? name;
      return { local, qualified: `${prefix}${name}` };
    }),
  };
};

const lowerLeave =
  (how: 'raise' | 'break' | 'continue'): Lower =>
  (node) => ({ kind: 'leave', span: spanOf(node), how });

const LOWERINGS: Readonly<Record<string, Lower>> = {
  expression_statement: lowerExpressionStatement,
  type_alias_statement: (node, depth) => lowerCalledType(node) ?? lowerUnknown(node, depth),
  delete_statement: lowerDelete,
  return_statement: lowerReturn,
  if_statement: lowerIf,
  match_statement: lowerMatch,
  assert_statement: lowerAssert,
  for_statement: lowerFor,
  while_statement: lowerWhile,
  with_statement: lowerWith,
  try_statement: lowerTry,
  function_definition: lowerFunction,
  class_definition: lowerClass,
  decorated_definition: lowerDecorated,
  import_statement: lowerImport,
  import_from_statement: lowerImportFrom,
  raise_statement: lowerLeave('raise'),
  break_statement: lowerLeave('break'),
  continue_statement: lowerLeave('continue'),
};
