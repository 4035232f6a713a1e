import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { isNameFromOutside, settledText } from '../../interpret/machine/settled-text.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';

/**
 * The module that `importlib.import_module('torch.optim')` and `__import__('torch.optim', fromlist=['AdamW'])` give; undefined
 * for any other function, and where it is not known which one is named.
 */
export function importedModule(qualified: string, { args, frame }: CallSite): Value | undefined {
  const isWhole = qualified === 'importlib.import_module' && args.positional.length === 1;
  const isPart =
    qualified === 'builtins.__import__' && (args.named.has('fromlist') || args.positional.length > 1);
  if (!(isWhole || isPart)) return undefined;
  const [named = UNKNOWN] = args.positional;
  const { interpreter } = frame;
  const name = settledText(named, interpreter);
  if (name === undefined || !DOTTED.test(name)) return undefined;
  if (isNameFromOutside(named, interpreter) && !interpreter.libraries.covers(name)) return undefined;
  return { kind: 'reference', qualified: name };
}

const DOTTED = /^\w+(?:\.\w+)*$/;
