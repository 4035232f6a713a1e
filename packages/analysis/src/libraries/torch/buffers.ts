import { setAttribute } from '../../interpret/language/assign.ts';
import type { AttributeChange, Frame } from '../../interpret/machine/interpreter.ts';
import { idOf, type ModuleValue, namedModules } from '../../interpret/modules/modules.ts';
import type { Place } from '../../interpret/modules/tensors.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';

/** A buffer with the path that PyTorch gives it. */
export interface NamedBuffer {
  readonly path: string;
  readonly value: Value;
}

interface OwnBuffer extends NamedBuffer {
  readonly module: ModuleValue;
  readonly name: string;
}

/** Makes an attribute of a module a buffer. */
export function setBuffer(module: ModuleValue, change: AttributeChange, frame: Frame): void {
  setAttribute(module, change, frame);
  const id = idOf(module);
  const made = frame.heap.attributes(id).get(change.name) ?? { value: change.value, span: change.span };
  frame.heap.setAttribute(id, change.name, { ...made, isBuffer: true });
}

/** The buffers of a module and of all that is in it; a tensor that is no parameter is taken for one, too. */
export function buffersIn(root: ModuleValue, frame: Frame): readonly NamedBuffer[] {
  return ownBuffers(root, frame);
}

function ownBuffers(root: ModuleValue, frame: Frame): readonly OwnBuffer[] {
  return namedModules(root, frame).flatMap(({ path, value: module }) =>
    [...frame.heap.attributes(idOf(module))].flatMap(([name, { value, isBuffer }]) =>
      isBuffer === true || value.kind === 'tensor'
        ? [{ path: path === '' ? name : `${path}.${name}`, value, module, name }]
        : [],
    ),
  );
}

/** Leaves unknown what the buffers of a module and of all that is in it hold. */
export function leaveBuffersUnread(root: ModuleValue, { frame, span }: Place): void {
  for (const { module, name } of ownBuffers(root, frame))
    frame.heap.setAttribute(idOf(module), name, { value: UNKNOWN, span, isBuffer: true });
}
