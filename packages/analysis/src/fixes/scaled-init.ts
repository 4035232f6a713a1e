import type { TextEdit } from '../finding.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import { areOf } from '../network/init.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { Expression } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import { inOneLine } from './broken-lines.ts';
import type { CodeAround } from './code-around.ts';
import { defaultStart, lineBehind, startsByDefault } from './default-start.ts';
import { inBrokenLines } from './edited-lines.ts';
import { joinedChoice } from './joined-conditions.ts';
import { multiplied } from './multiplied.ts';
import { nameCondition } from './name-condition.ts';
import { nameInLoop } from './name-in-loop.ts';
import { ELSEWHERE, type NoEdit, noEdit } from './no-edit.ts';
import { callAt, functionAround } from './nodes.ts';
import { ownSizes } from './own-sizes.ts';
import { initialized, scaleArguments } from './scale-arguments.ts';
import {
  type FactorWanted,
  type ScaledEdits,
  type ScalingFactor,
  sameAt,
  scalingFactor,
} from './scaling-factor.ts';
import { startsMoreOfWhole } from './started-in-wholes.ts';
import { widthsOf } from './widths-of.ts';

/** An initialization, and which of the weights that it sets should start otherwise. */
export interface ScaledInit {
  readonly span: Span;
  readonly weights: readonly Weight[];
  /** Their values are multiplied by (base ÷ width) to this power. */
  readonly power: number;
}

/** Multiplies what decides how large the values of some weights are; why not where the file does not show how. */
export function scaledInit(
  { span, weights, power }: ScaledInit,
  model: Model,
  code: CodeAround,
): ScaledEdits | NoEdit {
  if (!isHere(span)) return ELSEWHERE;
  const wanted = { symbols: widthsOf(weights, model), power, given: model.widths.given };
  if (startsByDefault(weights, span)) return scaledDefault({ span, weights }, wanted, { model, code });
  if (startsMoreOfWhole(span, model, code)) return OTHERS;
  const call = callAt(code.module, span);
  const scale = call && scaleArguments(call, code.module);
  if (call === undefined || scale === undefined) return noEdit('no argument there says how large it starts');
  const target = initialized(call, code.module);
  const sizes = new Map([...ownSizes(model, code, span.start), ...sizesOf(target, weights, code)]);
  const factor = scalingFactor(code, { ...wanted, offset: span.start, sizes });
  if ('why' in factor) return factor;
  const told = conditionFor(weights, model, { code, span, target });
  if (told === null) return OTHERS;
  const guarded = guardedBy(factor, told);
  const edits: readonly TextEdit[] =
    scale.kind === 'given'
      ? scale.values.flatMap((value) => joined(value, guarded, code) ?? multiplied(value, guarded.text))
      : [{ span: endOf(scale.behind), text: `, ${scale.name}=${guarded.text}` }];
  return sameAt(factor, [...told.edits, ...inBrokenLines(call.span, edits, code)]);
}

const OTHERS = noEdit('the same line starts other weights, which the code there does not tell apart');

interface Guarded extends Pick<Told, 'condition'> {
  /** `((64 / width) ** 0.5 if name == 'table.weight' else 1)`. */
  readonly text: string;
  readonly factor: string;
}

function guardedBy({ text, ratio }: ScalingFactor, { condition }: Told): Guarded {
  const factor = text === `(${ratio})` ? ratio : text;
  return { factor, condition, text: condition === '' ? text : `(${factor} if ${condition} else 1)` };
}

/** A factor as one more of a choice that stands there; null where none does that it goes into. */
function joined(
  { kind, span: { start, end } }: Expression,
  { factor, condition }: Guarded,
  { text }: CodeAround,
): readonly TextEdit[] | null {
  // A comment would be lost.
  const [, head, choice] =
    /^(.* \* \()([^*]+(?:\*\* [\d.]+)? if .+ else 1)\)$/.exec(inOneLine(text.slice(start, end)) ?? '') ?? [];
  if (kind !== 'binary' || condition === '' || head === undefined || choice === undefined) return null;
  const all = joinedChoice(choice, factor, condition);
  return all === null ? null : [{ span: { start, end }, text: `${head}${all})` }];
}

/** Multiplies what a constructor starts, right behind it. */
function scaledDefault(
  { span, weights }: Pick<ScaledInit, 'span' | 'weights'>,
  wanted: Pick<FactorWanted, 'symbols' | 'power' | 'given'>,
  { model, code }: { readonly model: Model; readonly code: CodeAround },
): ScaledEdits | NoEdit {
  const start = defaultStart(weights, span, { model, code });
  if ('why' in start) return start;
  const { statement, tensor } = start;
  const sizes = ownSizes(model, code, span.start);
  const factor = scalingFactor(code, { ...wanted, offset: span.start, sizes });
  if ('why' in factor) return factor;
  const edit = lineBehind(statement, `${tensor}.data.mul_(${factor.text})`, code);
  return edit === null
    ? noEdit('other code stands on the line that makes the layer')
    : sameAt(factor, [edit]);
}

/** The width as what is started has it, where that is what each of the weights sums over: `module.in_features`. */
function sizesOf(
  target: Expression | undefined,
  weights: readonly Weight[],
  { text }: CodeAround,
): ReadonlyMap<WidthSymbol, string> {
  const into = new Set(weights.map(({ dims }) => summedOver(dims)));
  const [only = null, ...others] = into;
  if (target === undefined || !isPlace(target) || only === null || others.length > 0) return new Map();
  const layer = target.kind === 'attribute' && target.attribute === 'data' ? target.object : target;
  const written = ({ span }: Expression) => text.slice(span.start, span.end);
  const isOfLinear = weights.every((one) => one.layer.family === 'linear' && one.path.endsWith('.weight'));
  const size =
    isOfLinear && layer.kind === 'attribute' && layer.attribute === 'weight'
      ? `${written(layer.object)}.in_features`
      : `${written(layer)}.shape[1]`;
  return new Map([[only, size]]);
}

/** What a matrix sums over, where that is a width and no multiple of one. */
function summedOver(dims: Weight['dims']): WidthSymbol | null {
  const into = dims?.length === 2 ? dims[1] : undefined;
  return into?.op === 'symbol' ? into.symbol : null;
}

/** A name, and what it has: nothing that does something when it is written again. */
function isPlace(target: Expression): boolean {
  if (target.kind === 'attribute') return isPlace(target.object);
  return target.kind === 'subscript'
    ? target.index?.kind === 'number' && isPlace(target.object)
    : target.kind === 'name';
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

/** A condition in the code, '' where none is needed, and the edits that it takes. */
interface Told {
  readonly condition: string;
  readonly edits: readonly TextEdit[];
}

/** What tells some weights from the others that the same call initializes; null where the code there cannot tell. */
function conditionFor(weights: readonly Weight[], model: Model, guarding: Guarding): Told | null {
  const { span } = guarding;
  const others = model.weights.filter(
    (one) => !weights.includes(one) && one.inits.some(({ write }) => areOf(write, span)),
  );
  if (others.length === 0) return { condition: '', edits: [] };
  const condition = layerCondition({ weights, others }, model, guarding);
  return condition === null ? conditionOnName(weights, model, guarding) : { condition, edits: [] };
}

/** What tells the layers of some weights from those of others: `module is not self.lm_head`. */
function layerCondition(
  { weights, others }: { readonly weights: readonly Weight[]; readonly others: readonly Weight[] },
  model: Model,
  { code, span, target }: Guarding,
): string | null {
  // Of what a loop makes there may be more than was seen.
  const isLoop = (one: Weight) => model.rowName(one).includes('*');
  const [mine, theirs] = [weights, others].map((some) => new Set(some.flatMap(layerPaths)));
  const isShorter = (mine?.size ?? 0) < (theirs?.size ?? 0) && !weights.some(isLoop);
  const [isTold, told] = others.some(isLoop) || isShorter ? [true, weights] : [false, others];
  if (told.some(isLoop)) return null;
  const around = functionAround(code.module, span.start);
  const [self] = around?.made.parameters ?? [];
  const layer = target && layerNamed(target);
  if (around?.owner?.name !== model.outline.name || self === undefined || layer === undefined) return null;
  const paths = new Set(told.flatMap(layerPaths));
  if (paths.size === 0 || paths.size > MOST_TOLD_APART) return null;
  const named = [...paths].map((path) => `${self.name}.${path.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]')}`);
  const no = isTold ? '' : 'not ';
  return named.length === 1 ? `${layer} is ${no}${named[0]}` : `${layer} ${no}in (${named.join(', ')})`;
}

/** What tells some weights by their names, in a loop over all parameters of the model. */
function conditionOnName(
  weights: readonly Weight[],
  model: Model,
  { code, span, target }: Guarding,
): Told | null {
  const looped = nameInLoop(target, code, span.start);
  if (looped === null) return null;
  const { made, owner } = functionAround(code.module, span.start) ?? {};
  // What a method goes through has the names of the model if it is the model.
  if (looped.of === made?.parameters[0]?.name && owner !== null && owner?.name !== model.outline.name)
    return null;
  const others = model.weights.filter((one) => !weights.includes(one));
  const condition = nameCondition(
    weights.map((one) => ({ path: one.path, row: model.rowName(one) })),
    others.flatMap((one) => [one.path, ...one.aliases.map(({ path }) => path)]),
    looped.name,
  );
  return condition === null ? null : { condition, edits: looped.edits };
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
