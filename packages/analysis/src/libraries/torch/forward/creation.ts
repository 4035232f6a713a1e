import { quotientOf } from '../../../growth/product.ts';
import { exactValue, literal, pair, type Quantity, UNKNOWN_QUANTITY } from '../../../growth/quantity.ts';
import type { CallSite } from '../../../interpret/machine/interpreter.ts';
import { tensorIn } from '../../../interpret/modules/tensors.ts';
import { isNumeric, quantityOf } from '../../../interpret/values/numbers.ts';
import { UNKNOWN } from '../../../interpret/values/value.ts';
import { noteCount, noteRange } from '../../../network/counted.ts';
import { ONES } from '../../../network/data.ts';
import { type Density, EVERYWHERE, FEW, noteDensity } from '../../../network/density.ts';
import type { Tensor } from '../../../network/graph.ts';
import { closed } from '../../../network/shape.ts';
import { input, scale, shapeOf } from '../../../network/tensor.ts';
import { lengthsIn } from './operation.ts';

/** Functions that make a tensor of given lengths of nothing that is trained. */
const OF_LENGTHS: ReadonlySet<string> = new Set([
  'zeros',
  'ones',
  'empty',
  'rand',
  'randn',
  'full',
  'eye',
  'randint',
]);
/** Classes that make one of the lengths that they are given, where these are no values. */
const OF_TYPE = /^(?:BFloat16|Double|Float|Half)?Tensor$/;
const LIKE = /^(?:(zeros|ones|empty|rand|randn|full|randint|bernoulli)_like|new_(zeros|ones|empty|full))$/;

/** A tensor that code makes on the spot: data; undefined for what is no such function. */
export function created(name: string, site: CallSite): Tensor | undefined {
  const { args, span } = site;
  if (LIKE.test(name)) return likeAnother(name, site);
  if (name === 'new_tensor') return numberLike(site);
  if (name === 'arange' || name === 'linspace') {
    const length = lengthOfRange(name, site);
    const made = noteCount(input(closed([length]), span), endOf(name, site));
    return name === 'arange' && isCounting(site) ? noteRange(made) : made;
  }
  if (!OF_LENGTHS.has(name) && !isOfLengths(name, site)) return undefined;
  const given =
    args.named.get('size') ??
    (name === 'randint' ? args.positional.find(({ kind }) => kind === 'list') : undefined);
  const values = given === undefined ? args.positional.slice(0, name === 'full' ? 1 : undefined) : [given];
  const lengths = lengthsIn(
    values.filter((value) => isNumeric(value) || value.kind === 'list' || value.kind === 'shape'),
  );
  if (lengths === null) return filled(name, input(null, span));
  const dims = lengths.lengths.map((length) => (length === 'rest' ? UNKNOWN_QUANTITY : length));
  return filled(name, input({ dims, open: lengths.open }, span));
}

/** `torch.FloatTensor(m, n)`; of one thing alone it is not known outside of models whether that is a length or values. */
function isOfLengths(name: string, { args: { positional }, frame }: CallSite): boolean {
  const areLengths = positional.length > 0 && positional.every(isNumeric);
  return OF_TYPE.test(name) && areLengths && (positional.length > 1 || frame.building);
}

/** `torch.ones_like(h)`, of its shape; `h.new_ones(4)`, of one that is not read. */
function likeAnother(name: string, { args, frame, span }: CallSite): Tensor | undefined {
  const [first, , value = UNKNOWN] = args.positional;
  const like = tensorIn(first, frame);
  if (like === null) return undefined;
  if (!name.startsWith('new_')) return filled(name, input(shapeOf(like), span));
  if (name === 'new_full')
    return scale(input(null, span, ONES), quantityOf(args.named.get('fill_value') ?? value), span);
  return filled(name, input(null, span, name === 'new_ones' ? ONES : null));
}

/** `h.new_tensor(1 / n)`; undefined for what is made of no number. */
function numberLike({ args: { positional }, span }: CallSite): Tensor | undefined {
  const [, given] = positional;
  if (given === undefined || !isNumeric(given)) return undefined;
  return scale(input(closed([]), span, ONES), quantityOf(given), span);
}

/** Up to where `arange(end)` and `linspace(start, end, steps)` go, or down to. */
function endOf(name: string, { args }: CallSite): Quantity {
  const numbers = args.positional.filter(isNumeric);
  const isEndAlone = name === 'arange' && numbers.length === 1 && !args.named.has('end');
  const end = args.named.get('end') ?? numbers[isEndAlone ? 0 : 1] ?? UNKNOWN;
  const start = args.named.get('start') ?? (isEndAlone ? undefined : numbers[0]);
  if (start === undefined || exactValue(quantityOf(start)) !== undefined) return quantityOf(end);
  return pair('either', quantityOf(start), quantityOf(end));
}

/** Whether a range begins at a number that is the same at every width, and so are its steps. */
function isCounting({ args }: CallSite): boolean {
  const [first, second, third] = args.positional.filter(isNumeric);
  const isFirstEnd = second === undefined && !args.named.has('end');
  const others = [args.named.get('start'), isFirstEnd ? undefined : first, args.named.get('step'), third];
  return others.every((one) => one === undefined || exactValue(quantityOf(one)) !== undefined);
}

/** With what the function fills it with, where that is zeros, or shows that none of it is. */
function filled(name: string, tensor: Tensor): Tensor {
  if (/zeros/.test(name)) return scale(tensor, literal(0), tensor.span);
  const density = DENSITIES.get(name.replace(/^new_|_like$/, ''));
  return density === undefined ? tensor : noteDensity(tensor, density);
}

const DENSITIES: ReadonlyMap<string, Density> = new Map<string, Density>([
  ['ones', EVERYWHERE],
  ['eye', FEW],
  ['rand', { ...EVERYWHERE, drawn: 'uniform' }],
  ['randn', { ...EVERYWHERE, drawn: 'normal' }],
]);

function lengthOfRange(name: string, { args }: CallSite): Quantity {
  const given = (key: string) => {
    const value = args.named.get(key);
    return value === undefined ? undefined : quantityOf(value);
  };
  const positional = args.positional.filter(isNumeric).map(quantityOf);
  if (name === 'linspace') return given('steps') ?? positional[2] ?? UNKNOWN_QUANTITY;
  const [first, second, third] = given('end') === undefined ? positional : [positional[0], given('end')];
  const [start, end] = second === undefined ? [given('start'), first] : [given('start') ?? first, second];
  const step = given('step') ?? third;
  if (end === undefined) return UNKNOWN_QUANTITY;
  const length = start === undefined || isZero(start) ? end : pair('subtract', end, start);
  return step === undefined ? length : quotientOf(length, step);
}

function isZero(quantity: Quantity): boolean {
  return quantity.op === 'literal' && quantity.value === 0;
}
