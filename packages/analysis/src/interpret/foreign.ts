import { handOver, isClassName } from './forget.ts';
import { type CallSite, everyArgument } from './interpreter.ts';
import { constructLayer } from './layers.ts';
import { opaqueResult } from './tensors.ts';
import { UNKNOWN, type Value } from './value.ts';

/** A call that leaves the file. */
export function foreignCall(qualified: string, site: CallSite): Value {
  handOver(qualified, site);
  const result = opaqueResult(qualified, everyArgument(site.args));
  if (result.kind === 'tensor') return result;
  // in a model a class is a part whose inside is not read
  const isPart = site.frame.building && isClassName(qualified.slice(qualified.lastIndexOf('.') + 1));
  return isPart ? constructLayer(qualified, { family: 'other' }, site) : UNKNOWN;
}
