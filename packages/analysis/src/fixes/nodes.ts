import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  PythonModule,
  Statement,
} from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { wordsIn } from '../syntax/words-in.ts';

/** A node of the tree. */
export type Node = Expression | Statement;

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

const NODES = new WeakMap<object, readonly Node[]>();

/** All nodes in a node, in the order of the text; looked for once. */
export function nodesIn(root: object): readonly Node[] {
  const known = NODES.get(root);
  if (known !== undefined) return known;
  const found: Node[] = [];
  const ahead = [...childrenOf(root)].reverse();
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    found.push(node);
    ahead.push(...[...childrenOf(node)].reverse());
  }
  NODES.set(root, found);
  return found;
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

/** What a dict has under a text. */
export function entryOf(
  { entries }: Extract<Expression, { kind: 'dict' }>,
  wanted: string,
): Expression | undefined {
  return entries.find(({ key }) => key?.kind === 'text' && key.value === wanted)?.value;
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

const CHILDREN = new WeakMap<object, readonly Node[]>();

/** The nodes right below one, through what is none, such as arguments; looked for once. */
function childrenOf(node: object): readonly Node[] {
  const known = CHILDREN.get(node);
  if (known !== undefined) return known;
  const found: Node[] = [];
  addChildren(node, found);
  CHILDREN.set(node, found);
  return found;
}

/** A loop over names, as a fix may have to look through a long file and an array of them takes several times as long. */
function addChildren(node: object, found: Node[]): void {
  for (const name in node) {
    const part = node[name as keyof typeof node] as unknown;
    if (typeof part !== 'object' || part === null || 'end' in part) continue;
    if (isNode(part)) found.push(part);
    else addChildren(part, found);
  }
}

function isNode(part: object): part is Node {
  return 'kind' in part && 'span' in part;
}
