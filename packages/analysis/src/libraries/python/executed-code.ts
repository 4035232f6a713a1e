import { replace } from '../../interpret/machine/frames.ts';
import { positional } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { nameIn } from '../../interpret/machine/name-in.ts';
import { leftToUnread } from '../../interpret/modules/unread.ts';
import { dict } from '../../interpret/values/containers.ts';
import { eachOption, optionsOf } from '../../interpret/values/either.ts';
import { NONE, number, UNKNOWN, type Value } from '../../interpret/values/value.ts';

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
export function executedCode(qualified: string, site: CallSite): Value | undefined {
  if (!RUNS.has(qualified)) return openedCode(qualified, site);
  handOverSeen(site);
  return qualified === 'builtins.exec' ? executed(site) : undefined;
}

const RUNS: ReadonlySet<string> = new Set(['builtins.exec', 'builtins.eval']);

const OPENED = 'builtins.open ';
const READ = '.read';

/** A file of code that is opened, and its text: the file's name goes with them. */
function openedCode(qualified: string, { args }: CallSite): Value | undefined {
  const [path] = args.positional;
  if (qualified === 'builtins.open' && path?.kind === 'text' && path.text.endsWith('.py'))
    return { kind: 'reference', qualified: `${OPENED}${path.text.slice(0, -'.py'.length)}` };
  const isRead = qualified.startsWith(OPENED) && qualified.endsWith(READ);
  return isRead ? { kind: 'reference', qualified } : undefined;
}

/** The module that a file is whose text is run; null for any other text. */
function moduleOf(code: Value | undefined): string | null {
  if (code?.kind !== 'reference' || !code.qualified.startsWith(OPENED)) return null;
  return code.qualified.slice(OPENED.length, -READ.length).replace(/^\.\//, '').replaceAll('/', '.');
}

function executed({ args, frame }: CallSite): Value {
  const names = args.positional[1];
  if (names === undefined && !isTopLevel(frame)) return NONE;
  const own = names === undefined ? [] : optionsOf(names).filter(({ kind }) => kind === 'dict');
  if (own.length > 0) {
    for (const one of own) replace(one, unsettledDict(one), frame);
    return NONE;
  }
  const known = isTopLevel(frame) ? frame.locals : frame.module.globals;
  const { budget, imports } = frame.interpreter;
  budget.spend(known.size);
  const file = moduleOf(args.positional[0]);
  const isSetBy = (name: string) => {
    const set = file === null ? undefined : imports?.resolved(`${file}.${name}`, frame.module);
    return set !== undefined && set.kind !== 'reference';
  };
  for (const [name, value] of [...known]) {
    const after = isSetBy(name) ? UNKNOWN : eachOption(value, (option) => unsettled(name, option, frame));
    if (after === value) continue;
    if (isTopLevel(frame)) frame.bind(name, after);
    else known.set(name, after);
  }
  return NONE;
}

/** Code that is run as a text may do anything to what it names; where the text is not known, to all that it sees. */
function handOverSeen({ args, frame, span }: CallSite): void {
  const [code] = args.positional;
  const { interpreter, locals, module } = frame;
  const names =
    code?.kind === 'text' ? namesIn(code.text) : new Set([...locals.keys(), ...module.globals.keys()]);
  interpreter.budget.spend(names.size);
  const seen = [...names].flatMap((name) => locals.get(name) ?? nameIn(module, name, interpreter) ?? []);
  leftToUnread('exec', { args: positional(...seen), frame, span });
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{ID_Start}_]\p{ID_Continue}*/gu) ?? []);
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
