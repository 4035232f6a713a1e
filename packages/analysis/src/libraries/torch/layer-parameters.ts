import { literal, pair, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { quantityOf } from '../../interpret/values/numbers.ts';
import { UNKNOWN } from '../../interpret/values/value.ts';
import type { LayerParameter } from '../../network/layer.ts';
import { type Fans, fansOf, inverseRoot } from './fans.ts';
import { type Given, isGiven, lengthOf, lengthsOf } from './signature.ts';
import type { LayerKnowledge, ParameterKnowledge } from './tables.ts';

/** The parameters that a layer of the tables has, given what its constructor is given. */
export function parametersGiven(
  { parameters }: LayerKnowledge,
  given: Given,
  initial: Readonly<Record<string, string>> = {},
): readonly LayerParameter[] {
  const weight = parameters?.['weight'];
  const weightFans = weight === undefined ? null : fansOf(lengthsOf(weight.dims, given));
  return Object.entries(parameters ?? {}).flatMap(([name, known]) =>
    parameterGiven(name, { ...known, initial: initial[name] ?? known.initial }, { given, weightFans }),
  );
}

interface Sources {
  readonly given: Given;
  /** Those of the weight, by which a bias is initialized. */
  readonly weightFans: Fans | null;
}

function parameterGiven(
  name: string,
  { dims: written, fanIn, initial, when }: ParameterKnowledge,
  { given, weightFans }: Sources,
): readonly LayerParameter[] {
  const present = when === undefined ? true : isGiven(when, given);
  if (present === false) return [];
  const dims = lengthsOf(written, given);
  return [
    {
      name,
      dims,
      fanIn,
      present,
      ...(present === null && { hangsOn: settingsIn(when ?? '', given) }),
      initial: initialOf(initial, { given, fans: fansOf(dims), weightFans }),
    },
  ];
}

/** The settings whose values choose, by their names. */
function settingsIn(when: string, given: Given): readonly string[] {
  const values = when.split(/[ |]/).flatMap((name) => given.get(name.replace('!', '')) ?? []);
  const names = values
    .flatMap(optionsOf)
    .flatMap((value) => (value.kind === 'opaque' ? [value.symbol.name] : []));
  return [...new Set(names)];
}

/** Typical initial values, as the tables write them. */
function initialOf(
  written: string,
  { given, fans, weightFans }: Sources & { readonly fans: Fans | null },
): LayerParameter['initial'] {
  switch (written) {
    case 'unread':
      return { std: UNKNOWN_QUANTITY, kind: 'unknown' };
    case 'zero':
      return { std: literal(0), kind: 'constant' };
    case 'one':
      return { std: literal(1), kind: 'constant' };
    case 'init':
      return { std: quantityOf(given.get('init') ?? UNKNOWN), kind: 'constant' };
    case '1':
      return { std: literal(1), kind: 'random' };
    case '1/√fan-in':
      return random(fans?.fanIn);
    case '1/√weight-fan-in':
      return random(weightFans?.fanIn);
    case '1/√(fan-in+fan-out)':
      return random(fans === null ? undefined : pair('add', fans.fanIn, fans.fanOut));
    default:
      return random(lengthOf(written.replace('1/√', ''), given));
  }
}

function random(over: Quantity | undefined): LayerParameter['initial'] {
  return { std: over === undefined ? UNKNOWN_QUANTITY : inverseRoot(over), kind: 'random' };
}
