import type { Expression, PythonModule } from '../syntax/ast.ts';
import { nodesIn } from '../syntax/nodes-in.ts';
import { chainText, nodesWith } from './nodes.ts';

/** A wrapper that a name may have by some offset. */
export interface Wrapper {
  /** Whether it only puts its own name before those of parameters, as `module.`. */
  readonly prefixes: boolean;
  /** Whether parts of the model are attributes of it, too. */
  readonly hasParts: boolean;
}

const PREFIXES = /^(?:compile|(?:Distributed)?DataParallel|DDP)$/;

/** What gives back a model in another module, behind whose name its own parameters and parts stand. */
const WRAPS = /^(?:compile|\w*DataParallel\w*|DDP|FSDP|AveragedModel|prepare\w*|setup\w*|initialize)$/;

/** The wrapper in which a name of the code may have its model at an offset; null where there is none in sight. */
export function wrapperOf(name: string, module: PythonModule, offset: number): Wrapper | null {
  const [word = name] = name.split('.');
  const calls = nodesWith(word, module).flatMap((node) => {
    if (node.kind !== 'assign' || node.value === null || node.span.start >= offset) return [];
    if (!node.targets.some((target) => names(target, name))) return [];
    return [node.value, ...nodesIn(node.value)].flatMap((one) =>
      one.kind === 'call' && WRAPS.test(calledAs(one.callee, module)) ? [calledAs(one.callee, module)] : [],
    );
  });
  if (calls.length === 0) return null;
  return {
    prefixes: calls.every((one) => PREFIXES.test(one)),
    hasParts: calls.every((one) => one === 'compile'),
  };
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
