import { everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import { COMPUTED, unknownFrom } from '../../interpret/machine/swallowed.ts';
import { exhaust } from '../../interpret/modules/modules.ts';
import { opaqueResult } from '../../interpret/modules/tensors.ts';
import { applyNumeric, type NumericFunction } from '../../interpret/values/numbers.ts';
import { partial } from '../../interpret/values/partial.ts';
import { number, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { arrayCall } from './arrays.ts';
import { isBuiltinInstance } from './builtin-types.ts';
import { builtinCall, effectCall } from './builtins.ts';
import { environmentCall, environmentEntry } from './environment.ts';
import { executedCode } from './executed-code.ts';
import { importedModule } from './imported-names.ts';
import { iteratorCall } from './iterators.ts';
import { loadedSettings, SETTINGS_ROOTS } from './loaded-settings.ts';
import { NUMERIC_CONSTANTS, NUMERIC_FUNCTIONS } from './math.ts';
import { membershipCall, membershipMethod } from './membership.ts';
import { NAMESPACE_ROOTS, namedTupleCall, namespaceCall } from './namespaces.ts';
import { operatorCall } from './operators.ts';

/** What comes with Python, and NumPy's numbers. */
export const python: Library = {
  roots: [
    'builtins',
    'math',
    'cmath',
    'numpy',
    'copy',
    'collections',
    'dataclasses',
    'itertools',
    'functools',
    'importlib',
    'operator',
    'fractions',
    're',
    'os',
    ...NAMESPACE_ROOTS,
    ...SETTINGS_ROOTS,
  ],
  call(qualified, site) {
    const made = called(qualified, site);
    if (EXHAUSTS.has(qualified)) for (const given of site.args.positional) exhaust(given, site.frame);
    return made;
  },
  isInstance: isBuiltinInstance,
  method: membershipMethod,
  attribute: environmentEntry,
  constant(qualified) {
    const quantity = NUMERIC_CONSTANTS.get(qualified);
    if (quantity !== undefined) return number(quantity);
    return BUILTINS.has(qualified) ? { kind: 'reference', qualified } : undefined;
  },
};

function called(qualified: string, site: CallSite): Value | undefined {
  return (
    numericCall(qualified, site) ??
    operatorCall(qualified, site) ??
    arrayCall(qualified, site) ??
    partialOf(qualified, site) ??
    loadedSettings(qualified, site) ??
    namespaceCall(qualified, site) ??
    namedTupleCall(qualified, site) ??
    membershipCall(qualified, site) ??
    effectCall(qualified, site) ??
    iteratorCall(qualified, site) ??
    environmentCall(qualified, site) ??
    executedCode(qualified, site) ??
    importedModule(qualified, site) ??
    builtinCall(qualified, site) ??
    computedCall(qualified, site) ??
    harmless(qualified, site)
  );
}

/** Functions that go through what they are given at once, or as far as somebody wants. */
const EXHAUSTS: ReadonlySet<string> = new Set(
  'list tuple sorted set frozenset sum any all max min dict'.split(' ').map((name) => `builtins.${name}`),
);

/** The names that need no import. */
const BUILTINS: ReadonlySet<string> = new Set(
  'int float bool round abs max min divmod len range enumerate zip isinstance issubclass callable hasattr getattr setattr delattr list tuple reversed sorted print super pow sum dict str type id iter next any all map filter bool set frozenset exec eval open object vars locals __import__'
    .split(' ')
    .map((name) => `builtins.${name}`),
);

const BINDS: ReadonlySet<string> = new Set(['functools.partial', 'types.MethodType']);

function partialOf(qualified: string, { args, span }: CallSite): Value | undefined {
  const [callee, ...positional] = args.positional;
  if (callee === undefined || !BINDS.has(qualified)) return undefined;
  const { named, open, optional } = args;
  return partial(callee, { positional, named, open, ...(optional !== undefined && { optional }), at: span });
}

function numericCall(qualified: string, { args }: CallSite): Value | undefined {
  const does = NUMERIC_FUNCTIONS.get(qualified);
  // Which is the least by another measure is not known.
  if (args.named.has('key')) return undefined;
  if (does !== undefined)
    return givenMore(qualified, args) ? undefined : applyNumeric(does, numbersIn(does, args));
  const ofItems = OF_ITEMS.get(qualified);
  const [items, ...more] = args.positional;
  if (ofItems === undefined || items?.kind !== 'list' || items.open || more.length > 0) return undefined;
  return args.open || args.named.size > 0 ? undefined : applyNumeric(ofItems, items.items);
}

/** `math.pow(n, -0.5)` of an n that is not read is computed of it, as `n ** -0.5` is. */
function computedCall(qualified: string, { args }: CallSite): Value | undefined {
  const isOfNumbers = NUMERIC_FUNCTIONS.has(qualified) && qualified.startsWith('math.');
  return isOfNumbers && args.positional.some(({ kind }) => kind === 'unknown') ? COMPUTED : undefined;
}

/** `min([a, b])` is `min(a, b)`. */
function numbersIn(does: NumericFunction, { positional, named }: CallSite['args']): readonly Value[] {
  const [only] = positional;
  const isOfList = (does === 'maximum' || does === 'minimum') && positional.length === 1 && named.size === 0;
  return isOfList && only?.kind === 'list' && !only.open ? only.items : positional;
}

/** The same of all items of an array. */
const OF_ITEMS: ReadonlyMap<string, NumericFunction> = new Map([
  ['numpy.min', 'minimum'],
  ['numpy.amin', 'minimum'],
  ['numpy.max', 'maximum'],
  ['numpy.amax', 'maximum'],
]);

/** NumPy's functions take after their numbers where to write, and where not: `np.log(x, out)` has no base. */
function givenMore(qualified: string, { positional, named, open }: CallSite['args']): boolean {
  if (!qualified.startsWith('numpy.')) return false;
  return (
    open || named.has('out') || named.has('where') || positional.length > (OF_TWO.test(qualified) ? 2 : 1)
  );
}

const OF_TWO = /^numpy\.(?:power|float_power|maximum|minimum)$/;

/** What is built in leaves the parameters it is handed as they are; only `map` calls what it is handed. */
function harmless(qualified: string, site: CallSite): Value | undefined {
  const { args } = site;
  if (!qualified.startsWith('builtins.') || qualified === 'builtins.map') return undefined;
  const made = opaqueResult(qualified, everyArgument(args), site);
  return made === UNKNOWN ? unknownFrom(everyArgument(args), site.frame.interpreter) : made;
}
