import type { CallExpression, Expression, PythonModule } from '../syntax/ast.ts';
import { isNamed } from '../syntax/is-named.ts';
import type { Node } from '../syntax/nodes-in.ts';
import type { CodeAround } from './code-around.ts';
import { nodesInScope } from './nodes.ts';
import { writtenOnce } from './written-once.ts';

/** What an optimizer's call may give groups that do not say it themselves, of what a fix writes into them. */
export const OF_GROUPS: readonly string[] = ['params', 'lr', 'weight_decay'];

/**
 * Whether stars of a call may give it one of some arguments: `**given` may give what the one dict that stands there has,
 * `dict(fused=True) if use_fused else {}`, and the keys that code adds to it; all other stars may give any.
 */
export function starsMayGive(
  { args, span }: CallExpression,
  names: readonly string[],
  { module }: Pick<CodeAround, 'module'>,
): boolean {
  return args.some(({ spread, value }) => {
    if (!spread) return false;
    const keys = keysOf(value, module, span.start);
    return keys === null || names.some((name) => keys.includes(name));
  });
}

/** The keys that a dict may have; null where it is not seen. */
function keysOf(value: Expression, module: PythonModule, offset: number): readonly string[] | null {
  const written = writtenOnce(value, module, offset);
  if (written === undefined) return null;
  const own = keysWritten(written);
  if (own === null || value.kind !== 'name') return own;
  const added = keysAdded(value.name, module, offset);
  return added === null ? null : [...own, ...added];
}

function keysWritten(value: Expression): readonly string[] | null {
  if (value.kind === 'conditional') {
    const whenTrue = keysWritten(value.whenTrue);
    const whenFalse = keysWritten(value.whenFalse);
    return whenTrue === null || whenFalse === null ? null : [...whenTrue, ...whenFalse];
  }
  if (value.kind === 'dict')
    return whole(value.entries.map(({ key }) => (key?.kind === 'text' ? key.value : null)));
  return value.kind === 'call' && isNamed(value.callee, 'dict')
    ? whole(value.args.map(({ name }) => name))
    : null;
}

function whole(keys: readonly (string | null)[]): readonly string[] | null {
  const seen = keys.filter((key) => key !== null);
  return seen.length === keys.length ? seen : null;
}

/** `fused` of `given['fused'] = True`; null where code does something else with the name than hand it over by stars. */
function keysAdded(name: string, module: PythonModule, offset: number): readonly string[] | null {
  const nodes = nodesInScope(name, module, offset);
  const entries = nodes.flatMap((node) =>
    node.kind === 'subscript' && isNamed(node.object, name) ? [node] : [],
  );
  const followed = new Set<Node>([
    ...nodes.flatMap((node) => (node.kind === 'assign' ? node.targets : [])),
    ...nodes.flatMap((node) => (node.kind === 'call' ? spreadIn(node) : [])),
    ...entries.map(({ object }) => object),
  ]);
  if (nodes.some((node) => isNamed(node, name) && !followed.has(node))) return null;
  return whole(entries.map(({ index }) => (index?.kind === 'text' ? index.value : null)));
}

function spreadIn({ args }: CallExpression): readonly Expression[] {
  return args.flatMap(({ spread, value }) => (spread ? [value] : []));
}
