import type { Node, Tree } from '@vscode/tree-sitter-wasm';

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

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

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

const LISTED: ReadonlySet<string> = new Set(['expression_list']);
const STARRED: ReadonlySet<string> = new Set(['list_splat']);
const UNEQUAL: ReadonlySet<string> = new Set(['<>']);

const IS_REFUSED: Readonly<Record<string, IsRefused>> = {
  // `print >> file, x` is an expression, too.
  print_statement: (node) => node.namedChildren[0]?.type !== 'chevron',
  exec_statement: () => true,
  return_statement: (node, around) => isOutsideFunction(node, around) || has(node, NO_STATEMENT),
  yield: isOutsideFunction,
  await: (_, around) => frameOf(around) === 'function' || frameOf(around) === 'class',
  break_statement: isOutsideLoop,
  continue_statement: isOutsideLoop,
  nonlocal_statement: (_, around) => frameOf(around) === 'module',
  expression_statement: (node) => node.childCount === 1 && has(node, NO_STATEMENT),
  assignment: isAssignmentRefused,
  augmented_assignment: isAugmentedRefused,
  delete_statement: (node) => has(node, VALUES),
  raise_statement: (node) => has(node, LISTED),
  import_statement: ({ lastChild }) => lastChild?.type === ',',
  import_from_statement: isImportRefused,
  parenthesized_expression: (node) => has(node, STARRED),
  comparison_operator: (node) => has(node, UNEQUAL),
};
