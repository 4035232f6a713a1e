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

/** As the methods of tensors call the ends of `uniform_`. */
const METHOD_NAMES: Readonly<Record<string, string>> = { a: 'from', b: 'to' };

/** Finds them by the initializer's own name; undefined for one that has none, or where arguments are spread. */
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
  if (given.length === scales.length) return { kind: 'given', values: given };
  const [[name] = ['']] = scales;
  const behind = args.at(-1)?.value;
  return scales.length === 1 && behind !== undefined ? { kind: 'default', behind, name } : undefined;
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
