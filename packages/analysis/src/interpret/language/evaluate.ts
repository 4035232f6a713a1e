import type {
  AttributeExpression,
  Expression,
  SubscriptExpression,
  TextExpression,
} from '../../syntax/ast.ts';
import { subscriptPlaces } from '../../syntax/subscript-places.ts';
import type { Frame } from '../machine/interpreter.ts';
import { refuseOpen } from '../machine/joined-rounds.ts';
import { unknownFrom } from '../machine/swallowed.ts';
import { composedText, shown } from '../machine/text-values.ts';
import { eachOption, withoutNone } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { madeOfPaths } from '../values/part-paths.ts';
import { NONE, number, text, UNKNOWN, type Value } from '../values/value.ts';
import { copying } from '../values/value-size.ts';
import { assign } from './assign.ts';
import { evaluateCall } from './call-expression.ts';
import { comprehension } from './comprehensions.ts';
import { defaultsIn } from './defaults.ts';
import { evaluateDict, evaluateSequence } from './displays.ts';
import { itemOf, sliceOf, withKey } from './items.ts';
import { attributeRead } from './laid-settings.ts';
import { lookup } from './lookup.ts';
import { itemOfModule } from './module-names.ts';
import {
  evaluateBinary,
  evaluateCompare,
  evaluateConditional,
  evaluateLogic,
  evaluateUnary,
} from './operations.ts';
import { evaluatePlaces, type Subscript, subscripted } from './subscripts.ts';

/** What an expression stands for. Whatever is not understood is unknown, after its parts have had their effect. */
export function evaluate(expression: Expression, frame: Frame): Value {
  const { budget } = frame.interpreter;
  budget.spend(STEP);
  budget.enter();
  const value = evaluated(expression, frame);
  budget.leave();
  budget.spend(copying(value));
  return value;
}

/** The work of one step of the code, beside that of what it copies or goes through. */
const STEP = 4;

function evaluated(expression: Expression, frame: Frame): Value {
  switch (expression.kind) {
    case 'name':
      return lookup(expression.name, frame);
    case 'number':
      return number({ op: 'literal', value: expression.value, text: expression.text });
    case 'text':
      return evaluateText(expression, frame);
    case 'constant':
      return expression.value === null ? NONE : { kind: 'truth', value: expression.value };
    case 'attribute':
      return evaluateAttribute(expression, frame);
    case 'call':
      return evaluateCall(expression, frame);
    case 'binary':
      return evaluateBinary(expression, frame);
    case 'unary':
      return evaluateUnary(expression, frame);
    case 'logic':
      return evaluateLogic(expression, frame);
    case 'compare':
      return evaluateCompare(expression, frame);
    case 'conditional':
      return evaluateConditional(expression, frame);
    case 'subscript':
      return evaluateSubscript(expression, frame);
    case 'sequence':
      return evaluateSequence(expression, frame);
    case 'dict':
      return evaluateDict(expression, frame);
    case 'comprehension':
      return comprehension(expression, frame);
    case 'lambda':
      return {
        kind: 'function',
        definition: expression,
        receiver: null,
        owner: null,
        closure: { locals: frame.locals, capture: frame.capture() },
        ...defaultsIn(expression, frame),
      };
    case 'starred':
      frame.evaluate(expression.value);
      return UNKNOWN;
    case 'named': {
      const value = frame.evaluate(expression.value);
      assign(expression.target, value, frame);
      return value;
    }
    case 'unknown':
      for (const part of expression.parts) {
        const value = frame.evaluate(part);
        if (expression.yields !== undefined)
          noteYielded(expression.yields === 'all' ? itemsOf(value) : [value], frame);
      }
      return UNKNOWN;
  }
}

function noteYielded(values: readonly Value[], { interpreter: { yielded }, heap }: Frame): void {
  if (yielded === null) return;
  yielded.values.push(...values);
  yielded.left ??= new Heap(heap);
}

/** What `yield from` yields of a value. */
function itemsOf(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items : [UNKNOWN];
}

/** An f-string is known where each part is a text or an integer. */
function evaluateText({ value, parts = [], span }: TextExpression, frame: Frame): Value {
  if (value !== null) return text(value);
  const unshown: Value[] = [];
  const composing: (string | Value)[] = [];
  const shownValues: Value[] = [];
  const pieces = parts.map((part) => {
    if (typeof part === 'string') composing.push(part);
    if (part === null) composing.push(UNKNOWN);
    if (part === null || typeof part === 'string') return part;
    const inside = frame.evaluate(part);
    const piece = shown(inside) ?? null;
    (piece === null ? unshown : shownValues).push(inside);
    composing.push(piece ?? inside);
    return piece;
  });
  if (pieces.length > 0 && !pieces.includes(null)) return madeOfPaths(text(pieces.join('')), shownValues);
  return composedText(unknownFrom(unshown, frame.interpreter), composing, span.start);
}

function evaluateAttribute(expression: AttributeExpression, frame: Frame): Value {
  const object = withoutNone(frame.evaluate(expression.object));
  return eachOption(object, (option) => attributeRead(option, expression.attribute, frame));
}

function evaluateSubscript(expression: SubscriptExpression, frame: Frame): Value {
  const { object, index, slice } = expression;
  const span = frame.at(expression.span);
  const whole = frame.evaluate(object);
  const at = index === null ? null : frame.evaluate(index);
  const container = withKey(whole, at, frame);
  refuseOpen(container, at, frame);
  const subscripts: readonly Subscript[] =
    at === null ? evaluatePlaces(subscriptPlaces(expression), frame) : [{ kind: 'index', value: at }];
  const [first] = subscripts;
  return eachOption(container, (option) => {
    const part = itemOfModule(option, at, frame) ?? subscripted(option, subscripts, { frame, span });
    if (part !== undefined) return part;
    if (slice === undefined || first?.kind !== 'slice') return itemOf(option, at, frame);
    return sliceOf(option, [first.from, first.to, first.step], frame);
  });
}
