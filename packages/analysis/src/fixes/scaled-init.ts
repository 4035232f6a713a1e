import type { TextEdit } from '../finding.ts';
import { areOf } from '../network/init.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { Expression } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { inBrokenLines } from './edited-lines.ts';
import { multiplied } from './multiplied.ts';
import { callAt, functionAround } from './nodes.ts';
import { initialized, scaleArguments } from './scale-arguments.ts';
import { type ScaledEdits, sameAt, scalingFactor } from './scaling-factor.ts';
import { widthsOf } from './widths-of.ts';

/** An initialization, and which of the weights that it sets should start otherwise. */
export interface ScaledInit {
  readonly span: Span;
  readonly weights: readonly Weight[];
  /** Their values are multiplied by (base ÷ width) to this power. */
  readonly power: number;
}

/** Multiplies what decides how large the values of some weights are; null where the file does not show how. */
export function scaledInit(
  { span, weights, power }: ScaledInit,
  model: Model,
  code: CodeAround,
): ScaledEdits | null {
  const call = isHere(span) ? callAt(code.module, span) : undefined;
  const scale = call && scaleArguments(call, code.module);
  if (call === undefined || scale === undefined) return null;
  const factor = scalingFactor(code, {
    offset: span.start,
    symbols: widthsOf(weights, model),
    power,
    given: model.widths.given,
  });
  const condition = conditionFor(weights, model, { code, span, target: initialized(call, code.module) });
  if (factor === null || condition === null) return null;
  const { text } = factor;
  const guarded = condition === '' ? text : `(${text} if ${condition} else 1)`;
  const edits: readonly TextEdit[] =
    scale.kind === 'given'
      ? scale.values.flatMap((value) => multiplied(value, guarded))
      : [{ span: endOf(scale.behind), text: `, ${scale.name}=${guarded}` }];
  return sameAt(factor, inBrokenLines(call.span, edits, code));
}

function endOf({ span: { end } }: Expression): Span {
  return { start: end, end };
}

interface Guarding {
  readonly code: CodeAround;
  readonly span: Span;
  readonly target: Expression | undefined;
}

/** More layers than these are not told apart one by one. */
const MOST_TOLD_APART = 4;

/**
 * What tells the layers of some weights from the others that the same call initializes; '' where there are no others, and
 * null where the code there cannot tell.
 */
function conditionFor(
  weights: readonly Weight[],
  model: Model,
  { code, span, target }: Guarding,
): string | null {
  const others = model.weights.filter(
    (one) => !weights.includes(one) && one.inits.some(({ write }) => areOf(write, span)),
  );
  if (others.length === 0) return '';
  // Of what a loop makes there may be more than was seen.
  if (others.some((one) => model.rowName(one).includes('*'))) return null;
  const around = functionAround(code.module, span.start);
  const [self] = around?.made.parameters ?? [];
  const layer = target && layerNamed(target);
  if (around?.owner?.name !== model.outline.name || self === undefined || layer === undefined) return null;
  const paths = new Set(others.flatMap(layerPaths));
  if (paths.size === 0 || paths.size > MOST_TOLD_APART) return null;
  const named = [...paths].map((path) => `${self.name}.${path.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]')}`);
  return named.length === 1 ? `${layer} is not ${named[0]}` : `${layer} not in (${named.join(', ')})`;
}

/** `module` of `module.weight.data`. */
function layerNamed(target: Expression): string | undefined {
  if (target.kind !== 'attribute') return undefined;
  if (target.attribute === 'data') return layerNamed(target.object);
  return target.object.kind === 'name' ? target.object.name : undefined;
}

/** The layers that have a weight, all of them: the call may start it once for each, and the last time is what counts. */
function layerPaths(weight: Weight): readonly string[] {
  return [weight, ...weight.aliases].map(({ path }) => path.slice(0, path.lastIndexOf('.')));
}
