import type { Expression, PythonModule } from '../syntax/ast.ts';
import { type Node, nodesIn } from '../syntax/nodes-in.ts';
import { chainText, nodesAround, nodesWith } from './nodes.ts';

/** A wrapper that a name may have by some offset. */
export interface Wrapper {
  /** Whether it only puts its own name before those of parameters, as `module.`. */
  readonly prefixes: boolean;
  /** What stands between its name and that of a part of the model, `.module`; null where parts are not surely found so. */
  readonly partsBehind: '' | '.module' | null;
}

const PREFIXES = /^(?:compile|(?:Distributed)?DataParallel|DDP)$/;

/** Of these, those that have the model as an attribute; `compile` gives its attributes as its own. */
const HAS_MODULE = /^(?:(?:Distributed)?DataParallel|DDP)$/;

/** What gives back a model in another module, behind whose name its own parameters and parts stand. */
const WRAPS = /^(?:compile|\w*DataParallel\w*|DDP|FSDP|AveragedModel|prepare\w*|setup\w*|initialize)$/;

/** The wrapper in which a name of the code may have its model at an offset; null where there is none in sight. */
export function wrapperOf(name: string, module: PythonModule, offset: number): Wrapper | null {
  const [word = name] = name.split('.');
  const wraps = nodesWith(word, module).flatMap((node) => {
    if (node.kind !== 'assign' || node.value === null || node.span.start >= offset) return [];
    if (!node.targets.some((target) => names(target, name))) return [];
    const calls = [node.value, ...nodesIn(node.value)].flatMap((one) =>
      one.kind === 'call' && WRAPS.test(calledAs(one.callee, module)) ? [calledAs(one.callee, module)] : [],
    );
    return calls.length === 0 ? [] : [{ calls, isSure: isSure(node, node.value, { module, offset }) }];
  });
  if (wraps.length === 0) return null;
  const calls = wraps.flatMap((wrap) => wrap.calls);
  const spread = calls.filter((one) => one !== 'compile');
  const hasModule = spread.length === 1 && spread.every((one) => HAS_MODULE.test(one));
  const behind = hasModule && wraps.every((wrap) => wrap.isSure) ? '.module' : null;
  return {
    prefixes: calls.every((one) => PREFIXES.test(one)),
    partsBehind: spread.length === 0 ? '' : behind,
  };
}

/** Whether the code at an offset has run an assignment, whatever conditions hold: no side of one wraps in it either. */
function isSure(
  { span: { start } }: Node,
  value: Expression,
  { module, offset }: { readonly module: PythonModule; readonly offset: number },
): boolean {
  const mayBeLeftOut = nodesAround(module, start).some(
    ({ kind, span }) => MAY_LEAVE_OUT.test(kind) && !(span.start <= offset && offset < span.end),
  );
  return !mayBeLeftOut && [value, ...nodesIn(value)].every(({ kind }) => kind !== 'conditional');
}

const MAY_LEAVE_OUT = /^(?:if|loop|try)$/;

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
