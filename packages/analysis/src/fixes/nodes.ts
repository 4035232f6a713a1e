import type { ClassStatement, Expression, FunctionStatement, PythonModule } from '../syntax/ast.ts';
import { childrenOf, type Node, nodesIn } from '../syntax/nodes-in.ts';
import type { Span } from '../syntax/span.ts';
import { wordsIn } from '../syntax/words-in.ts';

/** The nodes that have an offset in them, from the outside in. */
export function nodesAround({ body }: PythonModule, offset: number): readonly Node[] {
  const around: Node[] = [];
  let ahead: readonly Node[] = body;
  for (;;) {
    const next = ahead.find(({ span }) => span.start <= offset && offset < span.end);
    if (next === undefined) return around;
    around.push(next);
    ahead = childrenOf(next);
  }
}

/** The nodes in those statements at the top of a module that have a word in them. */
export function nodesWith(word: string, { body }: PythonModule): readonly Node[] {
  return body.flatMap((statement) =>
    wordsIn(statement).has(word) ? [statement, ...nodesIn(statement)] : [],
  );
}

/** The call that stands at a span. */
export function callAt(module: PythonModule, span: Span): Extract<Expression, { kind: 'call' }> | undefined {
  const found = nodesAround(module, span.start).filter((node) => node.kind === 'call');
  return found.find((node) => node.span.start === span.start && node.span.end === span.end);
}

/** What a call is given under a name, or at a place. */
export function argumentOf(
  { args }: Extract<Expression, { kind: 'call' }>,
  wanted: string,
  index: number,
): Expression | undefined {
  const positional = args.filter(({ name, spread }) => name === null && !spread).map(({ value }) => value);
  return args.find(({ name }) => name === wanted)?.value ?? positional[index];
}

/** What a dict has under a text, or a call of `dict` under a name. */
export function entryOf(
  group: Extract<Expression, { kind: 'dict' | 'call' }>,
  wanted: string,
): Expression | undefined {
  if (group.kind === 'call') return group.args.find(({ name }) => name === wanted)?.value;
  return group.entries.find(({ key }) => key?.kind === 'text' && key.value === wanted)?.value;
}

/** The nodes in which code at an offset may use a name: those of the function there, or of the module's statements that have it. */
export function nodesInScope(name: string, module: PythonModule, offset: number): readonly Node[] {
  const { made } = functionAround(module, offset) ?? {};
  return made === undefined ? nodesWith(name, module) : nodesIn(made);
}

/** The innermost function that has an offset in it, and the class of which it is a method. */
export function functionAround(
  module: PythonModule,
  offset: number,
): { readonly made: FunctionStatement; readonly owner: ClassStatement | null } | undefined {
  const around = nodesAround(module, offset).filter(({ kind }) => kind === 'function' || kind === 'class');
  const [made, owner] = [around.at(-1), around.at(-2)];
  if (made?.kind !== 'function') return undefined;
  return { made, owner: owner?.kind === 'class' ? owner : null };
}

/** `config.n_embd` as it is written, for a chain of names; undefined for any other expression. */
export function chainText(node: Node): string | undefined {
  if (node.kind === 'name') return node.name;
  if (node.kind !== 'attribute') return undefined;
  const object = chainText(node.object);
  return object === undefined ? undefined : `${object}.${node.attribute}`;
}
