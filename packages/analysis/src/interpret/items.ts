import { itemName } from '../growth/symbol.ts';
import type { Layer } from '../network/layer.ts';
import type { Frame } from './interpreter.ts';
import { itemsIn, iterated, layerOf } from './modules.ts';
import { fieldOf } from './names.ts';
import { exactInteger } from './numbers.ts';
import { groupItem } from './parameter-groups.ts';
import { anyOf, type DictValue, either, list, perhapsAbsent, UNKNOWN, type Value } from './value.ts';

/** `container[index]`; the index of a slice is null. */
export function itemOf(container: Value, index: Value | null, frame: Frame): Value {
  if (container.kind === 'tensor') return container;
  if (container.kind === 'parameter') return { ...container, part: true };
  if (index === null) return slice(container, frame);
  const at = exactInteger(index);
  switch (container.kind) {
    case 'list':
      return (
        (container.open || at === undefined ? undefined : container.items.at(at)) ?? either(container.items)
      );
    case 'dict':
      return entryOf(container, index);
    case 'group':
      return groupItem(container, index);
    case 'layer':
    case 'object':
      return containedItem(layerOf(container, frame), index, frame);
    case 'opaque':
      if (index.kind === 'text') return fieldOf(container.symbol, index.text, frame);
      return at === undefined ? UNKNOWN : fieldOf(container.symbol, itemName(container.symbol, at), frame);
    default:
      return UNKNOWN;
  }
}

/** An entry of a dict; any of them where the key is not known. */
function entryOf({ entries, open }: DictValue, key: Value): Value {
  if (key.kind === 'text') return entries.get(key.text) ?? UNKNOWN;
  return anyOf([...entries.values(), ...(open || entries.size === 0 ? [UNKNOWN] : [])]);
}

/** An item of a container of layers; any of them where the index is not known. */
function containedItem(container: Layer | undefined, index: Value, frame: Frame): Value {
  if (container === undefined) return UNKNOWN;
  const items = itemsIn(container, frame);
  const at = exactInteger(index);
  const place = at !== undefined && at < 0 ? items.length + at : at;
  const key = index.kind === 'text' ? index.text : String(place);
  const found = items.find(([name]) => name === key)?.[1].value;
  return found ?? either(items.map(([, item]) => item.value));
}

/** Some of a container's items. */
function slice(container: Value, frame: Frame): Value {
  const whole = iterated(container, frame);
  return whole.kind === 'list' ? list(whole.items.map(perhapsAbsent), true) : UNKNOWN;
}
