import { literal } from '../../growth/quantity.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { NONE, number, type Value } from '../../interpret/values/value.ts';

const ENVIRONMENT = 'os.environ';

const ASKED: ReadonlySet<string> = new Set(['os.getenv', `${ENVIRONMENT}.get`]);

/** What a mapping has that is none of its entries. */
const METHODS: ReadonlySet<string> = new Set(
  'get items keys values copy pop popitem setdefault update clear'.split(' '),
);

/** `os.environ.get('WIDTH', 512)`: a setting of a script, as an argument of its command line is. */
export function environmentCall(qualified: string, { args, frame }: CallSite): Value | undefined {
  if (!ASKED.has(qualified) || args.open) return undefined;
  const key = argument(args, { name: 'key', index: 0 });
  return key?.kind === 'text'
    ? setting(key.text, argument(args, { name: 'default', index: 1 }) ?? NONE, frame)
    : undefined;
}

/** `os.environ['WIDTH']`. */
export function environmentEntry(owner: Value, name: string, frame: Frame): Value | undefined {
  const isEntry = owner.kind === 'reference' && owner.qualified === ENVIRONMENT && !METHODS.has(name);
  return isEntry ? setting(name, null, frame) : undefined;
}

function setting(name: string, fallback: Value | null, { interpreter: { symbols } }: Frame): Value {
  const symbol = symbols.of(symbols.of(null, ENVIRONMENT), name);
  return { kind: 'opaque', symbol, fallback: fallback && asNumber(fallback) };
}

/** The default of a variable is a text, which the code makes a number of. */
function asNumber(fallback: Value): Value | null {
  if (fallback.kind !== 'text' || !/\d/.test(fallback.text)) return fallback;
  return /^\d{1,9}$/.test(fallback.text) ? number(literal(Number(fallback.text))) : null;
}
