import type { Activated, Contraction, Tensor } from '../../network/graph.ts';
import { isData, isOfParameters, operandsOf, sumsOver } from '../../network/tensor.ts';
import { isEntrywise } from './contraction-side.ts';
import { dataProductIn, gainedIn } from './data-growth.ts';
import { parameterIn } from './forward-pass.ts';

/** Whether a tensor is a parameter applied to another tensor, with a sum over what both have: W x, and no gain g ⊙ x. */
export function isMatrixProduct(tensor: Tensor): boolean {
  return tensor.op === 'contract' && tensor.of.some((one) => parameterIn(one) !== null) && sumsOver(tensor);
}

/** Whether a tensor is a product of two that the network computes, with a sum over what both have: q·k. */
export function isActivationProduct(tensor: Tensor): boolean {
  return tensor.op === 'contract' && tensor.of.every((one) => parameterIn(one) === null) && sumsOver(tensor);
}

/** Whether a tensor is such a product, or a sum with one, times something entry by entry, such as a temperature. */
export function isScaledProduct(tensor: Tensor): boolean {
  return tensor.op === 'contract' && !sumsOver(tensor) && tensor.of.some(hasProduct);
}

/** Whether a tensor is a product of two that the network computes, times a number or in a sum. */
function hasProduct(tensor: Tensor): boolean {
  if (tensor.op === 'view' || tensor.op === 'scale') return hasProduct(tensor.of);
  return tensor.op === 'add' ? tensor.of.some(hasProduct) : isActivationProduct(tensor);
}

/** Whether a tensor is W x or W x + b, maybe in another shape or times a number, or what a product or φ of it passes on. */
export function isLayerOutput(
  tensor: Tensor,
  passes: (one: Contraction | Activated) => boolean = () => false,
): boolean {
  let one: Tensor | undefined = tensor;
  while (one !== undefined && !isMatrixProduct(one)) {
    if (one.op === 'act') one = passes(one) ? one.of : undefined;
    else if (one.op === 'contract')
      one = passes(one) ? (dataProductIn(one) ?? gainedIn(one))?.features : undefined;
    else one = multipleOf(one);
  }
  return one !== undefined;
}

/** What a tensor is a multiple of, in another shape or with biases; undefined for any other. */
export function multipleOf(tensor: Tensor): Tensor | undefined {
  if (tensor.op === 'view' || tensor.op === 'scale') return tensor.of;
  if (tensor.op !== 'add') return undefined;
  const terms = tensor.of.filter((term) => parameterIn(term) === null);
  return terms.length === 1 ? terms[0] : undefined;
}

/** More tensors behind one are not gone through. */
const MOST_BEHIND = 64;

/**
 * Whether a tensor is made of what layers give through nothing but φ(s x) = s^k φ(x), sums and products entry by entry, as
 * relu(W x)·V x or relu(W x)²: some factor behind it may be one in front of it as well.
 */
export function isHomogeneousOfLayers(tensor: Tensor): boolean {
  const [seen, ahead] = [new Set<Tensor>(), [tensor]];
  let found = false;
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    if (seen.has(one) || parameterIn(one) !== null || isData(one)) continue;
    seen.add(one);
    if (isMatrixProduct(one) || isMadeMatrixProduct(one)) {
      found = true;
      continue;
    }
    const passes =
      one.op === 'act'
        ? HOMOGENEOUS.has(one.activation)
        : ['view', 'scale', 'add'].includes(one.op) || (one.op === 'contract' && isEntrywise(one));
    if (!passes || seen.size > MOST_BEHIND) return false;
    ahead.push(...operandsOf(one));
  }
  return found;
}

/** Whether it is a matrix that code makes of parameters applied to what is computed: |W| x. */
function isMadeMatrixProduct(tensor: Tensor): boolean {
  return (
    tensor.op === 'contract' &&
    sumsOver(tensor) &&
    tensor.of.some((one) => isOfParameters(one) && !isData(one))
  );
}

const HOMOGENEOUS: ReadonlySet<string> = new Set([
  'identity',
  'relu',
  'leaky_relu',
  'relu2',
  'square',
  'cube',
]);
