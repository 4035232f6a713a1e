import type { BlockStatement, Expression } from '../../syntax/ast.ts';
import { bind, findMethod } from '../machine/classes.ts';
import { comesToModels } from '../machine/comes-to-models.ts';
import { positional } from '../machine/given-arguments.ts';
import type { Completion, Frame } from '../machine/interpreter.ts';
import { addForwardHook } from '../modules/forward-hooks.ts';
import { Heap } from '../values/heap.ts';
import { NONE, UNKNOWN, type Value } from '../values/value.ts';
import { assign } from './assign.ts';
import { isContextManager } from './decorators.ts';

/** `with a as b, c: body`: what is entered is left again, whatever the body does. */
export function executeBlock({ items, targets, body }: BlockStatement, frame: Frame): Completion {
  const entered = items.map((item, at) => entering(item, targets[at] ?? null, frame));
  const { applied, untracked } = frame.interpreter.trace;
  const before = applied.length;
  const done = frame.execute(body);
  const keepsNone = items.some((item) => frame.interpreter.libraries.keepsNoGradient(contextName(item)));
  if (keepsNone) for (const layer of applied.slice(before)) untracked.add(layer);
  if (done.falls) for (const one of entered.reverse()) leave(one, frame);
  return done;
}

/** What a `with` has entered. */
interface Entered {
  readonly item: Expression;
  readonly manager: Value;
  /** Whether making it has left all that was there as it was: of a generator, what stands before and behind its `yield`. */
  readonly isIdle: boolean;
  /** How many layers there were then. */
  readonly layerCount: number;
}

/** What a `with` enters, where that is an object of the code's own. */
function entering(item: Expression, target: Expression | null, frame: Frame): Entered {
  const [before, horizon] = [new Heap(frame.heap), frame.interpreter.newId()];
  const manager = frame.evaluate(item);
  const isIdle = frame.heap.hasLeftAlone(before, horizon, (list) => comesToModels([list], frame));
  const enter = ownMethod(manager, '__enter__', frame);
  const entered = enter === null ? manager : frame.call(enter, positional(), frame.at(item.span));
  if (target?.kind === 'name' && (isItself(entered) || frame.locals.has(target.name)))
    assign(target, isItself(entered) ? entered : UNKNOWN, frame);
  if (['__torch_function__', '__torch_dispatch__'].some((name) => ownMethod(manager, name, frame) !== null))
    addForwardHook({ id: 'each', run: UNKNOWN, span: frame.at(item.span) }, frame.heap);
  return { item, manager, isIdle, layerCount: before.layerCount };
}

/**
 * Whether entering it gives it: half precision gives a loss another size for a while, `with amp.scale_loss(loss, optimizer) as
 * scaled`; a bar shows how far what is gone through has come.
 */
function isItself({ kind }: Value): boolean {
  return kind === 'tensor' || kind === 'list';
}

/** What is undone at the end of a `with` was so within it: whoever looks later sees either. */
function leave({ item, manager, isIdle, layerCount }: Entered, frame: Frame): void {
  const exit = ownMethod(manager, '__exit__', frame);
  const way = frame.fork();
  if (exit !== null) way.call(exit, positional(NONE, NONE, NONE), frame.at(item.span));
  else if ((!isIdle || frame.heap.layerCount > layerCount) && isOwnGenerator(item, frame)) way.evaluate(item);
  else return;
  if (!way.heap.isSameAs(frame.heap)) frame.join([frame.fork(), way]);
}

/** Whether it is a call of a generator that `contextmanager` makes one: what stands behind its `yield` runs at the end. */
function isOwnGenerator(item: Expression, frame: Frame): boolean {
  if (item.kind !== 'call') return false;
  const callee = frame.evaluate(item.callee);
  return (
    callee.kind === 'function' && callee.definition.kind === 'function' && isContextManager(callee.definition)
  );
}

function ownMethod(value: Value, name: string, { interpreter }: Frame): Value | null {
  if (value.kind !== 'object') return null;
  const found = findMethod(interpreter, value.definition, name);
  return found === undefined ? null : bind(found, value);
}

/** What a context manager is called, wherever it comes from. */
function contextName(item: Expression): string {
  const callee = item.kind === 'call' ? item.callee : item;
  return callee.kind === 'attribute' ? callee.attribute : callee.kind === 'name' ? callee.name : '';
}
