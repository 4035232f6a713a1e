import { withPreset } from '../../interpret/language/asked-settings.ts';
import { attributeOf } from '../../interpret/language/attributes.ts';
import { namedOptimizer } from '../../interpret/language/chosen-optimizers.ts';
import { madeIn } from '../../interpret/language/module-names.ts';
import { sampleOf } from '../../interpret/language/samples.ts';
import { findMethod, inheritsUnread, isLeftToHeirs } from '../../interpret/machine/classes.ts';
import { mayBeComposed } from '../../interpret/machine/composed-names.ts';
import type { Frame } from '../../interpret/machine/interpreter.ts';
import { isNameFromOutside, settledText } from '../../interpret/machine/settled-text.ts';
import { lacksFlag } from '../../interpret/modules/layer-flags.ts';
import { idOf, namedChildren } from '../../interpret/modules/modules.ts';
import { tagOf } from '../../interpret/modules/parameter-tags.ts';
import type { Attribute } from '../../interpret/values/attribute-state.ts';
import { anyOf, eachOption, either } from '../../interpret/values/either.ts';
import { truthValue } from '../../interpret/values/truth.ts';
import { type OpaqueValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { hasWeight, type Layer, type ParameterValue } from '../../network/layer.ts';

/** `hasattr(value, name)`. */
export function hasAttribute(value: Value, name: string, frame: Frame): Value {
  const own = ownAttribute(value, name, frame);
  if (own !== undefined) return own.perhaps === true ? UNKNOWN : truthValue(true);
  if (value.kind === 'parameter') return hasTag(value, name, frame);
  if (value.kind === 'object' && findMethod(frame.interpreter, value.definition, name) !== undefined)
    return truthValue(true);
  if (value.kind === 'layer' && lacksFlag(value.layer, name, frame)) return truthValue(false);
  const layer = layerIn(value, frame);
  if (layer === undefined || (name !== 'weight' && name !== 'bias')) return UNKNOWN;
  return truthValue(hasWeight(layer));
}

/** The layer that a value is, also where its class is the project's own and inherits from a layer's. */
function layerIn(value: Value, { interpreter }: Frame): Layer | undefined {
  if (value.kind === 'layer') return value.layer;
  return value.kind === 'object' ? interpreter.baseLayers.get(value.id) : undefined;
}

/** Whether a parameter has something that code gives parameters, or that all of them have. */
function hasTag(parameter: ParameterValue, name: string, frame: Frame): Value {
  const tag = tagOf(parameter, name, frame);
  return truthValue(tag === undefined || tag?.perhaps === true ? null : tag !== null);
}

/** `getattr(object, name, fallback)`: what is not surely there may be the fallback instead. */
export function getAttribute(
  object: Value,
  { name, fallback }: { readonly name: Value; readonly fallback: Value | undefined },
  frame: Frame,
): Value {
  if (name.kind === 'either' && name.options.every((one) => one.kind === 'text'))
    return eachOption(name, (one) => getAttribute(object, { name: one, fallback }, frame));
  const characters = nameMeant(name, object, frame);
  if (characters === undefined) {
    const made =
      object.kind === 'reference'
        ? (madeIn(object, name, frame) ?? namedOptimizer(object, name, frame))
        : undefined;
    return made ?? composedAttribute(object, name, frame) ?? someAttribute(object, frame);
  }
  return eachOption(object, (one) => {
    const value = attributeOf(one, characters, frame);
    if (fallback === undefined || isThere(one, characters, frame)) return value;
    if (isMissing(one, characters, frame)) return fallback;
    if (one.kind === 'opaque') return withPreset(value, fallback, frame);
    return value.kind === 'unknown' &&
      one.kind === 'object' &&
      !inheritsUnread(frame.interpreter, one.definition) &&
      !isLeftToHeirs(one, characters, frame)
      ? fallback
      : either([value, fallback]);
  });
}

/** What a setting names is looked up as the code has it unless it is given another. */
function nameMeant(name: Value, of: Value, { interpreter }: Frame): string | undefined {
  const isOfLibrary = of.kind === 'reference' && interpreter.libraries.covers(of.qualified);
  return isOfLibrary || !isNameFromOutside(name, interpreter) ? settledText(name, interpreter) : undefined;
}

/** Whether something surely has an attribute. */
function isThere(object: Value, name: string, frame: Frame): boolean {
  if (object.kind === 'opaque') return hasField(object, name, frame) === true;
  if (object.kind === 'parameter') {
    const tag = tagOf(object, name, frame);
    return tag != null && tag.perhaps !== true;
  }
  const own = ownAttribute(object, name, frame);
  if (own !== undefined && own.perhaps !== true) return true;
  return object.kind === 'object' && findMethod(frame.interpreter, object.definition, name) !== undefined;
}

/** What code has given an object or layer under a name. */
function ownAttribute(value: Value, name: string, { heap }: Frame): Attribute | undefined {
  if (value.kind !== 'object' && value.kind !== 'layer') return undefined;
  return heap.attributes(idOf(value)).get(name);
}

/** Whether a configuration has no such field, by all that is read of its class, or a parameter or layer was not given it. */
function isMissing(object: Value, name: string, frame: Frame): boolean {
  if (object.kind === 'parameter') return tagOf(object, name, frame) === null;
  if (object.kind === 'layer')
    return ownAttribute(object, name, frame) === undefined && lacksFlag(object.layer, name, frame);
  return object.kind === 'opaque' && hasField(object, name, frame) === false;
}

/** Whether the class of a configuration has a field; null where not all of that class is read. */
function hasField({ symbol }: OpaqueValue, name: string, frame: Frame): boolean | null {
  const { interpreter } = frame;
  const definition = interpreter.annotated.get(symbol);
  const sample = definition && sampleOf(definition, frame);
  if (!(definition && sample)) return null;
  if (isThere(sample.object, name, frame.with({ heap: sample.heap }))) return true;
  return inheritsUnread(interpreter, definition) ? null : false;
}

/** Any of the attributes whose name may be one that the code puts together: `getattr(self, f'layer{i}')`; undefined where none is. */
function composedAttribute(object: Value, name: Value, { heap }: Frame): Value | undefined {
  if (object.kind !== 'object' || name.kind !== 'unknown' || name.composed === undefined) return undefined;
  const { composed } = name;
  const found = [...heap.attributes(object.id)].flatMap(([own, { value }]) =>
    mayBeComposed(own, composed) ? [value] : [],
  );
  return found.length === 0 ? undefined : anyOf(found);
}

/** Any of the modules right below; a name that is not known may be that of something else, too. */
function someAttribute(object: Value, frame: Frame): Value {
  if (object.kind !== 'object' && object.kind !== 'layer') return UNKNOWN;
  return anyOf([...namedChildren(object, frame).map(({ value }) => value), UNKNOWN]);
}
