import { replace } from '../../interpret/machine/frames.ts';
import { type CallSite, type Frame, positional } from '../../interpret/machine/interpreter.ts';
import { notFollowed } from '../../interpret/modules/unread.ts';
import {
  dict,
  eachOption,
  NONE,
  number,
  optionsOf,
  UNKNOWN,
  type Value,
} from '../../interpret/values/value.ts';

/** What code that is run as a text does not set in practice: it overrides settings. */
const STAYS: ReadonlySet<Value['kind']> = new Set([
  'reference',
  'function',
  'class',
  'partial',
  'object',
  'layer',
  'parameter',
  'parent',
  'tensor',
  'optimizer',
  'opaque',
]);

/**
 * `exec(text)`, whose text is not read: what the module's settings hold afterwards is not known. In a function it sets
 * no name that the function sees, and with a dict of its own it sets those of the dict.
 */
export function executedCode(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  if (qualified !== 'builtins.exec') return undefined;
  const [code, names] = args.positional;
  if (code?.kind === 'text') handOverNamed(code.text, { args, frame, span });
  if (names === undefined && !isTopLevel(frame)) return NONE;
  const own = names === undefined ? [] : optionsOf(names).filter(({ kind }) => kind === 'dict');
  if (own.length > 0) {
    for (const one of own) replace(one, unsettledDict(one), frame);
    return NONE;
  }
  const known = isTopLevel(frame) ? frame.locals : frame.module.globals;
  frame.interpreter.budget.spend(known.size);
  for (const [name, value] of [...known]) {
    const after = eachOption(value, (option) => unsettled(name, option, frame));
    if (after === value) continue;
    if (isTopLevel(frame)) frame.bind(name, after);
    else known.set(name, after);
  }
  return NONE;
}

/** Code whose text is known may do anything to what it names. */
function handOverNamed(text: string, { frame, span }: CallSite): void {
  const words = new Set(text.match(/[A-Za-z_]\w*/g) ?? []);
  frame.interpreter.budget.spend(words.size);
  const named = [...words].flatMap((word) => frame.locals.get(word) ?? []);
  notFollowed('exec', { args: positional(...named), frame, span });
}

function unsettledDict(value: Value): Value {
  if (value.kind !== 'dict') return value;
  return dict(new Map([...value.entries.keys()].map((key) => [key, UNKNOWN])), true);
}

function isTopLevel({ scope, module, stack }: Frame): boolean {
  return stack.length === 0 && scope === module.symbol;
}

/** What a name stands for that may have been set to something else of its kind. */
function unsettled(name: string, value: Value, { interpreter: { symbols }, module }: Frame): Value {
  if (STAYS.has(value.kind) || name === '__name__') return value;
  const symbol = symbols.of(module.symbol, name);
  return value.kind === 'number'
    ? number({ op: 'symbol', symbol, value: null })
    : { kind: 'unknown', symbol };
}
