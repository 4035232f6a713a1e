import {
  CONSTANT,
  eitherGrowth,
  type Growth,
  knownExponent,
  timesGrowth,
  UNKNOWN_GROWTH,
} from '../growth/growth.ts';
import { isConstant } from '../growth/growth-of.ts';
import type { Quantity } from '../growth/quantity.ts';
import type { Contraction, Tensor, UnreadTensor, WeightTensor } from '../network/graph.ts';
import { isData, operandsOf } from '../network/tensor.ts';
import { factorsBefore, falls, type Growths, isMultiple, isNothing } from './factors-before.ts';
import { isOfFirstLayer, isReadout } from './forward/between-ends.ts';
import { type ContractionSide, sidesOf } from './forward/contraction-side.ts';
import {
  dataGrowths,
  dataProductIn,
  type GrowthOf,
  gainedIn,
  growsAlong,
  isGain,
} from './forward/data-growth.ts';
import { type ForwardPass, parameterIn } from './forward/forward-pass.ts';
import { passesFactors } from './forward/kept-size.ts';
import { isLayerOutput, isMatrixProduct } from './forward/matrix-product.ts';

/** A place where a parameter meets something. */
export interface Application {
  readonly weight: WeightTensor;
  readonly tensor: Tensor;
  /** The parameter's side, where that is a product. */
  readonly side: ContractionSide | null;
  /** How the factors there grow: on the parameter, on what it is applied to, and on what comes out. */
  readonly factor: Growth;
}

/** How the initial values of a parameter grow. */
export type StartOf = (weight: WeightTensor) => Growth;

/** Every place where a parameter meets something. */
export function applicationsIn(
  pass: ForwardPass,
  growthOf: GrowthOf,
  startOf: StartOf,
): readonly Application[] {
  const growths = growthsIn(pass, growthOf, startOf);
  const behind = factorsBehind(pass, growths);
  return usesOfSomething(usesIn(pass)).map(({ weight, tensor, side, operands }) => {
    const isLast = isReadout(tensor, growths.grows);
    const factors = operands.map((one) => factorsBefore(one, growths, { isLast }).ofCode);
    const ahead = behind.get(tensor);
    const own = isLayerOutput(tensor) ? ofOutput(tensor, ahead, growths) : ahead?.beforeProducts;
    return { weight, tensor, side, factor: [...factors, own ?? CONSTANT].reduce(timesGrowth) };
  });
}

/** With how parameters start. */
interface Sources extends Growths {
  readonly startOf: StartOf;
}

function growthsIn({ tensors }: Pick<ForwardPass, 'tensors'>, growthOf: GrowthOf, startOf: StartOf): Sources {
  const growths = dataGrowths(tensors, growthOf);
  const grows = (dimension: Quantity) => {
    const exponent = knownExponent(growthOf(dimension));
    return exponent === null ? null : exponent > 0;
  };
  return { growthOf, grows, ofData: (data) => growths.get(data) ?? UNKNOWN_GROWTH, startOf };
}

/** The factors of what a layer makes: those in front of a readout that fall are not a first layer's own. */
function ofOutput(tensor: Tensor, ahead: FactorsBehind | undefined, { grows }: Sources): Growth | undefined {
  const isFor = ahead?.isTakenLast === true && falls(ahead.growth) && isOfFirstLayer(tensor, grows);
  return isFor ? ahead.beforeProducts : ahead?.growth;
}

interface Use extends Pick<Application, 'weight' | 'tensor' | 'side'> {
  /** The parameter itself as it is used, and in a product what it is applied to. */
  readonly operands: readonly Tensor[];
}

function usesIn({ tensors }: ForwardPass): readonly Use[] {
  return tensors.flatMap((tensor): readonly Use[] => {
    if (tensor.op === 'add') {
      return tensor.of.flatMap((operand) => {
        const weight = parameterIn(operand);
        return weight === null ? [] : [{ weight, tensor, side: null, operands: [operand] }];
      });
    }
    if (tensor.op !== 'contract') return [];
    return sidesOf(tensor).flatMap((side) => {
      const weight = parameterIn(side.of);
      return weight === null ? [] : [{ weight, tensor, side, operands: [side.of, side.other] }];
    });
  });
}

/** What a weight is applied to that is 0 tells nothing of it, beside what else it is applied to. */
function usesOfSomething(uses: readonly Use[]): readonly Use[] {
  const isOfNothing = ({ side }: Use) => side !== null && isNothing(side.other);
  const something = uses.filter((use) => !isOfNothing(use));
  const isKept = ({ weight: { layer, which } }: Use) =>
    !something.some(({ weight }) => weight.layer === layer && weight.which === which);
  return something.length === uses.length ? uses : uses.filter((use) => !isOfNothing(use) || isKept(use));
}

interface FactorsBehind {
  readonly growth: Growth;
  /** Without the factors right before the product with a matrix, which are that matrix's. */
  readonly beforeProducts: Growth;
  /** Whether such a product is all that is made of it. */
  readonly isTaken: boolean;
  /** Whether readouts are all that is made of it, maybe of its sum with a bias. */
  readonly isTakenLast: boolean;
}

const NO_FACTORS: FactorsBehind = {
  growth: CONSTANT,
  beforeProducts: CONSTANT,
  isTaken: false,
  isTakenLast: false,
};

/** How the factors on a tensor grow until something is made of it that is more than itself. */
function factorsBehind({ tensors }: ForwardPass, growths: Sources): ReadonlyMap<Tensor, FactorsBehind> {
  const behind = new Map<Tensor, FactorsBehind>();
  for (const tensor of [...tensors].reverse()) {
    const here = behind.get(tensor) ?? NO_FACTORS;
    for (const operand of operandsOf(tensor)) {
      const before = behind.get(operand);
      const own = factorsThrough(tensor, operand, here, growths);
      behind.set(operand, before === undefined ? own : eitherFactors(before, own));
    }
  }
  return behind;
}

function factorsThrough(
  tensor: Tensor,
  operand: Tensor,
  here: FactorsBehind,
  growths: Sources,
): FactorsBehind {
  const isPassed = tensor.op === 'scale' || tensor.op === 'view';
  const isTaken = isMatrixProduct(tensor) || (here.isTaken && isPassed);
  const isSame = isPassed || (tensor.op === 'add' && isBiased(tensor, operand));
  // What stands behind an activation and right before a matrix is a factor on what that is applied to.
  const growth = tensor.op === 'act' ? here.beforeProducts : here.growth;
  return {
    growth: through(tensor, operand, growth, growths),
    beforeProducts: isTaken ? CONSTANT : through(tensor, operand, here.beforeProducts, growths),
    isTaken,
    isTakenLast: isReadout(tensor, growths.grows) || (here.isTakenLast && isSame),
  };
}

function eitherFactors(one: FactorsBehind, other: FactorsBehind): FactorsBehind {
  return {
    growth: eitherGrowth(one.growth, other.growth),
    beforeProducts: eitherGrowth(one.beforeProducts, other.beforeProducts),
    isTaken: one.isTaken && other.isTaken,
    isTakenLast: one.isTakenLast && other.isTakenLast,
  };
}

function through(tensor: Tensor, operand: Tensor, behind: Growth, growths: Sources): Growth {
  switch (tensor.op) {
    case 'scale':
      return timesGrowth(growths.growthOf(tensor.factor), behind);
    case 'view':
    case 'choice':
    case 'repeat':
      return behind;
    case 'add':
      return isBiased(tensor, operand) ? behind : CONSTANT;
    case 'act':
      return passesFactors(tensor) ? behind : CONSTANT;
    case 'unread':
      return isMultiple(tensor) ||
        isBesideGrowing(tensor, growths) ||
        isRescaledBesides(tensor, operand, growths)
        ? UNKNOWN_GROWTH
        : CONSTANT;
    case 'contract':
      return throughProduct(tensor, operand, behind, growths);
    default:
      return CONSTANT;
  }
}

/**
 * Times data of which entries stay as many, what data is made larger by is a factor, and goes on to those behind. Summed
 * over more and more entries, it is a matrix that stays: where that grows, of what is in front nothing is known. A gain
 * passes on what is behind it, too.
 */
function throughProduct(tensor: Contraction, operand: Tensor, behind: Growth, growths: Sources): Growth {
  const gained = gainedIn(tensor);
  if (gained?.features === operand) return timesGrowth(factorsBefore(gained.gain, growths).ofCode, behind);
  const product = dataProductIn(tensor);
  if (product?.features !== operand) return CONSTANT;
  const own = growths.ofData(product.data);
  if (growsAlong(tensor, growths.growthOf)) return isConstant(own) ? CONSTANT : UNKNOWN_GROWTH;
  return timesGrowth(own, behind);
}

/** Whether data that grows is handed to what is not followed, as a matrix or factor may be. */
function isBesideGrowing({ of }: UnreadTensor, { ofData }: Sources): boolean {
  return of.some((one) => isData(one) && !isConstant(ofData(one)));
}

/** Whether it is divided by a parameter that does not start at the same size at every width, as a temperature may. */
function isRescaledBesides({ of, mayRescale }: UnreadTensor, operand: Tensor, { startOf }: Sources): boolean {
  return (
    mayRescale &&
    of.some(
      (one) => one !== operand && isGain(one) && !weightsIn(one).every((own) => isConstant(startOf(own))),
    )
  );
}

/** The parameters that a gain is made of. */
function weightsIn(gain: Tensor): readonly WeightTensor[] {
  return gain.op === 'weight' ? [gain] : operandsOf(gain).flatMap(weightsIn);
}

/** Whether a sum only adds parameters to one of its terms. */
function isBiased({ of }: Extract<Tensor, { op: 'add' }>, term: Tensor): boolean {
  return of.every((one) => one === term || parameterIn(one) !== null);
}
