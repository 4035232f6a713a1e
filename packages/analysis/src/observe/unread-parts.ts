import { lineage } from '../interpret/machine/classes.ts';
import { NO_ARGUMENTS } from '../interpret/machine/given-arguments.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import type { Trace } from '../interpret/machine/run-trace.ts';
import { constructLayer } from '../interpret/modules/layers.ts';
import { idOf, layerOf, type ModuleValue, namedModules } from '../interpret/modules/modules.ts';
import { isUnread } from '../interpret/modules/unread.ts';
import type { Attribute } from '../interpret/values/attribute-state.ts';
import { either, optionsOf } from '../interpret/values/either.ts';
import { isAbsent, NONE, type ObjectValue, type Value } from '../interpret/values/value.ts';
import { hiddenName, hidesName } from '../network/hidden-name.ts';
import { holdsBy, type Layer } from '../network/layer.ts';
import type { Expression } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { everyBlock, statementsIn } from '../syntax/statements-in.ts';

/**
 * Puts a layer that is not read where a model has a part of which nothing is known: in a container, which holds nothing
 * but modules, and in an attribute that a call makes, or code outside of the class, and the forward pass calls.
 *
 * @returns these layers
 */
export function placeUnreadParts(
  model: ObjectValue,
  { calledUnread }: Pick<Trace, 'calledUnread'>,
  frame: Frame,
): readonly Layer[] {
  const placed: Layer[] = [];
  for (const { value: holder } of namedModules(model, frame)) {
    const called = calledUnread.get(idOf(holder));
    for (const [name, attribute] of frame.heap.attributes(idOf(holder))) {
      if (!optionsOf(attribute.value).some((one) => isUnread(one) && !isAbsent(one))) continue;
      const item = isItem(name, holder, frame);
      if (!item && !(called?.has(name) && isMadeByCall(holder, attribute.span, frame))) continue;
      const span = attribute.span ?? spanOf(holder) ?? model.definition.nameSpan;
      const part = constructLayer('', { family: 'other' }, { frame, span, args: NO_ARGUMENTS });
      placed.push(part.layer);
      replaceUnread(idOf(holder), { name, attribute, part, item }, frame);
    }
  }
  return placed;
}

interface Replacement {
  readonly name: string;
  readonly attribute: Attribute;
  readonly part: Value;
  readonly item: boolean;
}

/** Puts a part where nothing was known. How many such items a container has, and under which names, is not known either. */
function replaceUnread(id: number, { name, attribute, part, item }: Replacement, { heap }: Frame): void {
  const known = optionsOf(attribute.value).filter((option) => !isUnread(option));
  const left = item ? known : [part, ...known];
  heap.setAttribute(id, name, { ...attribute, value: left.length === 0 ? NONE : either(left) });
  if (item) heap.setAttribute(id, hiddenName(0), { ...attribute, value: part });
}

/** Whether an attribute is an item of a container: an own class that is one may have others. */
function isItem(name: string, holder: ModuleValue, frame: Frame): boolean {
  const layer = layerOf(holder, frame);
  if (layer === undefined || holdsBy(layer) === 'nothing') return false;
  return holder.kind === 'layer' || /^\d+$/.test(name) || hidesName(name);
}

function spanOf(module: ModuleValue): Span | null {
  return module.kind === 'layer' ? module.layer.span : module.span;
}

/**
 * Whether the statement that assigned an attribute calls something for it that is no look-up of a function, or stands
 * outside of the class: that puts something in the place of a module.
 */
function isMadeByCall(holder: ModuleValue, assigned: Span | null, { interpreter }: Frame): boolean {
  if (holder.kind === 'layer' || assigned === null) return false;
  const own = lineage(interpreter, holder.definition);
  if (own.every(({ span }) => assigned.start < span.start || assigned.start >= span.end)) return true;
  return own.some((one) =>
    statementsIn(one.body, everyBlock).some(
      (statement) =>
        statement.kind === 'assign' &&
        statement.targets.some(({ span }) => span.start === assigned.start) &&
        callsIn(statement.value),
    ),
  );
}

function callsIn(made: Expression | null): boolean {
  if (made?.kind === 'conditional') return callsIn(made.whenTrue) || callsIn(made.whenFalse);
  return made?.kind === 'call' && !(made.callee.kind === 'name' && made.callee.name === 'getattr');
}
