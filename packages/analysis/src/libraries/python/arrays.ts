import { literal } from '../../growth/quantity.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { tensorIn, tensorValue } from '../../interpret/modules/tensors.ts';
import type { Value } from '../../interpret/values/value.ts';
import type { Tensor } from '../../network/graph.ts';
import type { Values } from '../../network/init.ts';
import { input, rescaled, scale } from '../../network/tensor.ts';

/** Entries between −1 and 1, whatever they are made of. */
const WAVES: Values = { std: literal(1), kind: 'constant' };

/** The sine of what falls with the width falls with it. */
const SINES = 'numpy.sin';

/**
 * NumPy's arrays as far as tables of positions are made of them: cosines of anything are of one size, and so is what joins
 * them with sines, with zeros or without. Undefined for any other array.
 */
export function arrayCall(qualified: string, site: CallSite): Value | undefined {
  const { args, frame, span } = site;
  const [first] = args.positional;
  switch (qualified) {
    case SINES:
      return first === undefined ? undefined : tensorValue(rescaled([input(null, span, WAVES)], SINES, span));
    case 'numpy.cos':
      return first === undefined ? undefined : tensorValue(input(null, span, WAVES));
    case 'numpy.zeros':
      return tensorValue(scale(input(null, span, WAVES), literal(0), span));
    case 'numpy.concatenate':
    case 'numpy.stack':
    case 'numpy.hstack':
    case 'numpy.vstack': {
      const parts = first?.kind === 'list' && !first.open ? first.items : [];
      const arrays = parts.map((part) => tensorIn(part, frame));
      const areWaves =
        arrays.some(isWaves) && arrays.every((one) => isWaves(one) || isSines(one) || isZeros(one));
      return areWaves ? tensorValue(input(null, span, WAVES)) : undefined;
    }
    default:
      return undefined;
  }
}

function isWaves(tensor: Tensor | null): boolean {
  return tensor?.op === 'input' && tensor.fill === WAVES;
}

function isSines(tensor: Tensor | null): boolean {
  return tensor?.op === 'unread' && tensor.what === SINES;
}

function isZeros(tensor: Tensor | null): boolean {
  return tensor?.op === 'scale' && isWaves(tensor.of);
}
