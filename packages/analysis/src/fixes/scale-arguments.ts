import type {
  Argument,
  CallExpression,
  Expression,
  ImportStatement,
  PythonModule,
  Statement,
} from '../syntax/ast.ts';
import { everyBlock, statementsIn } from '../syntax/statements-in.ts';
import { chainText } from './nodes.ts';

/** What of an initializer's call decides how large the values are. */
export type ScaleArguments =
  | { readonly kind: 'given'; readonly values: readonly Expression[] }
  /** It goes by its default, 1: where another argument may be written, and its name. */
  | { readonly kind: 'default'; readonly behind: Expression; readonly name: string };

/** The names of arguments that are all multiplied where the values are, and their places behind the tensor. */
const SCALES: ReadonlyMap<string, readonly (readonly [name: string, place: number])[]> = new Map([
  ['normal_', [['std', 1]]],
  ['trunc_normal_', [['std', 1]]],
  ['sparse_', [['std', 1]]],
  [
    'uniform_',
    [
      ['a', 0],
      ['b', 1],
    ],
  ],
  ['xavier_uniform_', [['gain', 0]]],
  ['xavier_normal_', [['gain', 0]]],
  ['orthogonal_', [['gain', 0]]],
]);

/** Where a truncated distribution is cut off. */
const BOUNDS: readonly (readonly [name: string, place: number])[] = [
  ['a', 2],
  ['b', 3],
];

/** Where PyTorch cuts off on either side unless it is told otherwise, and from which standard deviation on that tells. */
const DEFAULT_BOUND = 2;
const LEAST_CUT = 0.5;

/** As the methods of tensors call the ends of `uniform_`. */
const METHOD_NAMES: Readonly<Record<string, string>> = { a: 'from', b: 'to' };

/**
 * Finds them by the initializer's own name; undefined for one that has none, where arguments are spread, or where bounds
 * that are not written cut the values off.
 */
export function scaleArguments(
  { callee, args }: CallExpression,
  module: PythonModule,
): ScaleArguments | undefined {
  const { name: initializer, isMethod } = initializerOf(callee, module);
  const scales = SCALES.get(initializer);
  if (scales === undefined || args.some(({ spread }) => spread)) return undefined;
  const first = isMethod ? 0 : 1;
  const values = scales.map(([name, place]) => argumentAt(args, name, first + place));
  const given = values.filter((value) => value !== undefined);
  if (initializer === 'trunc_normal_') return truncated(given, args);
  if (given.length === scales.length) return { kind: 'given', values: given };
  const [[name] = ['']] = scales;
  const behind = args.at(-1)?.value;
  return scales.length === 1 && behind !== undefined ? { kind: 'default', behind, name } : undefined;
}

/** A standard deviation with the bounds that cut it off: where these stay, the values are not as large as it says. */
function truncated([std]: readonly Expression[], args: readonly Argument[]): ScaleArguments | undefined {
  if (std === undefined) return undefined;
  const isWide = std.kind === 'number' && std.value >= LEAST_CUT;
  const bounds = BOUNDS.map(([name, place]) => argumentAt(args, name, 1 + place));
  if (isWide && bounds.includes(undefined)) return undefined;
  const cutting = bounds.filter((one) => one !== undefined).filter((one) => isWide || !isDefaultBound(one));
  return { kind: 'given', values: [std, ...cutting] };
}

function isDefaultBound(bound: Expression): boolean {
  const size = bound.kind === 'unary' && bound.operator === '-' ? bound.operand : bound;
  return size.kind === 'number' && size.value === DEFAULT_BOUND;
}

/** The tensor that an initializer sets. */
export function initialized({ callee, args }: CallExpression, module: PythonModule): Expression | undefined {
  if (callee.kind === 'attribute' && initializerOf(callee, module).isMethod) return callee.object;
  return args.find((one) => one.name === 'tensor')?.value ?? args.find((one) => one.name === null)?.value;
}

function argumentAt(args: readonly Argument[], name: string, place: number): Expression | undefined {
  const positional = args.filter((one) => one.name === null);
  const named = args.find((one) => one.name === name || one.name === METHOD_NAMES[name]);
  return (named ?? positional[place])?.value;
}

/** What a callee is called where it comes from, and whether it is a method of a tensor. */
function initializerOf(
  callee: Expression,
  module: PythonModule,
): { readonly name: string; readonly isMethod: boolean } {
  const [root = '', ...rest] = chainText(callee)?.split('.') ?? [];
  const imported = importsIn(module).find(({ local }) => local.split('.')[0] === root);
  const name = rest.at(-1) ?? imported?.qualified.split('.').at(-1) ?? root;
  return {
    name: callee.kind === 'attribute' ? callee.attribute : name,
    isMethod: callee.kind === 'attribute' && imported === undefined,
  };
}

type Binding = ImportStatement['bindings'][number];

const IMPORTS = new WeakMap<Statement, readonly Binding[]>();

/** What a module imports, wherever in it. */
function importsIn({ body }: PythonModule): readonly Binding[] {
  return body.flatMap(importsOf);
}

/** What a statement imports; looked for once. */
function importsOf(statement: Statement): readonly Binding[] {
  const known = IMPORTS.get(statement);
  if (known !== undefined) return known;
  const found = statementsIn([statement], everyBlock).flatMap((one) =>
    one.kind === 'import' ? one.bindings : [],
  );
  IMPORTS.set(statement, found);
  return found;
}
