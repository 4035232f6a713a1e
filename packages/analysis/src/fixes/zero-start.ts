import type { TextEdit } from '../finding.ts';
import { areOf } from '../network/init.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { callAt, chainText } from './nodes.ts';
import { initialized, scaleArguments } from './scale-arguments.ts';

/** An initialization, and the weights that should start at zero in its place. */
interface ZeroStart {
  readonly span: Span;
  readonly weights: readonly Weight[];
}

/** Writes `init.zeros_(weight)` for a call that starts some weights alone; nothing where it starts others, or is written otherwise. */
export function zeroStart({ span, weights }: ZeroStart, model: Model, code: CodeAround): readonly TextEdit[] {
  const call = isHere(span) ? callAt(code.module, span) : undefined;
  const isHereAlone = model.weights.every((one) => {
    const here = one.inits.filter(({ write }) => areOf(write, span));
    return here.length === (weights.includes(one) ? one.inits.length : 0);
  });
  if (call?.callee.kind !== 'attribute' || !isHereAlone) return [];
  if (scaleArguments(call, code.module) === undefined) return [];
  const target = initialized(call, code.module);
  const owner = chainText(call.callee.object);
  if (target === undefined || owner === undefined) return [];
  const start =
    target === call.callee.object
      ? `${owner}.zero_()`
      : `${owner}.zeros_(${code.text.slice(target.span.start, target.span.end)})`;
  return [{ span, text: start }];
}
