import { exponentText, regimeText } from '@widthwise/analysis';
import {
  type Exponent,
  type Graph,
  type GraphClassification,
  nameText,
  type WeightNode,
} from '@widthwise/core';
import { columnsOf, padToColumns } from '../terminal/columns.ts';
import { prose } from '../terminal/prose.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** More names than a sentence holds, more weights than a screen: JSON has all. */
const MOST_NAMES = 8;
const MOST_ROWS = 200;

type Line = (text: string) => string;

/** What is said of a graph: the regime, what it follows from, and each weight with what is right for it here. */
export function graphText(graph: Graph, found: GraphClassification, terminal: Terminal): readonly string[] {
  const line: Line = (text) => prose(text, terminal);
  return [
    line(
      `${found.regime}: ${regimeText(found.regime)}${found.widthStable === true ? '; every weight is right' : ''}`,
    ),
    ...reasons(found).map(line),
    '',
    ...weightLines(graph, found, terminal),
    '',
    line(
      'b: initial std n^-b, c: learning rate η·n^-c. What starts or moves too large does so by that power of the width. Assumes a fixed number of tokens and steps, and updates that align with what they meet: an upper bound of sizes.',
    ),
  ];
}

function reasons({ grows, overwritten, regime, weights }: GraphClassification): readonly string[] {
  const isAtFault = [...weights.values()].some(({ init, rate }) => isTooLarge(init) || isTooLarge(rate));
  return [
    ...(grows.length === 0 ? [] : [`grows with width under full alignment: ${namesOf(grows)}`]),
    ...(grows.length > 0 && !isAtFault
      ? ['no weight is at fault: a factor in front of it is too large']
      : []),
    ...(overwritten.length === 0
      ? []
      : [
          `after the first updates nothing of the initialization is left in front of: ${namesOf(overwritten)}`,
        ]),
    ...(regime === 'unknown' ? ['the size of a tensor that matters rests on what is unknown'] : []),
  ];
}

/** Unknown counts: a fault is denied only where it is known not to be there. */
function isTooLarge(effect: Exponent): boolean {
  return effect === null || effect < 0;
}

function namesOf(ids: readonly string[]): string {
  const shown = ids.slice(0, MOST_NAMES).map(nameText).join(', ');
  return ids.length > MOST_NAMES ? `${shown} and ${ids.length - MOST_NAMES} more` : shown;
}

function weightLines(graph: Graph, { weights }: GraphClassification, terminal: Terminal): readonly string[] {
  const heads = ['weight', 'b', 'starts', 'right b', 'c', 'moves', 'right c'];
  const nodes = graph.nodes.filter((node) => node.op === 'weight');
  const rows = nodes.slice(0, MOST_ROWS).map((node) => {
    const { init, rate, rightInit, rightRate } = weights.get(node.id) ?? NOTHING_KNOWN;
    const frozen = node.rate === null;
    return [
      nameText(node.id),
      startText(node),
      judgement(init, 'zero'),
      sizeText(rightInit),
      frozen ? 'frozen' : given(node.rate),
      frozen ? '' : judgement(rate, 'never moves'),
      frozen ? '' : sizeText(rightRate),
    ];
  });
  const cells = [heads, ...rows].map((row) => row.map((cell) => terminal.plain(cell)));
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => columnsOf(row[column] ?? ''))));
  const lines = cells.map((row) =>
    `  ${row.map((cell, column) => padToColumns(cell, widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  const more = nodes.length - rows.length;
  return more > 0 ? [...lines, terminal.plain(`  and ${more} more weights: --json has them`)] : lines;
}

const NOTHING_KNOWN = { init: null, rate: null, rightInit: null, rightRate: null } as const;

function startText({ init }: WeightNode): string {
  return init === 'zero' || init === 'one' ? init : given(init);
}

function given(exponent: number | 'unknown' | null): string {
  return exponentText(exponent === 'unknown' ? null : exponent);
}

function sizeText(exponent: Exponent): string {
  return exponent === Number.POSITIVE_INFINITY ? 'zero' : exponentText(exponent);
}

function judgement(effect: Exponent, whenZero: string): string {
  if (effect === null) return '?';
  if (effect === Number.POSITIVE_INFINITY) return whenZero;
  if (effect === 0) return 'right';
  return effect < 0 ? `too large: n^${exponentText(-effect)}` : `small: n^-${exponentText(effect)}`;
}
