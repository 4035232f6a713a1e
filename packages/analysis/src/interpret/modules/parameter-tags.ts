import { hidesName } from '../../network/hidden-name.ts';
import type { ParameterValue } from '../../network/layer.ts';
import type { AttributeChange, Frame } from '../machine/interpreter.ts';
import type { Attribute } from '../values/attribute-state.ts';
import { either } from '../values/either.ts';
import { type Heap, LEDGER } from '../values/heap.ts';
import { someInLists } from '../values/in-lists.ts';
import { UNREAD } from '../values/parameter-state.ts';
import { UNKNOWN, type Value } from '../values/value.ts';

/** Under what the store has, beside the attributes of its layer, one that code gives a parameter: `weight.lr_scale`. */
function keyOf({ which }: ParameterValue, name: string): string {
  return `${which}.${name}`;
}

/** Whether an attribute of a layer is one of a parameter of it: a copy of the layer has none of these. */
export function isTag(name: string): boolean {
  return name.includes('.');
}

const TAGGED = 'tag ';

/** `p.lr_scale = 1 / m`, `setattr(p, '_optim', {'lr': 1e-3})`: what later makes the groups of an optimizer may ask for it. */
export function setTag(
  parameter: ParameterValue,
  { name, value, span }: AttributeChange,
  { heap }: Frame,
): void {
  const isOfParts = someInLists(
    value,
    ({ kind }) => kind === 'parameter' || kind === 'object' || kind === 'layer',
  );
  const kept = isOfParts ? UNKNOWN : value;
  for (const one of [parameter, ...heap.parameters.perhapsSame(parameter)]) {
    const of = heap.parameters.original(one);
    // What is not known may be that it is deleted.
    const perhaps = one !== parameter || isOther(parameter) || kept === UNKNOWN;
    heap.setAttribute(of.layer.id, keyOf(of, name), { value: kept, span, ...(perhaps && { perhaps }) });
  }
  heap.setAttribute(LEDGER, `${TAGGED}${hidesName(name) ? '' : name}`, { value: UNKNOWN, span });
}

/** Whether it may be another tensor than the parameter itself. */
function isOther({ part, detached }: ParameterValue): boolean {
  return part === true || detached === true;
}

/**
 * What code has given a parameter under a name: null where it has given others that name and not this one, undefined where
 * nothing is known of it.
 */
export function tagOf(
  parameter: ParameterValue,
  name: string,
  { heap }: Frame,
): Attribute | null | undefined {
  if (isOther(parameter) || heap.parameters.perhapsSame(parameter).length > 0) return undefined;
  const of = heap.parameters.original(parameter);
  const tag = heap.attributes(of.layer.id).get(keyOf(of, name));
  if (tag !== undefined) return tag;
  return of.layer.parameters !== null && isConvention(name, heap) && !mayBeTaggedUnread(of, heap)
    ? null
    : undefined;
}

/** Whether code in sight gives parameters something under a name, and nothing under one that it computes. */
function isConvention(name: string, heap: Heap): boolean {
  const ledger = heap.attributes(LEDGER);
  return ledger.has(`${TAGGED}${name}`) && !ledger.has(TAGGED);
}

/** Whether code that is not read was handed the parameter. */
function mayBeTaggedUnread(parameter: ParameterValue, heap: Heap): boolean {
  return heap.parameters.writes(parameter)?.some(({ by }) => by === UNREAD) === true;
}

/** What splits parameters over devices makes others of them, which may not have what these were given. */
export function loseTags(parameters: readonly ParameterValue[], { heap }: Frame): void {
  for (const parameter of parameters) {
    const { layer, which } = heap.parameters.original(parameter);
    for (const [key, tag] of heap.attributes(layer.id))
      if (key.startsWith(`${which}.`)) heap.setAttribute(layer.id, key, { ...tag, perhaps: true });
  }
}

/** A tag as a value: something unknown where it may not be there. */
export function valueOfTag(tag: Attribute | null | undefined): Value {
  if (tag == null) return UNKNOWN;
  return tag.perhaps === true ? either([tag.value, UNKNOWN]) : tag.value;
}
