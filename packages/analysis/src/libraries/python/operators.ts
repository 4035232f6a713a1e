import { productName } from '../../growth/symbol.ts';
import { combined } from '../../interpret/language/combined.ts';
import { positional } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { fieldOf } from '../../interpret/machine/names.ts';
import { list } from '../../interpret/values/containers.ts';
import { productOf } from '../../interpret/values/product-of.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';

/** Functions that are an operator, by their qualified names. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['operator.add', '+'],
  ['operator.sub', '-'],
  ['operator.mul', '*'],
  ['operator.truediv', '/'],
  ['operator.floordiv', '//'],
  ['operator.mod', '%'],
  ['operator.pow', '**'],
  ['operator.matmul', '@'],
  ['operator.lshift', '<<'],
  ['operator.rshift', '>>'],
  ['numpy.add', '+'],
  ['numpy.subtract', '-'],
  ['numpy.multiply', '*'],
  ['numpy.divide', '/'],
  ['numpy.true_divide', '/'],
  ['numpy.floor_divide', '//'],
  ['fractions.Fraction', '/'],
]);

/** What a function gives that does what operators do; undefined for any other. */
export function operatorCall(qualified: string, site: CallSite): Value | undefined {
  const [first, second] = site.args.positional;
  if (first === undefined) return undefined;
  const operator = OPERATORS.get(qualified);
  if (operator !== undefined)
    return second && isGiven(site, 2) ? combined(operator, [first, second], site) : undefined;
  switch (qualified) {
    case 'math.prod':
    case 'numpy.prod':
      return isGiven(site, 1, BEGINS) ? productOfAll(first, site) : undefined;
    case 'functools.reduce':
      return reduced(site);
    case 'builtins.divmod':
      return (
        second &&
        list(
          ['//', '%'].map((one) => combined(one, [first, second], site)),
          false,
          true,
        )
      );
    default:
      return undefined;
  }
}

/** What names have the number that a product begins with. */
const BEGINS: readonly string[] = ['start', 'initial'];

/** Whether a call is given so much and no more, such as where to write, but for these names. */
function isGiven({ args }: CallSite, most: number, names: readonly string[] = []): boolean {
  const { positional, named, open } = args;
  return !open && positional.length <= most && [...named.keys()].every((name) => names.includes(name));
}

/** The product of a list's items; of a list from outside it is a number with a name of its own. */
function productOfAll(value: Value, { args, frame }: CallSite): Value | undefined {
  const begins = [...args.named.values()];
  if (value.kind === 'opaque' && value.fallback === null)
    return productOf([...begins, fieldOf(value.symbol, productName(value.symbol), frame)]);
  return value.kind === 'list' && !value.open ? productOf([...begins, ...value.items]) : undefined;
}

/** `functools.reduce(function, items)`, with what it begins with or without. */
function reduced({ args, frame, span }: CallSite): Value | undefined {
  const [callee = UNKNOWN, over, first] = args.positional;
  if (over?.kind !== 'list' || over.open) return undefined;
  const items = first === undefined ? over.items : [first, ...over.items];
  if (items.length === 0) return undefined;
  return items.reduce((made, item) => frame.call(callee, positional(made, item), span));
}
