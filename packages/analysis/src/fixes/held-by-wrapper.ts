import type { Expression, PythonModule } from '../syntax/ast.ts';
import { nodesIn } from '../syntax/nodes-in.ts';
import { chainText, nodesWith } from './nodes.ts';

/** What gives back a model in another module, behind whose name its own parameters and parts stand. */
const WRAPS = /^(?:compile|\w*DataParallel\w*|DDP|FSDP|AveragedModel|prepare\w*|setup\w*|initialize)$/;

/** Whether a name of the code may stand for a model in a wrapper at an offset: `ddp.layer` is then `ddp.module.layer`. */
export function heldByWrapper(name: string, module: PythonModule, offset: number): boolean {
  const [word = name] = name.split('.');
  return nodesWith(word, module).some(
    (node) =>
      node.kind === 'assign' &&
      node.value !== null &&
      node.span.start < offset &&
      node.targets.some((target) => names(target, name)) &&
      [node.value, ...nodesIn(node.value)].some(
        (one) => one.kind === 'call' && WRAPS.test(calledAs(one.callee, module)),
      ),
  );
}

function names(target: Expression, name: string): boolean {
  return target.kind === 'sequence'
    ? target.items.some((one) => names(one, name))
    : chainText(target) === name;
}

/** The last word of what is called, by its own name where it was imported under another. */
function calledAs(callee: Expression, module: PythonModule): string {
  if (callee.kind === 'attribute') return callee.attribute;
  if (callee.kind !== 'name') return '';
  const { name } = callee;
  const imports = nodesWith(name, module).flatMap((node) => (node.kind === 'import' ? node.bindings : []));
  const qualified = imports.findLast(({ local }) => local === name)?.qualified ?? name;
  return qualified.split('.').at(-1) ?? '';
}
