import { foreignInit } from './assign.ts';
import { type CallSite, everyArgument, type Frame } from './interpreter.ts';
import { namedParameters } from './modules.ts';
import { optionsOf, type Value } from './value.ts';

/**
 * What a function that is not read may do to what it is handed. A layer or parameter may come back with other initial
 * values; a whole model is taken to be trained, logged or saved, unless it is still being built or the function's name
 * speaks of initializing or loading.
 */
export function handOver(to: string, site: CallSite): void {
  if (mayInitialize(to, site)) forgetInits(site);
}

/** A function of which not even the name is known may initialize all that it is handed, if it is no optimizer. */
export function handOverBlindly(site: CallSite): void {
  if (!site.args.named.has('lr')) forgetInits(site);
}

function forgetInits({ args, frame }: CallSite): void {
  for (const value of everyArgument(args).flatMap(optionsOf)) forget(value, frame);
}

/** Methods that collect what they are handed, or write it down. */
const ONLY_COLLECTS =
  /^(?:append|add(?:_\w+)?|extend|insert|setdefault|index|count|remove|discard|log\w*|info|debug|warning|save\w*)$/;

function mayInitialize(qualified: string, { args, frame }: CallSite): boolean {
  const name = qualified.slice(qualified.lastIndexOf('.') + 1);
  if (ONLY_COLLECTS.test(name) || args.named.has('lr')) return false;
  if (frame.building || /init|reset|load|pretrain|weight|param/i.test(name)) return true;
  return everyArgument(args)
    .flatMap(optionsOf)
    .some((value) => isPart(value) || (isListOfParts(value) && !isClassName(name)));
}

/** By convention. */
export function isClassName(name: string): boolean {
  return /^[A-Z]/.test(name);
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

/** Leaves the parameters in a value unknown. */
export function forget(value: Value, frame: Frame): void {
  if (value.kind === 'parameter') {
    frame.heap.write(value, foreignInit(value.layer.span), true);
  } else if (value.kind === 'list') {
    for (const item of value.items.flatMap(optionsOf)) forget(item, frame);
  } else if (value.kind === 'layer' || value.kind === 'object') {
    for (const { parameter } of namedParameters(value, frame)) {
      frame.heap.write(parameter, foreignInit(parameter.layer.span), true);
    }
  }
}
