import type { TextEdit } from '../finding.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { AssignStatement, Expression } from '../syntax/ast.ts';
import { isSamePlace, type Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { lineStyle } from './group-text.ts';
import { type NoEdit, noEdit } from './no-edit.ts';
import { callAt, chainText, nodesAround } from './nodes.ts';

/** Weights that start as their layer's constructor has it. */
export interface DefaultStart {
  /** The statement that puts the layer, or what holds it, in an attribute. */
  readonly statement: AssignStatement;
  /** `self.head.weight`. */
  readonly tensor: string;
  /** `nn`, by which the code names what makes the layer; null where it has no such name. */
  readonly library: string | null;
}

/** Whether nothing but the constructor that stands at a place starts some weights. */
export function startsByDefault(weights: readonly Weight[], place: Span): boolean {
  return weights.every(
    ({ inits, spans }) =>
      isSamePlace(spans.constructor, place) && inits.every(({ write }) => write.span === null),
  );
}

/** How the code that makes a layer calls the weight right behind the statement; why not where that is not written plainly. */
export function defaultStart(
  weights: readonly Weight[],
  place: Span,
  { model, code }: { readonly model: Model; readonly code: CodeAround },
): DefaultStart | NoEdit {
  const call = isHere(place) ? callAt(code.module, place) : undefined;
  if (call === undefined) return noEdit('the layer is made in another file');
  const others = model.weights.filter((one) => isSamePlace(one.spans.constructor, place));
  const leaves = new Set(weights.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)));
  const [leaf = '', ...more] = leaves;
  const isOfAll = others.every((one) => weights.includes(one) || !one.path.endsWith(`.${leaf}`));
  if (more.length > 0 || !isOfAll) return noEdit('the same line makes other layers, which start well');
  const statement = nodesAround(code.module, place.start).findLast((node) => node.kind === 'assign');
  const held = statement?.kind === 'assign' ? heldIn(statement, place) : undefined;
  if (statement?.kind !== 'assign' || held === undefined) return PLAINLY;
  const { owner, at } = held;
  const attribute = owner.slice(owner.lastIndexOf('.') + 1);
  const path = `${attribute}${at === null ? '' : `.${at}`}.${leaf}`;
  if (!weights.every((one) => one.path === path || one.path.endsWith(`.${path}`))) return PLAINLY;
  const [library = null] = /^.*\bnn(?=\.\w+$)/.exec(chainText(call.callee) ?? '') ?? [];
  return { statement, tensor: `${owner}${at === null ? '' : `[${at}]`}.${leaf}`, library };
}

const PLAINLY = noEdit(
  'the layer is not put in an attribute by a line of its own, behind which its start could be written',
);

/** The attribute that a statement puts a layer in, and its place in the container where it has one. */
function heldIn(
  { targets: [target, ...others], value }: AssignStatement,
  place: Span,
): { readonly owner: string; readonly at: number | null } | undefined {
  const owner = target?.kind === 'attribute' ? chainText(target) : undefined;
  if (owner === undefined || others.length > 0 || value?.kind !== 'call') return undefined;
  if (isAt(value, place)) return { owner, at: null };
  const at = value.args.findIndex((one) => isAt(one.value, place));
  const isPlain = value.args.slice(0, at + 1).every(({ name, spread }) => name === null && !spread);
  return at >= 0 && isPlain ? { owner, at } : undefined;
}

function isAt({ span }: Expression, { start, end }: Span): boolean {
  return span.start === start && span.end === end;
}

/** A line behind a statement; none where something else stands on its lines. */
export function lineBehind({ span }: AssignStatement, line: string, code: CodeAround): TextEdit | null {
  const { text } = code;
  const before = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  const behind = /^[ \t]*(?:#[^\r\n]*)?(?=\r\n|\r|\n|$)/.exec(text.slice(span.end))?.[0];
  if (before.trim() !== '' || behind === undefined) return null;
  const { indent, lineEnd } = lineStyle(code, span.start);
  const at = span.end + behind.length;
  return { span: { start: at, end: at }, text: `${lineEnd}${indent}${line}` };
}
