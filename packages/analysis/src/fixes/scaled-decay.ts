import type { TextEdit } from '../finding.ts';
import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { DictExpression } from '../syntax/ast.ts';
import { nodesIn } from '../syntax/nodes-in.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { inBrokenLines } from './edited-lines.ts';
import { type GroupNumber, writtenDecay } from './group-decay.ts';
import { groupEntry, lineStyle } from './group-text.ts';
import { multiplied } from './multiplied.ts';
import { COMMENTED, type NoEdit, noEdit } from './no-edit.ts';
import { callAt, entryOf, nodesAround } from './nodes.ts';
import { type ScaledEdits, sameAt, scalingFactor } from './scaling-factor.ts';
import { timesText } from './times-text.ts';
import { widthsOf } from './widths-of.ts';

/** Weights of one group, of which the share that a step takes falls like n^-fade. */
interface Fading {
  readonly optimizer: ObservedOptimizer;
  readonly weights: readonly Weight[];
  readonly fade: number;
}

/** Multiplies the weight decay of the group that stands at a place as a dict; why not where the file does not show how. */
export function scaledDecay(
  place: Span,
  { optimizer, weights, fade }: Fading,
  { model, code }: { readonly model: Model; readonly code: CodeAround },
): ScaledEdits | NoEdit {
  const call = isHere(optimizer.span) ? callAt(code.module, optimizer.span) : undefined;
  const group = isHere(place) ? dictAt(place, code) : undefined;
  if (call === undefined || group === undefined || optimizer.coupledDecay === null)
    return noEdit('the group is written as no dict of this file');
  const decay = writtenDecay({ call, group }, optimizer.coupledDecay);
  const factor = scalingFactor(code, {
    offset: place.start,
    symbols: widthsOf(weights, model),
    power: -fade,
    given: model.widths.given,
  });
  if ('why' in factor) return factor;
  if (decay === null || !isKnownAt(place.start, decay, code))
    return noEdit('the code there has no name for the decay');
  const own = entryOf(group, 'weight_decay');
  const edits = own
    ? multiplied(own, factor.text)
    : decayAdded(group, timesText(decay, factor.text, code.text), code);
  return edits ? sameAt(factor, inBrokenLines(group.span, edits, code)) : noEdit(COMMENTED);
}

function dictAt({ start, end }: Span, { module }: CodeAround): DictExpression | undefined {
  const found = nodesAround(module, start).find(
    ({ kind, span }) => kind === 'dict' && span.start === start && span.end === end,
  );
  return found?.kind === 'dict' ? found : undefined;
}

/** Whether code at an offset has all names of a number that may stand elsewhere. */
function isKnownAt(offset: number, number: GroupNumber, { namesAt }: CodeAround): boolean {
  if (typeof number === 'string') return true;
  const names = namesAt(offset);
  return [number, ...nodesIn(number)].every((node) => node.kind !== 'name' || names.has(node.name));
}

/** One more entry behind the others, on a line of its own where they have; null where a comment may be in the way. */
function decayAdded(
  { span, entries }: DictExpression,
  value: string,
  code: CodeAround,
): readonly TextEdit[] | null {
  const inside = code.text.slice(span.start, span.end - 1).trimEnd();
  const last = entries.at(-1)?.key;
  if (inside.includes('#') || last == null) return null;
  const comma = inside.endsWith(',') ? ',' : '';
  const { indent, lineEnd } = lineStyle(code, last.span.start);
  const isOpen = code.text.slice(0, last.span.start).endsWith(`\n${indent}`);
  const { key } = groupEntry('weight_decay', value);
  const at = span.start + inside.length;
  const text = `${comma === '' ? ',' : ''}${isOpen ? lineEnd + indent : ' '}${key}: ${value}${comma}`;
  return [{ span: { start: at, end: at }, text }];
}
