import type { TextEdit } from '../finding.ts';
import { areOf } from '../network/init.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { defaultStart, lineBehind, startsByDefault } from './default-start.ts';
import { ELSEWHERE, type NoEdit, noEdit } from './no-edit.ts';
import { callAt, chainText } from './nodes.ts';
import { initialized, scaleArguments } from './scale-arguments.ts';
import { startsMoreOfWhole } from './started-in-wholes.ts';

/** An initialization, and the weights that should start at zero in its place. */
interface ZeroStart {
  readonly span: Span;
  readonly weights: readonly Weight[];
}

/** Writes `init.zeros_(weight)` for a call that starts some weights alone, or behind their layer where none does; why not where it starts others, or is written otherwise. */
export function zeroStart(
  { span, weights }: ZeroStart,
  model: Model,
  code: CodeAround,
): readonly TextEdit[] | NoEdit {
  if (!isHere(span)) return ELSEWHERE;
  if (startsByDefault(weights, span)) return zeroBehind({ span, weights }, model, code);
  const call = callAt(code.module, span);
  const isHereAlone = model.weights.every((one) => {
    const here = one.inits.filter(({ write }) => areOf(write, span));
    return here.length === (weights.includes(one) ? one.inits.length : 0);
  });
  if (!isHereAlone || startsMoreOfWhole(span, model, code))
    return noEdit('the same line starts other weights');
  if (call?.callee.kind !== 'attribute' || scaleArguments(call, code.module) === undefined) return UNWRITTEN;
  const target = initialized(call, code.module);
  const owner = chainText(call.callee.object);
  if (target === undefined || owner === undefined) return UNWRITTEN;
  const start =
    target === call.callee.object
      ? `${owner}.zero_()`
      : `${owner}.zeros_(${code.text.slice(target.span.start, target.span.end)})`;
  return [{ span, text: start }];
}

const UNWRITTEN = noEdit('what starts it is no call of an initializer that is known');

function zeroBehind(
  { span, weights }: ZeroStart,
  model: Model,
  code: CodeAround,
): readonly TextEdit[] | NoEdit {
  const start = defaultStart(weights, span, { model, code });
  if ('why' in start) return start;
  const { statement, tensor, library } = start;
  const line = library === null ? `${tensor}.data.zero_()` : `${library}.init.zeros_(${tensor})`;
  const edit = lineBehind(statement, line, code);
  return edit === null ? noEdit('other code stands on the line that makes the layer') : [edit];
}
