import type { TextEdit } from '../finding.ts';
import type { Expression } from '../syntax/ast.ts';
import { isNamed } from '../syntax/is-named.ts';
import type { CodeAround } from './code-around.ts';
import { chainText, functionAround, nodesAround, nodesInScope } from './nodes.ts';

/** What a loop over parameters calls the name of the one that it has in hand, and the edits by which it has one. */
export interface NameInLoop {
  readonly name: string;
  /** `self` of `self.named_parameters()`. */
  readonly of: string;
  readonly edits: readonly TextEdit[];
}

/**
 * The name of a parameter that code at an offset has from `for name, p in model.named_parameters()`; a loop over
 * `model.parameters()` is made one. Null where what goes through the parameters is something else.
 */
export function nameInLoop(
  target: Expression | undefined,
  { module, namesAt }: Pick<CodeAround, 'module' | 'namesAt'>,
  offset: number,
): NameInLoop | null {
  const parameter = target && parameterNamed(target);
  const loop = nodesAround(module, offset).findLast(({ kind }) => kind === 'loop');
  if (parameter === undefined || loop?.kind !== 'loop' || loop.target === null) return null;
  const { iterable } = loop;
  if (iterable?.kind !== 'call' || iterable.args.length > 0 || iterable.callee.kind !== 'attribute')
    return null;
  const { attribute, object, span } = iterable.callee;
  const of = chainText(object);
  if (of === undefined) return null;
  if (attribute === 'named_parameters' && loop.target.kind === 'sequence') {
    const [name, own] = loop.target.items;
    const isOwn = own !== undefined && isNamed(own, parameter) && loop.target.items.length === 2;
    return isOwn && name?.kind === 'name' ? { name: name.name, of, edits: [] } : null;
  }
  if (attribute !== 'parameters' || !isNamed(loop.target, parameter)) return null;
  const taken = namesAt(offset);
  const name = FREE.find((one) => !taken.has(one) && !isUsed(one, module, offset));
  if (name === undefined) return null;
  const [ahead, behind] = [loop.target.span.start, span.end - attribute.length];
  const edits = [
    { span: { start: ahead, end: ahead }, text: `${name}, ` },
    { span: { start: behind, end: behind }, text: 'named_' },
  ];
  return { name, of, edits };
}

const FREE = ['name', 'key', 'path', 'parameter_name'];

/** Whether code that would see another under a name says it: that of the same function, or any where a module has the loop. */
function isUsed(name: string, module: CodeAround['module'], offset: number): boolean {
  const parameters = functionAround(module, offset)?.made.parameters ?? [];
  return (
    parameters.some((one) => one.name === name) ||
    nodesInScope(name, module, offset).some((node) => isNamed(node, name))
  );
}

/** `p` of `p`, and of `p.data`. */
function parameterNamed(target: Expression): string | undefined {
  if (target.kind === 'name') return target.name;
  return target.kind === 'attribute' && target.attribute === 'data'
    ? parameterNamed(target.object)
    : undefined;
}
