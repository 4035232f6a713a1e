import { literal, pair, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { isGradient, noteRewritten } from '../../interpret/modules/gradients.ts';
import { constructLayer } from '../../interpret/modules/layers.ts';
import { isMovedBySteps } from '../../interpret/modules/optimizer-state.ts';
import { scaledStart } from '../../interpret/modules/scale-init.ts';
import { noteStored, storedIn } from '../../interpret/modules/stored-tensors.ts';
import { optionsOf, withoutNone } from '../../interpret/values/either.ts';
import { isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import { unreadInit } from '../../interpret/values/parameter-state.ts';
import type { Update } from '../../interpret/values/parameter-store.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { Tensor } from '../../network/graph.ts';
import type { InitWrite, Values } from '../../network/init.ts';
import { dimsOf, type LayerParameter, type ParameterValue } from '../../network/layer.ts';
import { shapeOf } from '../../network/tensor.ts';
import { areAsMany, repeated, valuesIn } from '../../network/values.ts';
import type { Span } from '../../syntax/span.ts';
import { wordsIn } from '../../syntax/words-in.ts';

/** The names by which a tensor becomes a parameter. */
export const PARAMETER: RegExp = /^torch\.nn\.(?:parameter\.)?Parameter$/;

/** The names by which a tensor becomes a buffer, which is no parameter. */
export const BUFFER: RegExp = /^torch\.nn\.(?:parameter\.)?Buffer$/;

/** `nn.Parameter(tensor, requires_grad=True)`. */
export function ownParameter(qualified: string, site: CallSite): Value {
  const { args, frame } = site;
  const given = withoutNone(argument(args, { name: 'data', index: 0 }) ?? UNKNOWN);
  const parameter = parameterFrom(qualified, given, site);
  const trained = argument(args, { name: 'requires_grad', index: 1 });
  if (trained !== undefined) frame.heap.parameters.freeze(parameter, truthOf(trained));
  return parameter;
}

/** A parameter that starts as a tensor is, or as another parameter. */
export function parameterFrom(qualified: string, given: Value, site: CallSite): ParameterValue {
  const { frame, span } = site;
  const content = contentOf(given, frame);
  const made: LayerParameter = {
    name: '',
    dims: content.dims,
    fanIn: null,
    present: true,
    initial: content.values ?? { std: UNKNOWN_QUANTITY, kind: 'unknown' },
  };
  const { layer } = constructLayer(qualified, { family: 'parameter', parameters: [made] }, site);
  const parameter: ParameterValue = { kind: 'parameter', layer, which: '' };
  const [shared] = storedIn(given, frame);
  if (shared !== undefined) {
    setTo(parameter, shared, { frame, span, by: 'Parameter', update: 'strong' });
    frame.heap.parameters.share(parameter, { with: shared, span });
  } else if (content.values === null)
    setTo(parameter, given, { frame, span, by: 'Parameter', update: 'strong' });
  else if (content.values.kind === 'random' && isOfProject(frame))
    frame.heap.parameters.write(
      parameter,
      { ...content.values, span: drawnAt(given, span), by: 'Parameter' },
      'strong',
    );
  noteStored(parameter, given, frame);
  return parameter;
}

/** Whether the code that runs is somebody's own, and none that describes a library. */
function isOfProject({ module: { symbol } }: Frame): boolean {
  return symbol === null || symbol.isModule === true;
}

/** Where random values are drawn that a parameter starts with: at the parameter itself, or before it. */
function drawnAt(given: Value, made: Span): Span {
  const drawn = given.kind === 'tensor' ? given.tensor.span : null;
  return drawn === null || (drawn.start >= made.start && drawn.end <= made.end) ? made : drawn;
}

interface Setting extends Pick<CallSite, 'frame' | 'span'> {
  readonly by: string;
  readonly update: Update;
}

/**
 * Gives a parameter the values of a tensor, or those of another parameter. What has been trained has started as it did: of
 * how far a step then moves it nothing is known.
 */
export function setTo(parameter: ParameterValue, given: Value, { frame, span, by, update }: Setting): void {
  const isTrained = isMovedBySteps(parameter, frame);
  if (isTrained) noteRewritten(parameter, { what: by, span }, frame);
  if (isTrained || isStepByHand(parameter, frame)) return;
  for (const [at, write] of startsOf(parameter, given, { frame, span, by }).entries())
    frame.heap.parameters.write(parameter, write, at === 0 ? update : 'weak');
}

/** How something starts that is given these values: as another parameter does, as that times a factor, or as they are. */
function startsOf(
  parameter: ParameterValue,
  given: Value,
  { frame, span, by }: Omit<Setting, 'update'>,
): readonly InitWrite[] {
  const { parameters } = frame.heap;
  if (given.kind === 'parameter') return parameters.initOf(given);
  const source = given.kind === 'tensor' ? scaledParameter(given.tensor) : null;
  if (source !== null)
    return parameters
      .initOf(source.parameter)
      .map((write) => scaledStart(write, source.factor, { span, by }));
  const { values: own, dims } = contentOf(given, frame);
  const taken = dimsOf(parameters.original(parameter));
  const isSpread = given.kind === 'tensor' && dims !== null && taken !== null && !areAsMany(dims, taken);
  const values = own !== null && isSpread ? repeated(own) : own;
  return [values === null ? unreadInit(span) : { ...values, span, by }];
}

/** Of which parameter a tensor has all the values, and what they are multiplied by; null for any other. */
function scaledParameter(
  tensor: Tensor,
): { readonly parameter: ParameterValue; readonly factor: Quantity } | null {
  if (tensor.op === 'weight') {
    const { layer, which } = tensor;
    return { parameter: { kind: 'parameter', layer, which }, factor: literal(1) };
  }
  const source = tensor.op === 'scale' ? scaledParameter(tensor.of) : null;
  return source && tensor.op === 'scale'
    ? { ...source, factor: pair('multiply', source.factor, tensor.factor) }
    : null;
}

/** Whether the function that runs takes steps along gradients itself: what it makes of a parameter is no start of that. */
export function isStepByHand(parameter: ParameterValue, { stack, building }: Frame): boolean {
  const running = stack.at(-1);
  return running !== undefined && !building && !isGradient(parameter) && wordsIn(running.body).has('grad');
}

/** What a tensor holds; null where it is not known. */
interface Content {
  readonly dims: readonly Quantity[] | null;
  readonly values: Values | null;
}

const UNREAD: Content = { dims: null, values: null };

function contentOf(given: Value, frame: Frame): Content {
  switch (given.kind) {
    case 'tensor': {
      const shape = shapeOf(given.tensor);
      const values = valuesIn(given.tensor);
      return {
        dims: shape === null || shape.open ? null : shape.dims,
        values: values.kind === 'unknown' ? null : values,
      };
    }
    case 'parameter':
      return { ...UNREAD, dims: given.part === true ? null : dimsOf(frame.heap.parameters.original(given)) };
    case 'number':
    case 'opaque':
      return { dims: [], values: { std: quantityOf(given), kind: 'constant' } };
    case 'list':
      return listed(given.items, given.open);
    default:
      return UNREAD;
  }
}

/** Numbers that the code spells out: as large as the largest of them. */
function listed(items: readonly Value[], open: boolean): Content {
  const numbers = items.flatMap(optionsOf).filter(isNumeric).map(quantityOf);
  if (open || numbers.length < items.length || numbers.length === 0) return UNREAD;
  const std = numbers.reduce((left, right) => pair('maximum', left, right));
  return { dims: [literal(items.length)], values: { std, kind: 'constant' } };
}
