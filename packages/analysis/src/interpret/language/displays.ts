import type { DictExpression, SequenceExpression } from '../../syntax/ast.ts';
import { updated, withEntry } from '../machine/collections.ts';
import type { Frame } from '../machine/interpreter.ts';
import { dict, list, madeAt, withOthers } from '../values/containers.ts';
import { spreadShape } from '../values/shapes.ts';
import { type DictValue, type ListValue, UNKNOWN, type Value } from '../values/value.ts';
import { underSettings } from './asked-settings.ts';
import { partsAmong } from './gone-through.ts';
import { appended, listFrom } from './ordered.ts';

/** `[a, *b]`, `(a, b)`, `{a, b}`. */
export function evaluateSequence(expression: SequenceExpression, frame: Frame): Value {
  const hasSpread = expression.items.some(({ kind }) => kind === 'starred');
  if (hasSpread) return evaluateSpread(expression, frame);
  return listOf(
    expression.items.map((item) => frame.evaluate(item)),
    expression,
  );
}

function listOf(items: readonly Value[], { tuple }: SequenceExpression): Value {
  return items.some(({ kind }) => kind === 'shape') ? spreadShape(items) : list(items, false, tuple);
}

/** `[a, *b]`: with the items of something else among its own. */
function evaluateSpread(expression: SequenceExpression, frame: Frame): Value {
  const parts = expression.items.map((item) =>
    item.kind === 'starred' ? spread(frame.evaluate(item.value), frame) : frame.evaluate(item),
  );
  const isSpread = (index: number) => expression.items[index]?.kind === 'starred';
  const items = parts.flatMap((part, index) =>
    part.kind === 'list' && isSpread(index) ? part.items : [part],
  );
  const isOpen = parts.some((part, index) => isSpread(index) && part.kind === 'list' && part.open);
  if (!isOpen || items.some(({ kind }) => kind === 'shape')) return listOf(items, expression);
  frame.interpreter.budget.spend(items.length * parts.length);
  return parts.reduce<ListValue>(
    (made, part, index) => appended(made, isSpread(index) && part.kind === 'list' ? part : list([part])),
    list([], false, expression.tuple),
  );
}

/** What `*value` stands for: a list from outside has at least a first and a last item. */
function spread(value: Value, frame: Frame): Value {
  if (value.kind === 'list' || value.kind === 'shape') return value;
  if (value.kind === 'opaque') return listFrom(value, frame);
  const over = partsAmong(value, frame);
  return over.kind === 'list' ? over : list([UNKNOWN], true);
}

/** `{key: value, **others}`. */
export function evaluateDict(expression: DictExpression, frame: Frame): Value {
  let entries = new Map<string, Value>();
  let keys: DictValue['keys'] = new Map();
  let open = false;
  let others: Value | undefined;
  for (const { key, value } of expression.entries) {
    const name = key === null ? null : frame.evaluate(key);
    const entry = frame.evaluate(value);
    if (name?.kind === 'text') {
      entries.set(name.text, entry);
      continue;
    }
    frame.interpreter.budget.spend(entries.size);
    const before = withOthers(dict(entries, open, keys), others);
    const under = name === null ? underSettings(entries, entry, frame) : undefined;
    if (under !== undefined) {
      entries = new Map(under);
      open = true;
      others = undefined;
      continue;
    }
    const after = name === null ? updated(before, entry) : withEntry(before, name, entry);
    entries = new Map(after.entries);
    keys = after.keys;
    ({ open, others } = after);
  }
  return madeAt(frame.at(expression.span), withOthers(dict(entries, open, keys), others));
}
