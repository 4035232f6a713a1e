import type { Expression, LoopStatement } from '../../syntax/ast.ts';
import { isNamed } from '../../syntax/is-named.ts';
import type { Frame } from '../machine/interpreter.ts';
import type { Place } from '../modules/tensors.ts';
import type { Value } from '../values/value.ts';
import { settingIn, withPreset } from './asked-settings.ts';
import { ownerOfAttributes } from './attribute-dicts.ts';
import { attributeOf } from './attributes.ts';

/** Under what an object has settings all of which are attributes of its: no code can write such a name. */
const SETTINGS = '**';

/** `for key, value in settings.items(): setattr(self, key, value)` of settings from outside; answers whether it is that. */
export function laysSettings(loop: LoopStatement, frame: Frame): boolean {
  const [only, ...more] = loop.body;
  const call = only?.kind === 'expression' && only.value.kind === 'call' ? only.value : undefined;
  if (call === undefined || more.length > 0 || loop.otherwise.length > 0) return false;
  const [owner, ...pair] = call.args.map(({ value }) => value);
  const names = loop.target?.kind === 'sequence' ? loop.target.items : [];
  const isPair = pair.length === 2 && pair.every((one, at) => isNamed(one, nameIn(names[at])));
  if (!isNamed(call.callee, 'setattr') || owner === undefined || names.length !== 2 || !isPair) return false;
  const settings = itemsOf(loop.iterable, frame);
  return settings !== undefined && laySettings(frame.evaluate(owner), settings, { frame, span: call.span });
}

/**
 * Settings from outside become attributes of an object: what it has of plain values stays as long as nobody sets another.
 * Answers whether they are such settings, and it is such an object.
 */
export function laySettings(owner: Value, settings: Value, { frame, span }: Place): boolean {
  const isOutside = settings.kind === 'opaque' || (settings.kind === 'dict' && settings.asked !== undefined);
  if (owner.kind !== 'object' || !isOutside) return false;
  for (const [name, { value }] of [...frame.heap.attributes(owner.id)]) {
    if (!PLAIN.has(value.kind)) continue;
    const setting = settingIn(settings, name, frame);
    if (setting === undefined) continue;
    frame.heap.setAttribute(owner.id, name, { value: withPreset(setting, value, frame), span });
  }
  if (settings.kind === 'dict') {
    for (const [name, value] of settings.entries) frame.heap.setAttribute(owner.id, name, { value, span });
  }
  frame.heap.setAttribute(owner.id, SETTINGS, { value: settings, span });
  return true;
}

const PLAIN: ReadonlySet<Value['kind']> = new Set(['number', 'text', 'truth', 'none']);

/** What `value.name` stands for where it is not called, which an object may have of settings that were laid over it. */
export function attributeRead(value: Value, name: string, frame: Frame): Value {
  const read = attributeOf(value, name, frame);
  const own = value.kind === 'object' ? frame.heap.attributes(value.id) : undefined;
  const laid = own?.get(SETTINGS);
  if (laid === undefined || laid.perhaps === true || own?.has(name) === true || name.startsWith('__'))
    return read;
  const setting =
    read.kind === 'unknown' || PLAIN.has(read.kind) ? settingIn(laid.value, name, frame) : undefined;
  if (setting === undefined) return read;
  return read.kind === 'unknown' ? setting : withPreset(setting, read, frame);
}

/** The settings of `settings.items()`, also of `vars(settings).items()`. */
function itemsOf(iterable: Expression | null, frame: Frame): Value | undefined {
  if (iterable?.kind !== 'call' || iterable.args.length > 0) return undefined;
  const { callee } = iterable;
  if (callee.kind !== 'attribute' || callee.attribute !== 'items') return undefined;
  return ownerOfAttributes(callee.object, frame) ?? frame.evaluate(callee.object);
}

function nameIn(expression: Expression | undefined): string | null {
  return expression?.kind === 'name' ? expression.name : null;
}
