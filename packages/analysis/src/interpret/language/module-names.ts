import type { Frame } from '../machine/interpreter.ts';
import { textMeant } from '../machine/switches.ts';
import type { Value } from '../values/value.ts';
import { attributeOf } from './attributes.ts';

const NAMES = '.__dict__';

/** `models.__dict__[name]`: what a module of the project has under a name; undefined for another container. */
export function itemOfModule(container: Value, name: Value | null, frame: Frame): Value | undefined {
  if (name === null || container.kind !== 'reference' || !container.qualified.endsWith(NAMES))
    return undefined;
  return madeIn({ kind: 'reference', qualified: container.qualified.slice(0, -NAMES.length) }, name, frame);
}

const MADE: ReadonlySet<Value['kind']> = new Set(['function', 'class']);

/**
 * The function or class that a module of the project has under a name, or under the one that a setting is left at unless the
 * script is given another.
 */
export function madeIn(module: Value, name: Value, frame: Frame): Value | undefined {
  const meant = textMeant(name, frame.interpreter);
  const made = meant === undefined ? undefined : attributeOf(module, meant, frame);
  return made !== undefined && MADE.has(made.kind) ? made : undefined;
}
