import { lineage, methodsOf, moduleFrame } from '../../interpret/machine/classes.ts';
import type { Interpreter } from '../../interpret/machine/interpreter.ts';
import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  LambdaExpression,
  NameExpression,
  Statement,
} from '../../syntax/ast.ts';

type Body = FunctionStatement | LambdaExpression;

/** More functions than a step is made of. */
const MOST_FUNCTIONS = 32;

/** How many nodes of the code are gone through for a unit of work. */
const NODES = 8;

/**
 * Whether an optimizer of the project treats matrices as such: whether its methods, or what they call, come to a product
 * of a matrix with its own transpose, as all orthogonalizing and preconditioning has. Null where a group says so.
 */
export function treatsMatrices(definition: ClassStatement, interpreter: Interpreter): boolean | null {
  const ahead: Body[] = lineage(interpreter, definition).flatMap(methodsOf);
  const seen = new Set<Body>(ahead);
  let isMatrix = false;
  let isByGroup = false;
  for (let body = ahead.pop(); body !== undefined; body = ahead.pop()) {
    const { names, multipliesTranspose, asksGroup } = lookThrough(body, interpreter);
    isMatrix ||= multipliesTranspose;
    isByGroup ||= asksGroup;
    for (const name of names) {
      const called = functionOf(name, interpreter);
      if (called === undefined || seen.has(called) || seen.size >= MOST_FUNCTIONS) continue;
      seen.add(called);
      ahead.push(called);
    }
  }
  return isMatrix && isByGroup ? null : isMatrix;
}

interface Look {
  /** The names that are called or handed on. */
  readonly names: readonly NameExpression[];
  readonly multipliesTranspose: boolean;
  /** Whether it decides something by what a group has under a name. */
  readonly asksGroup: boolean;
}

function lookThrough(body: Body, { budget }: Interpreter): Look {
  const names: NameExpression[] = [];
  let [multipliesTranspose, asksGroup] = [false, false];
  const ahead: unknown[] = [body.body];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    budget.spend(1 / NODES);
    if (typeof node !== 'object' || node === null || 'start' in node) continue;
    if (isNode(node)) {
      if (node.kind === 'call' && node.callee.kind === 'name') names.push(node.callee);
      multipliesTranspose ||= isGram(node);
      asksGroup ||= node.kind === 'if' && asksSetting(node.condition);
    }
    ahead.push(...(Array.isArray(node) ? node : Object.values(node)));
  }
  return { names, multipliesTranspose, asksGroup };
}

function isNode(node: object): node is Expression | Statement {
  return 'kind' in node && 'span' in node;
}

/** `X @ X.T`, `X.mT @ X`, `X @ X.transpose(-2, -1)`. */
function isGram(node: Expression | Statement): boolean {
  if (node.kind !== 'binary' || node.operator !== '@') return false;
  const { left, right } = node;
  return isTransposeOf(left, right) || isTransposeOf(right, left);
}

const TRANSPOSES: ReadonlySet<string> = new Set([
  'T',
  'mT',
  'H',
  'mH',
  't',
  'transpose',
  'permute',
  'adjoint',
]);

function isTransposeOf(turned: Expression, of: Expression): boolean {
  const one = turned.kind === 'call' ? turned.callee : turned;
  if (one.kind !== 'attribute' || !TRANSPOSES.has(one.attribute)) return false;
  return one.object.kind === 'name' && of.kind === 'name' && one.object.name === of.name;
}

/** Whether a condition is on what something has under a text: `group['use_muon']`, `group['kind'] == 'adamw'`. */
function asksSetting(condition: Expression): boolean {
  const operands = condition.kind === 'compare' ? condition.operands : [condition];
  const isText = ({ kind }: Expression) => kind === 'text';
  return (
    operands.some((one) => one.kind === 'subscript' && one.index !== null && isText(one.index)) &&
    (condition.kind === 'subscript' || operands.some(isText))
  );
}

/** The function of the project that a name stands for. */
function functionOf(name: NameExpression, interpreter: Interpreter): Body | undefined {
  const value = moduleFrame(interpreter, interpreter.moduleOf(name)).evaluate(name);
  return value.kind === 'function' ? value.definition : undefined;
}
