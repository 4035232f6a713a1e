import { hidesName } from '../../network/hidden-name.ts';
import type { Layer } from '../../network/layer.ts';
import { MODULE_ATTRIBUTES } from '../../network/module-attributes.ts';
import type { AttributeChange, Frame } from '../machine/interpreter.ts';
import { type Heap, LEDGER } from '../values/heap.ts';
import { UNREAD } from '../values/parameter-state.ts';
import { UNKNOWN, type Value } from '../values/value.ts';

const FLAGGED = 'flag ';
/** Of what may be a layer, and which is not known. */
const PERHAPS_FLAGGED = 'flag? ';

/** `self.head.SKIP_INIT = True`: what starts the weights may ask each layer for it. */
export function noteFlag(owner: Value, { name, span }: AttributeChange, { heap }: Frame): void {
  const isKnown = owner.kind === 'layer' && !hidesName(name);
  if (!isKnown && owner.kind !== 'layer' && owner.kind !== 'unknown' && owner.kind !== 'opaque') return;
  const key = isKnown ? `${FLAGGED}${name}` : `${PERHAPS_FLAGGED}${hidesName(name) ? '' : name}`;
  if (!heap.attributes(LEDGER).has(key)) heap.setAttribute(LEDGER, key, { value: UNKNOWN, span });
}

/** Whether code in sight gives other layers something under a name, and this one surely not. */
export function lacksFlag(layer: Layer, name: string, { heap, interpreter }: Frame): boolean {
  if (!layer.qualified.startsWith('torch.nn.') || layer.parameters === null) return false;
  if (MODULE_ATTRIBUTES.has(name) || heap.attributes(layer.id).has('__class__')) return false;
  if ([...interpreter.patched].some((one) => one.endsWith(`.${name}`))) return false;
  const ledger = heap.attributes(LEDGER);
  if (!ledger.has(`${FLAGGED}${name}`)) return false;
  return (
    !ledger.has(PERHAPS_FLAGGED) && !ledger.has(`${PERHAPS_FLAGGED}${name}`) && !wasHandedOut(layer, heap)
  );
}

/** Whether code that is not read was handed the layer, which may have given it anything. */
function wasHandedOut(layer: Layer, heap: Heap): boolean {
  return layer.parameters?.some(({ name: which }) => isUnread(layer, which, heap)) === true;
}

function isUnread(layer: Layer, which: string, heap: Heap): boolean {
  const writes = heap.parameters.writes({ kind: 'parameter', layer, which });
  return writes?.some(({ by }) => by === UNREAD) === true;
}
