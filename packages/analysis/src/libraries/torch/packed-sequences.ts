import { DATA_LENGTH } from '../../growth/product.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { tensorIn, tensorValue } from '../../interpret/modules/tensors.ts';
import { list } from '../../interpret/values/containers.ts';
import type { Value } from '../../interpret/values/value.ts';
import type { Tensor } from '../../network/graph.ts';
import { closed } from '../../network/shape.ts';
import { input, isData, shapeOf, view } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';

const IN_STEPS = /^torch\.nn\.utils\.rnn\.(pack_padded|pad_packed)_sequence$/;

/**
 * Sequences of unlike lengths, as recurrent layers take them: steps are left out, or filled up with zeros, and features are
 * what they were. Undefined for any other function, and where it is not known what it is given.
 */
export function packedSequences(qualified: string, site: CallSite): Value | undefined {
  const [, does] = IN_STEPS.exec(qualified) ?? [];
  const { args, frame, span } = site;
  if (does === undefined || args.open) return undefined;
  const packs = does === 'pack_padded';
  const given = tensorIn(argument(args, { name: packs ? 'input' : 'sequence', index: 0 }), frame);
  if (given === null) return undefined;
  if (packs) return tensorValue(given);
  const lengths = input(closed([DATA_LENGTH]), span);
  return list([tensorValue(isData(given) ? given : padded(given, span)), tensorValue(lengths)]);
}

/** Batch, steps and features, the first two in either order. */
function padded(of: Tensor, span: Span): Tensor {
  const shape = shapeOf(of);
  const features = shape?.dims.at(-1);
  if (shape === null || features === undefined || shape.dims.length > 3) return of;
  const from = [[], [], [shape.dims.length - 1]];
  return view(of, { shape: closed([DATA_LENGTH, DATA_LENGTH, features]), from }, span);
}
