import type {
  CallExpression,
  Expression,
  FunctionStatement,
  LambdaExpression,
  LoopStatement,
  NameExpression,
  TextExpression,
} from '../../syntax/ast.ts';

const PRINTED = new WeakMap<LoopStatement, NameExpression | null>();

/** The name of the number of a round, if it is printed alone, so that nothing else hangs on it. */
export function printedCounter(loop: LoopStatement): NameExpression | null {
  const known = PRINTED.get(loop);
  if (known !== undefined) return known;
  const counter = loop.target?.kind === 'name' ? loop.target : null;
  const printed = counter === null || uses(loop.body, counter.name) ? null : counter;
  PRINTED.set(loop, printed);
  return printed;
}

function uses(body: LoopStatement['body'], name: string): boolean {
  const ahead: unknown[] = [body];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('kind' in node && node.kind === 'name' && 'name' in node && node.name === name) return true;
    ahead.push(...(isPrint(node) ? printedParts(node) : Object.values(node)));
  }
  return false;
}

function isPrint(node: object): node is CallExpression {
  if (!('kind' in node) || node.kind !== 'call' || !('callee' in node)) return false;
  // SAFETY: what a call calls is an expression.
  const callee = node.callee as Expression;
  return callee.kind === 'name' && callee.name === 'print';
}

/** What is printed but for names, also those in f-strings: the parts that may do something with a count. */
function printedParts({ args }: CallExpression): readonly Expression[] {
  const shown = args.flatMap(({ value }) => (value.kind === 'text' ? partsOf(value) : [value]));
  return shown.filter(({ kind }) => kind !== 'name');
}

function partsOf({ parts = [] }: TextExpression): readonly Expression[] {
  return parts.filter((part) => part !== null && typeof part !== 'string');
}

const INNER = new WeakMap<object, ReadonlySet<string>>();

/** The names in functions that stand in one. */
export function namesInFunctions(definition: FunctionStatement | LambdaExpression): ReadonlySet<string> {
  const known = INNER.get(definition);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const ahead: { readonly node: unknown; readonly isInner: boolean }[] = [
    { node: definition.body, isInner: false },
  ];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    const { node } = one;
    if (typeof node !== 'object' || node === null) continue;
    const kind = 'kind' in node ? node.kind : null;
    if (one.isInner && kind === 'name' && 'name' in node) names.add(String(node.name));
    const isInner = one.isInner || kind === 'function' || kind === 'lambda';
    for (const part of Object.values(node)) ahead.push({ node: part, isInner });
  }
  INNER.set(definition, names);
  return names;
}
