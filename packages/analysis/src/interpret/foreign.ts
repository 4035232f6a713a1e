import type { LayerFamily } from '../network/layer.ts';
import { handOver, isClassName } from './forget.ts';
import { type CallSite, everyArgument } from './interpreter.ts';
import { constructLayer } from './layers.ts';
import { opaqueResult } from './tensors.ts';
import { UNKNOWN, type Value } from './value.ts';

/** A call that leaves the file; in a model a class is a part, of this family. */
export function foreignCall(qualified: string, site: CallSite, family: LayerFamily = 'other'): Value {
  handOver(qualified, site);
  const result = opaqueResult(qualified, everyArgument(site.args));
  if (result.kind === 'tensor') return result;
  const isPart = site.frame.building && isClassName(qualified.slice(qualified.lastIndexOf('.') + 1));
  return isPart ? constructLayer(qualified, { family }, site) : UNKNOWN;
}
