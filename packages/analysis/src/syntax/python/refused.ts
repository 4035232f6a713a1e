import type { Node, Tree } from '@vscode/tree-sitter-wasm';
import { KEYWORDS } from '../keywords.ts';
import { areTextsRefused, isNumberRefused, isTextRefused } from './refused-literals.ts';
import { lateDeclarations } from './refused-names.ts';

/** What may stand between any two parts of code and is none. */
export const BETWEEN: ReadonlySet<string> = new Set(['comment', 'line_continuation']);

/** What a statement stands in. */
export type Around = 'module' | 'function' | 'async function' | 'class' | 'loop';

interface Refusals {
  readonly places: number[];
  /** What is being lowered stands in these, the innermost last. */
  readonly around: Around[];
}

const REFUSALS = new WeakMap<Tree, Refusals>();

/** Answers the list of the places that Python turns out to refuse in a tree, though the grammar takes them. */
export function refusalsOf(tree: Tree): readonly number[] {
  const places: number[] = [];
  REFUSALS.set(tree, { places, around: ['module'] });
  return places;
}

/** Notes that Python refuses what stands here. */
export function refuse({ tree, startIndex }: Node): void {
  REFUSALS.get(tree)?.places.push(startIndex);
}

/** Lowers what stands in a function, class or loop. */
export function inside<Lowered>({ tree }: Node, what: Around, lower: () => Lowered): Lowered {
  const around = REFUSALS.get(tree)?.around;
  around?.push(what);
  const lowered = lower();
  around?.pop();
  return lowered;
}

/** Notes a node that Python refuses for its kind: where it stands, or what it has. */
export function refuseOddly(node: Node): void {
  if (IS_REFUSED[node.type]?.(node, REFUSALS.get(node.tree)?.around ?? []) === true) refuse(node);
}

/** Names that nothing has in Python: the grammar takes a keyword for a name where it expects one. */
export function refuseKeyword(name: string, node: Node): void {
  if (KEYWORDS.has(name)) refuse(node);
}

type IsRefused = (node: Node, around: readonly Around[]) => boolean;

/** The function, class or module that code stands in. */
function frameOf(around: readonly Around[]): Around | undefined {
  return around.findLast((one) => one !== 'loop');
}

const isOutsideFunction: IsRefused = (_, around) => !frameOf(around)?.endsWith('function');
const isOutsideLoop: IsRefused = (_, around) => around.at(-1) !== 'loop';

function has(node: Node | null, types: ReadonlySet<string>): boolean {
  return node?.children.some((child) => child !== null && types.has(child.type)) === true;
}

/** What stands only in brackets, or only beside others. */
const NO_STATEMENT: ReadonlySet<string> = new Set(['named_expression', 'as_pattern', 'list_splat']);
const NO_VALUE: ReadonlySet<string> = new Set([...NO_STATEMENT, 'augmented_assignment']);
const NO_ADDEND: ReadonlySet<string> = new Set([...NO_VALUE, 'assignment']);

function isSeveral(target: Node | null): boolean {
  if (target?.type === 'tuple_pattern') return has(target, COMMA);
  return target?.type === 'pattern_list' || target?.type === 'list_pattern';
}

const COMMA: ReadonlySet<string> = new Set([',']);

function isStarredBadly(target: Node | null): boolean {
  if (target?.type === 'list_splat_pattern') return true;
  const stars = isSeveral(target) ? target?.namedChildren : [];
  return (stars ?? []).filter((one) => one?.type === 'list_splat_pattern').length > 1;
}

const isAssignmentRefused: IsRefused = (node) => {
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const isAnnotated = node.childForFieldName('type') !== null;
  const isChained = right?.type === 'assignment';
  return (
    isStarredBadly(left) ||
    (right !== null && NO_VALUE.has(right.type)) ||
    (isAnnotated && (isSeveral(left) || isChained)) ||
    (isChained && right.childForFieldName('type') !== null)
  );
};

const isAugmentedRefused: IsRefused = (node) => {
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  return (
    isSeveral(left) || left?.type === 'list_splat_pattern' || (right !== null && NO_ADDEND.has(right.type))
  );
};

/** Values, which have no name to be deleted. */
const VALUES: ReadonlySet<string> = new Set([
  ...['call', 'integer', 'float', 'string', 'none', 'true', 'false', 'binary_operator', 'unary_operator'],
  ...['boolean_operator', 'not_operator', 'comparison_operator', 'lambda', 'conditional_expression'],
]);

const isImportRefused: IsRefused = (node, around) => {
  const names = node.childrenForFieldName('name').map((one) => one?.childForFieldName('name') ?? one);
  const isDotted = names.some((one) => (one?.namedChildCount ?? 0) > 1);
  const isOfAll = node.namedChildren.some((one) => one?.type === 'wildcard_import');
  return node.lastChild?.type === ',' || isDotted || (isOfAll && frameOf(around) !== 'module');
};

/** Whether something that is deleted has no name, or is starred or parted by one that has none. */
function isDeletedBadly(node: Node): boolean {
  if (DELETED_TOGETHER.has(node.type))
    return node.namedChildren.some((one) => one !== null && isDeletedBadly(one));
  return VALUES.has(node.type) || NO_TARGET.has(node.type);
}

const DELETED_TOGETHER: ReadonlySet<string> = new Set([
  ...['delete_statement', 'expression_list', 'tuple', 'list', 'parenthesized_expression'],
]);
const NO_TARGET: ReadonlySet<string> = new Set(['list_splat', 'named_expression']);

/** What awaits stands in a function that is awaited itself, or in a notebook. */
const isAsyncOutside: IsRefused = (node, around) => {
  const frame = frameOf(around);
  return node.firstChild?.type === 'async' && (frame === 'function' || frame === 'class');
};

const isForRefused: IsRefused = (node, around) =>
  isAsyncOutside(node, around) ||
  node.childForFieldName('left')?.type === 'list_splat_pattern' ||
  isNamed(node, 'right');

function isNamed(node: Node, field: string): boolean {
  return node.childForFieldName(field)?.type === 'named_expression';
}

/** One without a handler, or with one for all before another. */
const isTryRefused: IsRefused = (node) => {
  const clauses = node.namedChildren.filter((one) => /^(?:except|finally)_/.test(one?.type ?? ''));
  const handlers = clauses.filter((one) => one?.type === 'except_clause');
  const forAll = handlers.findIndex((one) => one?.child(1)?.type === ':');
  return clauses.length === 0 || (forAll >= 0 && forAll < handlers.length - 1);
};

/** A comprehension over what it assigns itself, over several things without brackets, or that awaits where nothing does. */
const isComprehensionRefused: IsRefused = (node, around) =>
  node.namedChildren.some(
    (clause) =>
      clause?.type === 'for_in_clause' &&
      (has(clause, COMMA) ||
        clause.childForFieldName('left')?.type === 'list_splat_pattern' ||
        assigns(clause.childForFieldName('right')) ||
        (node.type !== 'generator_expression' && isAsyncOutside(clause, around))),
  ) || node.childForFieldName('body')?.type === 'list_splat';

function assigns(part: Node | null): boolean {
  if (part === null || !part.text.includes(':=')) return false;
  const ahead = [part];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (node.type === 'named_expression') return true;
    for (const child of node.namedChildren) if (child !== null) ahead.push(child);
  }
  return false;
}

const FEATURES: ReadonlySet<string> = new Set(
  'nested_scopes generators division absolute_import with_statement print_function unicode_literals barry_as_FLUFL generator_stop annotations'.split(
    ' ',
  ),
);

const isFutureRefused: IsRefused = (node, around) =>
  around.length > 1 ||
  node
    .childrenForFieldName('name')
    .some((one) => !FEATURES.has((one?.childForFieldName('name') ?? one)?.text ?? ''));

/** Whether a generator runs it, which is awaited by whoever goes through it: all but what it goes through first. */
function isInGenerator(node: Node): boolean {
  for (let [inner, outer] = [node, node.parent]; outer !== null; [inner, outer] = [outer, outer.parent]) {
    if (OWN_FRAME.has(outer.type)) return false;
    if (outer.type !== 'generator_expression') continue;
    const first = outer.namedChildren.find((one) => one?.type === 'for_in_clause');
    if (first?.id !== inner.id) return true;
  }
  return false;
}

const OWN_FRAME: ReadonlySet<string> = new Set(['function_definition', 'class_definition', 'lambda']);

/** The one name that a class has for its methods without one of its own in sight. */
const OF_CLASS = '__class__';

/** One that nothing around could have. */
const isNonlocalRefused: IsRefused = (node, around) =>
  !(around.includes('class') && node.namedChildren.every((one) => one?.text === OF_CLASS)) &&
  isNonlocalOfNone(around);

const isNonlocalOfNone = (around: readonly Around[]): boolean =>
  frameOf(around) === 'module' ||
  around.filter((one) => one.endsWith('function')).length < (frameOf(around) === 'class' ? 1 : 2);

const LISTED: ReadonlySet<string> = new Set(['expression_list']);
const STARRED: ReadonlySet<string> = new Set(['list_splat']);
const FROM: ReadonlySet<string> = new Set(['from']);
const NAMES: ReadonlySet<string> = new Set(['named_expression']);
const UNEQUAL: ReadonlySet<string> = new Set(['<>']);

const IS_REFUSED: Readonly<Record<string, IsRefused>> = {
  // `print >> file, x` is an expression, too.
  print_statement: (node) => node.namedChildren[0]?.type !== 'chevron',
  exec_statement: () => true,
  return_statement: (node, around) => isOutsideFunction(node, around) || has(node, NO_STATEMENT),
  yield: (node, around) =>
    isOutsideFunction(node, around) || (frameOf(around) === 'async function' && has(node, FROM)),
  await: (node, around) =>
    (frameOf(around) === 'function' || frameOf(around) === 'class') && !isInGenerator(node),
  break_statement: isOutsideLoop,
  continue_statement: isOutsideLoop,
  nonlocal_statement: isNonlocalRefused,
  expression_statement: (node) => node.childCount === 1 && has(node, NO_STATEMENT),
  assignment: isAssignmentRefused,
  augmented_assignment: isAugmentedRefused,
  delete_statement: isDeletedBadly,
  raise_statement: (node) => has(node, LISTED),
  import_statement: ({ lastChild }) => lastChild?.type === ',',
  import_from_statement: isImportRefused,
  parenthesized_expression: (node) => has(node, STARRED),
  comparison_operator: (node) => has(node, UNEQUAL),
  integer: isNumberRefused,
  string: isTextRefused,
  concatenated_string: areTextsRefused,
  try_statement: isTryRefused,
  with_statement: isAsyncOutside,
  for_statement: isForRefused,
  list_comprehension: isComprehensionRefused,
  set_comprehension: isComprehensionRefused,
  dictionary_comprehension: isComprehensionRefused,
  generator_expression: isComprehensionRefused,
  future_import_statement: isFutureRefused,
  lambda: (node) => isNamed(node, 'body'),
  assert_statement: (node) =>
    has(node, NAMES) || node.namedChildren.filter((one) => !BETWEEN.has(one?.type ?? '')).length > 2,
  function_definition: (node) => {
    for (const late of lateDeclarations(node)) refuse(late);
    return false;
  },
};
