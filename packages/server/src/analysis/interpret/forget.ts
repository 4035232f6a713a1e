import { foreignInit } from './assign.ts';
import { type Arguments, everyArgument, type Frame } from './interpreter.ts';
import { namedParameters } from './modules.ts';
import { optionsOf, type Value } from './value.ts';

/** A function that is not read may initialize the layers and parameters it is handed: then nothing is known of them. */
export function forgetInits(args: Arguments, frame: Frame): void {
  for (const value of everyArgument(args).flatMap(optionsOf)) forget(value, frame);
}

/** Leaves the parameters in a value unknown. */
export function forget(value: Value, frame: Frame): void {
  if (value.kind === 'parameter') {
    frame.heap.write(value, foreignInit(value.layer.span), true);
  } else if (value.kind === 'list') {
    for (const item of value.items) forget(item, frame);
  } else if (value.kind === 'layer' || value.kind === 'object') {
    for (const { parameter } of namedParameters(value, frame)) {
      frame.heap.write(parameter, foreignInit(parameter.layer.span), true);
    }
  }
}
