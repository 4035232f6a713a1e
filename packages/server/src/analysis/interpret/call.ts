import type { FunctionStatement, LambdaExpression } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { bindParameters } from './arguments.ts';
import { findMethod } from './classes.ts';
import { forgetInits } from './forget.ts';
import { Heap } from './heap.ts';
import { instantiate } from './instantiate.ts';
import type { Arguments, Frame, Interpreter } from './interpreter.ts';
import { everyArgument } from './interpreter.ts';
import { applyLayer } from './layers.ts';
import { callReference } from './references.ts';
import { opaqueResult } from './tensors.ts';
import { either, type FunctionValue, NONE, UNKNOWN, type Value } from './value.ts';

/** Deeper than models nest; a call beyond is not followed. */
const MAX_CALLS = 16;

/** What calling a value gives. */
export function call(
  interpreter: Interpreter,
  callee: Value,
  args: Arguments,
  frame: Frame,
  span: Span,
): Value {
  switch (callee.kind) {
    case 'reference':
      return callReference(interpreter, callee.qualified, args, frame, span);
    case 'function':
      return callFunction(interpreter, callee, args, frame);
    case 'class':
      return instantiate(interpreter, callee.definition, args, frame);
    case 'layer':
      return applyLayer(interpreter, callee.layer, args, frame, span);
    case 'object': {
      const found =
        findMethod(interpreter, callee.definition, 'forward') ??
        findMethod(interpreter, callee.definition, '__call__');
      if (found === undefined) return notFollowed(interpreter, callee.definition.name, args, frame);
      const method: FunctionValue = {
        kind: 'function',
        definition: found.method,
        receiver: callee,
        owner: found.owner,
        closure: new Map(),
      };
      return callFunction(interpreter, method, args, frame);
    }
    case 'parent': // super()
      return callee;
    case 'opaque':
      if (callee.fallback !== null && callee.fallback.kind !== 'opaque') {
        return interpreter.call(callee.fallback, args, frame, span);
      }
      return notFollowed(interpreter, callee.name, args, frame);
    default:
      return notFollowed(interpreter, 'a call', args, frame);
  }
}

function notFollowed(interpreter: Interpreter, what: string, args: Arguments, frame: Frame): Value {
  forgetInits(interpreter, args, frame);
  return opaqueResult(what, everyArgument(args));
}

/** Runs a function of the file on what it is given. */
function callFunction(interpreter: Interpreter, callee: FunctionValue, args: Arguments, frame: Frame): Value {
  const { definition, receiver, closure } = callee;
  const again = frame.stack.filter((running) => running === definition).length;
  if (frame.stack.length >= MAX_CALLS || again > 1) {
    return notFollowed(interpreter, 'recursion', args, frame);
  }
  interpreter.trace.entered.add(definition);
  const given = receiver === null ? args : { ...args, positional: [receiver, ...args.positional] };
  const inner = innerFrame(callee, frame, new Map(closure));
  const bound = bindParameters(definition, given, (name) => fallbackOf(interpreter, definition, name, inner));
  for (const [name, value] of bound) inner.locals.set(name, value);
  if (callee.owner !== null && receiver?.kind === 'object') {
    inner.locals.set('super', { kind: 'parent', receiver, of: callee.owner });
  }
  if (definition.kind === 'lambda') return interpreter.evaluate(definition.body, inner);
  return finished(interpreter, definition, inner);
}

function innerFrame({ definition, owner }: FunctionValue, frame: Frame, locals: Map<string, Value>): Frame {
  const name = definition.kind === 'lambda' ? 'lambda' : definition.name;
  const scope = owner === null ? name : name === '__init__' ? owner.name : `${owner.name}.${name}`;
  return { ...frame, locals, scope, stack: [...frame.stack, definition] };
}

function finished(interpreter: Interpreter, definition: FunctionStatement, inner: Frame): Value {
  const { falls, returns } = interpreter.execute(definition.body, inner);
  const heaps = returns.map((one) => one.heap);
  if (falls && heaps.length > 0) heaps.push(new Heap(inner.heap));
  inner.heap.join(heaps);
  const values = returns.map((one) => one.value);
  return values.length === 0 ? NONE : either(falls ? [...values, NONE] : values);
}

/** The default of a parameter, or an unknown that carries its name. */
function fallbackOf(
  interpreter: Interpreter,
  definition: FunctionStatement | LambdaExpression,
  name: string,
  inner: Frame,
): Value {
  const fallback = definition.parameters.find((parameter) => parameter.name === name)?.fallback;
  if (fallback === undefined || fallback === null) return UNKNOWN;
  return interpreter.evaluate(fallback, { ...inner, locals: new Map(interpreter.globals) });
}
