import { exactValue, literal, pair, type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { ModelOutput, Trace } from '../interpret/machine/run-trace.ts';
import { eitherOf } from '../interpret/machine/tensor-factor.ts';
import type { Tensor } from '../network/graph.ts';
import type { Layer } from '../network/layer.ts';
import { isData, operandsOf, sumsOver } from '../network/tensor.ts';
import type { Span } from '../syntax/span.ts';

/** What code makes of an output of a model on its way to a loss. */
export interface SeenByLoss {
  /** The place of the output among those of the model; null for all of them. */
  readonly at: number | null;
  readonly factor: Quantity;
  /** The first line that multiplies it. */
  readonly span: Span | null;
}

/**
 * How far a tensor is on the way from an output of a model to its loss; `passed` is what goes to weights of another
 * model, whose own affair factors behind those are.
 */
type Stage = 'multiple' | 'computed' | 'passed' | 'lost';

interface OnTheWay extends SeenByLoss {
  readonly stage: Stage;
  /** What has multiplied it since it was computed with. */
  readonly later: Quantity;
}

const ONE: Quantity = literal(1);

/** More tensors than code makes of what a model gives it: behind them, it may be multiplied by anything. */
const MOST_TENSORS = 4_000;

/** Whether a layer is one of the model's. */
export type IsOwn = (layer: Layer) => boolean;

/** What the code of a run does to the outputs of a model before it takes their loss. */
export function seenByLosses(trace: Trace, model: number, isOwn: IsOwn): readonly SeenByLoss[] {
  const { outputs, descended, descendedUnread, losses } = trace;
  const own = new Map<Tensor, readonly ModelOutput[]>();
  for (const [tensor, all] of outputs) {
    const mine = all.filter((output) => output.model === model);
    if (mine.length > 0) own.set(tensor, mine);
  }
  if (own.size === 0) return [];
  const of = { outputs: own, isOwn, unread: trace.unread };
  const ends = (among: ReadonlySet<Tensor>) =>
    [...among].flatMap((loss) => (own.has(loss) ? [] : waysTo(loss, of)));
  const trained = ends(descended).filter(isSeen);
  const seen = trained.length > 0 ? trained : ends(losses).filter(isSeen);
  const [lostAt] = descendedUnread;
  return seen.length > 0 || lostAt === undefined
    ? seen.map(seenAs)
    : [seenAs({ ...UNREAD_WAY, span: lostAt })];
}

/** Where a loss is taken of what layers make, if one is or may be, and not of what a model as a whole gives. */
export function lossOf(
  layers: ReadonlySet<Layer>,
  { outputs, descended, losses }: Trace,
  model: number,
): Span | null {
  const seen = new Set(
    [...outputs].flatMap(([tensor, all]) => (all.some((output) => output.model === model) ? [tensor] : [])),
  );
  for (const loss of descended.size > 0 ? descended : losses) {
    const ahead = [loss];
    for (let tensor = ahead.pop(); tensor !== undefined; tensor = ahead.pop()) {
      if (seen.has(tensor)) continue;
      seen.add(tensor);
      const isOfLayers = tensor.op === 'weight' && layers.has(tensor.layer);
      if (isOfLayers || seen.size > MOST_TENSORS) return loss.span;
      ahead.push(...operandsOf(tensor));
    }
  }
  return null;
}

/** Where code that makes a model takes gradients, and none of it is seen to call the model. */
export function unseenIn(
  { constructions, outputs, descended, descendedUnread }: Trace,
  model: number,
): Span | null {
  if (!constructions.some(({ objectId }) => objectId === model)) return null;
  if ([...outputs.values()].some((all) => all.some((output) => output.model === model))) return null;
  const [first] = [...descended].map(({ span }) => span);
  return first ?? descendedUnread[0] ?? null;
}

/** What goes to its loss as a multiple alone is a loss itself. */
function isSeen({ stage }: OnTheWay): boolean {
  return stage !== 'multiple';
}

function seenAs({ at, factor, span }: OnTheWay): SeenByLoss {
  return { at, factor, span };
}

interface OfModel extends Pick<Trace, 'unread'> {
  readonly outputs: ReadonlyMap<Tensor, readonly ModelOutput[]>;
  readonly isOwn: IsOwn;
}

/** The ways from outputs to a loss; one of which nothing is known where there is more between than is followed. */
function waysTo(loss: Tensor, { outputs, isOwn, unread }: OfModel): readonly OnTheWay[] {
  const ways = new Map<Tensor, readonly OnTheWay[]>();
  const waysOf = (tensor: Tensor): readonly OnTheWay[] => {
    const output = outputs.get(tensor);
    return output === undefined
      ? openIf(unread.has(tensor), through(tensor, ways, isOwn))
      : begun(tensor, output);
  };
  const ahead = [loss];
  for (let tensor = ahead.at(-1); tensor !== undefined; tensor = ahead.at(-1)) {
    const of = outputs.has(tensor) ? [] : operandsOf(tensor).filter((one) => !ways.has(one));
    if (ways.has(tensor) || of.length === 0) {
      ahead.pop();
      if (!ways.has(tensor)) ways.set(tensor, waysOf(tensor));
    } else ahead.push(...of);
    if (ways.size > MOST_TENSORS) return [{ ...UNREAD_WAY, span: loss.span }];
  }
  return ways.get(loss) ?? [];
}

const UNREAD_WAY: OnTheWay = { at: null, factor: UNKNOWN_QUANTITY, span: null, stage: 'lost', later: ONE };

/** A loss that a model computes itself has nothing behind it that is its output's. */
function begun(tensor: Tensor, outputs: readonly ModelOutput[]): readonly OnTheWay[] {
  if (isOfLoss(tensor)) return [];
  return [...new Set(outputs.map(({ at }) => at))].map((at) => ({
    at,
    factor: ONE,
    span: null,
    stage: 'multiple',
    later: ONE,
  }));
}

function isOfLoss(tensor: Tensor): boolean {
  switch (tensor.op) {
    case 'loss':
      return true;
    case 'scale':
    case 'view':
      return isOfLoss(tensor.of);
    case 'add':
    case 'choice':
      return tensor.of.some(isOfLoss);
    default:
      return false;
  }
}

/** Code that is not read may multiply what it is given, unless it is the loss. */
function openIf(isUnread: boolean, ways: readonly OnTheWay[]): readonly OnTheWay[] {
  return isUnread
    ? ways.map((way) => (way.stage === 'computed' ? { ...way, later: UNKNOWN_QUANTITY } : way))
    : ways;
}

function through(
  tensor: Tensor,
  ways: ReadonlyMap<Tensor, readonly OnTheWay[]>,
  isOwn: IsOwn,
): readonly OnTheWay[] {
  const before = together(operandsOf(tensor).flatMap((one) => ways.get(one) ?? []));
  switch (tensor.op) {
    case 'scale':
      return before.map((way) => times(way, tensor.factor, tensor.span));
    case 'view':
    case 'add':
    case 'choice':
    case 'repeat':
      return before;
    case 'contract':
      return before.map((way) =>
        tensor.of.some((one) => one.op === 'weight' && !isOwn(one.layer))
          ? throughOther(way, tensor)
          : computed(masked(way, tensor), tensor),
      );
    case 'unread':
      if (tensor.what === SCALES_LOSS || tensor.isSum === true) return before;
      return before.map((way) =>
        computed(tensor.mayRescale ? times(way, UNKNOWN_QUANTITY, tensor.span) : masked(way, tensor), tensor),
      );
    case 'loss':
      return before.map(lost);
    default:
      return before.map((way) => computed(way, tensor));
  }
}

/** `scaler.scale(loss)`, which the step undoes. */
const SCALES_LOSS = '.scale()';

function times(way: OnTheWay, factor: Quantity, span: Span | null): OnTheWay {
  if (way.stage === 'passed' || way.stage === 'lost') return way;
  const by = (before: Quantity) => (before === ONE ? factor : pair('multiply', before, factor));
  return way.stage === 'multiple'
    ? { ...way, factor: by(way.factor), span: way.span ?? span }
    : { ...way, later: by(way.later), span: way.span ?? span };
}

/** What is made of it is more than a multiple, unless data is all that it is multiplied by. */
function computed(way: OnTheWay, tensor: Tensor): OnTheWay {
  const isMasked = tensor.op === 'contract' && tensor.of.some(isData);
  return way.stage === 'multiple' && !isMasked ? { ...way, stage: 'computed' } : way;
}

function passed(way: OnTheWay): OnTheWay {
  return way.stage === 'lost' ? way : { ...way, stage: 'passed' };
}

/** Through a weight of another model; one that it is multiplied by entry by entry is a factor, as large as that starts. */
function throughOther(way: OnTheWay, product: Extract<Tensor, { op: 'contract' }>): OnTheWay {
  return way.stage === 'multiple' && !sumsOver(product)
    ? times(way, UNKNOWN_QUANTITY, product.span)
    : passed(way);
}

/** Data may be numbers that the code has made for it to be multiplied by. */
function masked(way: OnTheWay, { of, span }: Extract<Tensor, { op: 'contract' | 'unread' }>): OnTheWay {
  return of.some((one) => isData(one) && isMultiple(one)) ? times(way, UNKNOWN_QUANTITY, span) : way;
}

function isMultiple(data: Tensor): boolean {
  if (data.op === 'scale') return exactValue(data.factor) === undefined || isMultiple(data.of);
  return operandsOf(data).some(isMultiple);
}

/** A factor behind what was computed may as well stand before it. */
function lost(way: OnTheWay): OnTheWay {
  const { factor, later } = way;
  const isSame = exactValue(later) !== undefined;
  return {
    ...way,
    stage: 'lost',
    later: ONE,
    factor: isSame ? factor : pair('either', factor, pair('multiply', factor, later)),
  };
}

const ORDER: readonly Stage[] = ['multiple', 'passed', 'computed', 'lost'];

/** Ways of one output as one: what may be either. */
function together(ways: readonly OnTheWay[]): readonly OnTheWay[] {
  const found = new Map<number | null, OnTheWay>();
  for (const way of ways) {
    const before = found.get(way.at);
    found.set(way.at, before === undefined ? way : oneOf(before, way));
  }
  return [...found.values()];
}

function oneOf(one: OnTheWay, other: OnTheWay): OnTheWay {
  return {
    at: one.at,
    span: one.span ?? other.span,
    stage: stageOf(one.stage, other.stage),
    factor: eitherOf(one.factor, other.factor),
    later: eitherOf(one.later, other.later),
  };
}

/** What is added to its own product with other weights is itself not yet behind those. */
function stageOf(one: Stage, other: Stage): Stage {
  const stage = ORDER[Math.max(ORDER.indexOf(one), ORDER.indexOf(other))] ?? one;
  return stage === 'passed' && one !== other ? 'computed' : stage;
}
