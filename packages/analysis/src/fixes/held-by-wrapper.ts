import type { Expression, PythonModule } from '../syntax/ast.ts';
import { chainText, nodesIn } from './nodes.ts';

/** What gives back a model in another module, behind whose name its own parameters and parts stand. */
const WRAPS = /^(?:compile|\w*DataParallel\w*|DDP|FSDP|AveragedModel|prepare\w*|setup\w*|initialize)$/;

/** Whether a name of the code may stand for a model in a wrapper at an offset: `ddp.layer` is then `ddp.module.layer`. */
export function heldByWrapper(name: string, { body }: PythonModule, offset: number): boolean {
  const imported = new Map<string, string>();
  const nodes = body.flatMap((statement) => [statement, ...nodesIn(statement)]);
  for (const node of nodes)
    if (node.kind === 'import')
      for (const { local, qualified } of node.bindings) imported.set(local, qualified);
  return nodes.some(
    (node) =>
      node.kind === 'assign' &&
      node.value !== null &&
      node.span.start < offset &&
      node.targets.some((target) => names(target, name)) &&
      [node.value, ...nodesIn(node.value)].some(
        (one) => one.kind === 'call' && WRAPS.test(lastWord(one.callee, imported)),
      ),
  );
}

function names(target: Expression, name: string): boolean {
  return target.kind === 'sequence'
    ? target.items.some((one) => names(one, name))
    : chainText(target) === name;
}

function lastWord(callee: Expression, imported: ReadonlyMap<string, string>): string {
  if (callee.kind === 'attribute') return callee.attribute;
  if (callee.kind !== 'name') return '';
  return (imported.get(callee.name) ?? callee.name).split('.').at(-1) ?? '';
}
