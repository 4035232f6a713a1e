import {
  type Analysis,
  exponentText,
  markOf,
  overlaps,
  rowNameText,
  type Span,
  type WeightRow,
} from '@widthwise/analysis';
import {
  type InitializeParams,
  InlayHint,
  InlayHintKind,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageText } from '../connection/message-text.ts';
import { initializationOption } from './initialization-option.ts';

/**
 * What the answer to `initialize` says of hints: an editor shows all that a server has, so that there are none unless it
 * says beforehand that it wants these.
 */
export function hintCapabilities(params: InitializeParams): ServerCapabilities {
  return initializationOption(params, 'inlayHints') === true ? { inlayHintProvider: true } : {};
}

/**
 * Behind each layer what it is and how it scales: `hidden · a 0 b ½ c 1 ✓`, of its weight where it has a bias, too. What
 * is kept from before the text stopped parsing stands in brackets, and is neither right nor wrong.
 */
export function inlayHints(document: TextDocument, { models, broken }: Analysis, within: Span): InlayHint[] {
  const rows = new Map<number, WeightRow>();
  for (const row of models.flatMap(({ weights }) => weights)) {
    const { end } = row.spans.constructor;
    if (row.role !== null && overlaps(row.spans.constructor, within) && !rows.has(end)) rows.set(end, row);
  }
  return [...rows].map(([end, row]) => {
    const position = document.positionAt(end);
    const hint = InlayHint.create(
      position,
      messageText(broken ? `(${whatOf(row)})` : labelOf(row)),
      InlayHintKind.Type,
    );
    const tooltip = broken ? `${tooltipOf(row)}, as it was before the file stopped parsing` : tooltipOf(row);
    return { ...hint, paddingLeft: true, tooltip: messageText(tooltip) };
  });
}

function labelOf(row: WeightRow): string {
  return row.role === 'finite' ? whatOf(row) : `${whatOf(row)} ${markOf(row)}`;
}

function whatOf({ role, a, b, c }: WeightRow): string {
  if (role === 'finite') return 'finite';
  return `${role} · a ${exponentText(a)} b ${exponentText(b)} c ${exponentText(c)}`;
}

function tooltipOf(row: WeightRow): string {
  const what = rowNameText(row);
  if (row.role === 'finite') return `${what}: none of its dimensions grows with the width n`;
  return `${what}: multiplied by n^-a, started with std ∝ n^-b, trained at a rate ∝ n^-c`;
}
