import type { ModuleProtocol } from '../../interpret/machine/interpreter-state.ts';
import type { Value } from '../../interpret/values/value.ts';
import type { LayerFamily } from '../../network/layer.ts';
import { findLayer } from './tables.ts';

const MODULE_BASES: readonly RegExp[] = [
  /^torch\.nn\.Module$/,
  /^torch\.nn\.modules\.module\.Module$/,
  /^torch\.jit\.(?:_script\.)?ScriptModule$/,
  /^(?:pytorch_lightning|lightning(?:\.pytorch)?)\.(?:core\.)?LightningModule$/,
];

const MODULE: ModuleProtocol = { forward: 'forward' };

/** How a class that inherits from this name is run; undefined where that makes it no module. */
export function moduleProtocol(qualified: string): ModuleProtocol | undefined {
  if (MODULE_BASES.some((pattern) => pattern.test(qualified))) return MODULE;
  const family = findLayer(qualified)?.family ?? (LAYER_CLASS.test(qualified) ? 'unread' : undefined);
  if (family === undefined) return undefined;
  return { ...MODULE, base: CONTAINERS.has(family) ? 'container' : 'layer' };
}

/** A class of torch.nn that is no module's part but a module. */
const LAYER_CLASS = /^torch\.nn\.(?!Parameter$|Buffer$|Uninitialized|Module$)[A-Z]\w*$/;

const CONTAINERS: ReadonlySet<LayerFamily> = new Set(['sequential', 'list', 'dict']);

/** A layer is a module, and one whose own class is known is an instance of no other class that is known. */
export function isInstance(value: Value, qualified: string): boolean | null {
  if (value.kind !== 'layer') return null;
  const { layer } = value;
  if (
    layer.qualified === qualified ||
    (moduleProtocol(qualified)?.base === undefined && moduleProtocol(qualified) !== undefined)
  )
    return true;
  if (findLayer(qualified) === undefined || findLayer(layer.qualified) === undefined) return null;
  // mup's readouts are linear layers to Python
  return layer.family === 'unread-linear' && qualified === 'torch.nn.Linear';
}
