import { DATA_LENGTH } from '../../growth/product.ts';
import { isPartlyUnknown, type Quantity } from '../../growth/quantity.ts';
import { noteChain } from '../../interpret/machine/chains.ts';
import { type Arguments, argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { addForwardHook } from '../../interpret/modules/forward-hooks.ts';
import { constructLayer } from '../../interpret/modules/layers.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { quantityOf } from '../../interpret/values/numbers.ts';
import { NONE, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { hiddenName } from '../../network/hidden-name.ts';
import type { Layer, LayerParameter } from '../../network/layer.ts';
import { parametersGiven } from './layer-parameters.ts';
import { parameterFrom } from './own-parameters.ts';
import { recurrentParameters } from './recurrent.ts';
import { argumentsOf, type Given, givenBy } from './signature.ts';
import { findLayer, type LayerKnowledge, type PartKnowledge } from './tables.ts';

type LayerValue = Extract<Value, { kind: 'layer' }>;

/** A layer of the tables, as its constructor is called; what it holds goes into the store. */
export function torchLayer(
  qualified: string,
  knowledge: LayerKnowledge,
  site: CallSite,
  initial: PartKnowledge['initial'] = {},
): LayerValue {
  const { args, frame } = site;
  const given = givenBy(knowledge.signature ?? '', args);
  const value = constructLayer(
    qualified,
    {
      family: knowledge.family,
      parameters: parametersOf(knowledge, given, initial),
      sizes: sizesIn(given),
      ...activationIn(given),
    },
    site,
  );
  if (knowledge.family === 'embedding' && isCutOff(args))
    addForwardHook({ id: value.layer.id, run: UNKNOWN, span: site.span }, frame.heap);
  const contained = containedIn(knowledge, args);
  const last = hasMore(knowledge, args) ? contained.at(-1)?.[0] : undefined;
  for (const [name, item] of [...contained, ...partsOf(knowledge, given, site)]) {
    const more = name === last ? { more: true as const } : {};
    const part = knowledge.holds === 'parameters' ? asParameter(item, site) : item;
    frame.heap.setAttribute(value.layer.id, name, { value: part, span: null, ...more });
  }
  if (knowledge.family === 'sequential' && site.baseOf === undefined) noteChain(value.layer, frame);
  return value;
}

/** Whether what a table gives is made no longer than a number. */
function isCutOff(args: Arguments): boolean {
  return optionsOf(argument(args, { name: 'max_norm', index: 3 }) ?? NONE).some(
    ({ kind }) => kind !== 'none',
  );
}

/** A tensor becomes a parameter where it is held as one. */
function asParameter(item: Value, site: CallSite): Value {
  return item.kind === 'parameter' ? item : parameterFrom('torch.nn.Parameter', item, site);
}

/** Null where a layer is not read. */
function parametersOf(
  knowledge: LayerKnowledge,
  given: Given,
  initial: PartKnowledge['initial'],
): readonly LayerParameter[] | null {
  if (knowledge.gates !== undefined) return recurrentParameters(knowledge.gates, given);
  if (knowledge.family === 'other') return null;
  const parameters = parametersGiven(knowledge, given, initial);
  return knowledge.family === 'embedding' ? parameters.map(ofEntries) : parameters;
}

/** A table has as many rows as the data has kinds of entries, also where the code computes that from what is not known. */
function ofEntries(parameter: LayerParameter): LayerParameter {
  const [entries, ...features] = parameter.dims ?? [];
  if (entries === undefined || !isPartlyUnknown(entries)) return parameter;
  return { ...parameter, dims: [DATA_LENGTH, ...features] };
}

function activationIn(given: Given): Pick<Layer, 'activation'> {
  const chosen = given.get('nonlinearity');
  if (chosen === undefined || chosen.kind === 'none') return {};
  return { activation: chosen.kind === 'text' ? chosen.text : '' };
}

function sizesIn(given: Given): ReadonlyMap<string, Quantity> {
  return new Map(
    [...given].flatMap(([name, value]) => (SIZES.has(value.kind) ? [[name, quantityOf(value)]] : [])),
  );
}

const SIZES: ReadonlySet<Value['kind']> = new Set(['number', 'opaque', 'either']);

/** The layers that a layer makes itself. */
function partsOf(
  { layers = {} }: LayerKnowledge,
  given: Given,
  site: CallSite,
): readonly (readonly [string, Value])[] {
  return Object.entries(layers).flatMap(([name, part]) => {
    const knowledge = findLayer(part.layer);
    if (knowledge === undefined) return [];
    const args = argumentsOf(part.arguments, given);
    const { frame, span } = site;
    return [[name, torchLayer(part.layer, knowledge, { frame, span, args }, part.initial)] as const];
  });
}

/** The items of a container by their names: places for a list, keys for a dict. */
function containedIn({ family }: LayerKnowledge, args: Arguments): readonly (readonly [string, Value])[] {
  const [first] = args.positional;
  if (family === 'dict' || (family === 'sequential' && first?.kind === 'dict')) {
    return first?.kind === 'dict' ? [...first.entries] : [];
  }
  if (family !== 'sequential' && family !== 'list') return [];
  const items = family === 'list' ? listed(first) : args.positional;
  return items === null || (items.length === 0 && args.open)
    ? [[hiddenName(0), UNKNOWN]]
    : items.map((item, index) => [String(index), item] as const);
}

/** Whether a container may be given more items, like those that are known. */
function hasMore({ family }: LayerKnowledge, args: Arguments): boolean {
  const [first] = args.positional;
  if (family === 'list') return first?.kind === 'list' && first.open;
  return family === 'sequential' && args.open;
}

/** Null where it is not known what is listed. */
function listed(value: Value | undefined): readonly Value[] | null {
  if (value?.kind === 'list') return value.items;
  return value === undefined ? [] : null;
}
