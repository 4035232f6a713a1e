import {
  type Analysis,
  exponentText,
  markOf,
  overlaps,
  rowNameText,
  type Span,
  type WeightRow,
} from '@widthwise/analysis';
import { InlayHint, InlayHintKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageText } from '../connection/message-text.ts';

/** Behind each layer what it is and how it scales: `hidden · a 0 b ½ c 1 ✓`, of its weight where it has a bias, too. */
export function inlayHints(document: TextDocument, { models }: Analysis, within: Span): InlayHint[] {
  const rows = new Map<number, WeightRow>();
  for (const row of models.flatMap(({ weights }) => weights)) {
    const { end } = row.spans.constructor;
    if (row.role !== null && overlaps(row.spans.constructor, within) && !rows.has(end)) rows.set(end, row);
  }
  return [...rows].map(([end, row]) => {
    const position = document.positionAt(end);
    const hint = InlayHint.create(position, messageText(labelOf(row)), InlayHintKind.Type);
    return { ...hint, paddingLeft: true, tooltip: messageText(tooltipOf(row)) };
  });
}

function labelOf(row: WeightRow): string {
  if (row.role === 'finite') return 'finite';
  const { a, b, c } = row;
  return `${row.role} · a ${exponentText(a)} b ${exponentText(b)} c ${exponentText(c)} ${markOf(row)}`;
}

function tooltipOf(row: WeightRow): string {
  const what = rowNameText(row);
  if (row.role === 'finite') return `${what}: none of its dimensions grows with the width n`;
  return `${what}: multiplied by n^-a, started with std ∝ n^-b, trained at a rate ∝ n^-c`;
}
