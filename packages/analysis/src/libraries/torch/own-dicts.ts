import type { Frame } from '../../interpret/machine/interpreter.ts';
import { type ModuleValue, namedChildren, namedParameters } from '../../interpret/modules/modules.ts';
import { dict } from '../../interpret/values/containers.ts';
import type { DictValue, ObjectValue, Value } from '../../interpret/values/value.ts';
import { buffersIn } from './buffers.ts';

/** What a module keeps its own children, parameters or buffers in; undefined for any other name. */
export function ownDict(owner: ModuleValue, name: string, frame: Frame): Value | undefined {
  if (name === '_parameters') return parametersOf(owner, frame);
  if (owner.kind !== 'object') return undefined;
  if (name === '_modules') return childrenOf(owner, frame);
  return name === '_buffers' ? ownBuffersOf(owner, frame) : undefined;
}

/** The dict that a module keeps its children in. */
function childrenOf(object: ObjectValue, frame: Frame): Value {
  const children = namedChildren(object, frame).map(({ path, value }) => [path, value] as const);
  return { ...dict(new Map(children), true), isOfParts: true };
}

/** The dict that a module keeps its own buffers in. */
function ownBuffersOf(object: ObjectValue, frame: Frame): Value {
  const own = buffersIn(object, frame).filter(({ path }) => !path.includes('.'));
  return dict(new Map(own.map(({ path, value }) => [path, value])), true);
}

/** The dict that a module keeps its own parameters in. */
export function parametersOf(module: ModuleValue, frame: Frame): DictValue {
  const own = namedParameters(module, frame).filter(({ path }) => !path.includes('.'));
  return dict(new Map(own.map(({ path, parameter }) => [path, parameter])), true);
}
