import { forgetInits } from './forget.ts';
import { type CallSite, everyArgument, type Frame } from './interpreter.ts';
import { constructLayer } from './layers.ts';
import { opaqueResult } from './tensors.ts';
import { optionsOf, UNKNOWN, type Value } from './value.ts';

/**
 * A call that leaves the file. A layer or parameter it is handed may come back changed; a whole model is taken to be
 * trained, logged or saved, unless it is still being built or the name speaks of initializing or loading.
 */
export function foreignCall(qualified: string, site: CallSite): Value {
  const { args, frame } = site;
  const values = everyArgument(args);
  if (mayInitialize(qualified, values, frame)) forgetInits(args, frame);
  const result = opaqueResult(qualified, values);
  if (result.kind === 'tensor') return result;
  // in a model a class is a part whose inside is not read
  if (!isClassName(qualified) || !frame.building) return UNKNOWN;
  return constructLayer(qualified, { family: 'other' }, site);
}

/** By convention. */
function isClassName(qualified: string): boolean {
  return /(?:^|\.)[A-Z]\w*$/.test(qualified);
}

/** Functions that are known to leave the parameters they are handed as they are. */
const LEAVES_PARAMETERS =
  /^(?:builtins\.(?!map$)\w+|mup\.set_base_shapes|torch\.nn\.utils\.(?:clip_grad\w*|parameters_to_vector))$/;

function mayInitialize(qualified: string, values: readonly Value[], { building }: Frame): boolean {
  if (LEAVES_PARAMETERS.test(qualified)) return false;
  const name = qualified.slice(qualified.lastIndexOf('.') + 1);
  if (building || /init|reset|load|pretrain|weight|param/i.test(name)) return true;
  return values
    .flatMap(optionsOf)
    .some((value) => isPart(value) || (isListOfParts(value) && !isClassName(name)));
}

/** A layer or parameter, or a function that may be called on one. */
function isPart({ kind }: Value): boolean {
  return kind === 'layer' || kind === 'parameter' || kind === 'function';
}

function isListOfParts(value: Value): boolean {
  return (
    value.kind === 'list' &&
    value.items.flatMap(optionsOf).some((item) => isPart(item) || isListOfParts(item))
  );
}
