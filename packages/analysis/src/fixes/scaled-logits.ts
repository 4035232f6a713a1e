import { type Quantity, symbolsOf } from '../growth/quantity.ts';
import type { Model } from '../outline/model.ts';
import type { CallExpression } from '../syntax/ast.ts';
import { isNone } from '../syntax/is-none.ts';
import { nodesIn } from '../syntax/nodes-in.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { inBrokenLines } from './edited-lines.ts';
import { fusedCall, isFused, isProduct, logitsWithout, withFactors } from './fused-attention.ts';
import { multiplied } from './multiplied.ts';
import { ELSEWHERE, type NoEdit, noEdit } from './no-edit.ts';
import { argumentOf, chainText, functionAround, nodesAround } from './nodes.ts';
import { type ScaledPlace, scaledExpressions } from './scaled-expressions.ts';
import type { ScaledEdits } from './scaling-factor.ts';

/** Queries times keys, where the code makes them, over features of some length. */
export interface ScaledLogits {
  readonly span: Span;
  readonly length: Quantity;
  /** The logits are multiplied by (base ÷ width) to this power. */
  readonly power: number;
}

/** Multiplies logits of attention, in a kernel by its `scale=`; why not where the code makes them in another way. */
export function scaledLogits(
  { span, length, power }: ScaledLogits,
  model: Model,
  code: CodeAround,
): ScaledEdits | NoEdit {
  if (!isHere(span)) return ELSEWHERE;
  const symbols = [...symbolsOf(length)].filter(model.widths.isWidth);
  if (symbols.length > 1) return noEdit('the length of a head goes with several widths');
  const fused = fusedCall(span, code);
  const without = fused === undefined ? null : logitsWithout(span, code);
  const calls = fused === undefined ? [] : fusedAlike(fused, code);
  const places = [
    ...(fused === undefined ? [productAt(span, code)] : calls.map((call) => kernel(call, code))),
    ...(without === null ? [] : [productAt(without, code)]),
  ];
  return scaledExpressions({ places, symbols, power }, model, code);
}

/** The calls of kernels for the same queries and keys in one function: of two ways that do the same, one was seen. */
function fusedAlike(call: CallExpression, { module }: CodeAround): readonly CallExpression[] {
  const made = functionAround(module, call.span.start)?.made;
  const given = (one: CallExpression): string =>
    JSON.stringify(one.args.slice(0, 2).map(({ value }) => chainText(value) ?? null));
  const alike =
    made === undefined
      ? []
      : nodesIn(made)
          .filter(isFused)
          .filter((one) => given(one) === given(call));
  return alike.includes(call) ? alike : [call];
}

/** A kernel's own factor is 1/√d of the features that queries have; what is given in its place is multiplied. */
function kernel(call: CallExpression, code: CodeAround): ScaledPlace | NoEdit {
  const { span, args } = call;
  const given = args.find(({ name }) => name === 'scale')?.value;
  const last = args.at(-1);
  if (last === undefined || args.some(({ spread }) => spread)) return UNLISTED;
  if (given !== undefined && !isNone(given)) return { span, write: (factor) => multiplied(given, factor) };
  if (given !== undefined) return UNLISTED;
  const queries = chainText(argumentOf(call, 'query', 0) ?? last.value);
  if (queries === undefined) return noEdit('the queries have no name there, whose features could be counted');
  const end = last.value.span.end;
  return {
    span,
    write: (factor) =>
      inBrokenLines(
        span,
        [{ span: { start: end, end }, text: `, scale=${queries}.size(-1) ** -0.5 * ${factor}` }],
        code,
      ),
  };
}

const UNLISTED = noEdit('what the kernel is given is not listed there');

/** `queries @ keys.mT` and `torch.matmul(queries, keys.mT)`, with all that they are multiplied by there. */
function productAt({ start, end }: Span, { module }: CodeAround): ScaledPlace | NoEdit {
  const around = nodesAround(module, start).toReversed();
  const product = around.find(({ span }) => span.start === start && span.end === end);
  if (product === undefined || !isProduct(product))
    return noEdit('no product of queries and keys stands there');
  const whole = withFactors(product, around);
  const { span } = whole;
  return whole.kind === 'binary' || whole.kind === 'call'
    ? { span, write: (factor) => multiplied(whole, factor) }
    : UNLISTED;
}
