import type { Node, Parser, Tree } from '@vscode/tree-sitter-wasm';
import type { Budget } from '../../budget.ts';
import type { Statement } from '../ast.ts';
import type { Span } from '../span.ts';
import { isBeyondCode } from './beyond-code.ts';
import { joinedLines } from './joined-lines.ts';

import { lowerBlock } from './lower-statement.ts';
import { placeTree } from './placed-spans.ts';
import { refusalsOf } from './refused.ts';
import { repair } from './repair.ts';
import { spansOfSame } from './same-statements.ts';
import type { Stretch } from './stretches.ts';

/** What a stretch of a text says, wherever it stands. */
export interface LoweredStretch {
  readonly body: readonly Statement[];
  /** The names that some function declares `global` or `nonlocal`. */
  readonly rebound: readonly string[];
  /** Whether it did not parse as it is. */
  readonly broken: boolean;
  /** Where in it the first thing is that does not; null where all does. */
  readonly brokenAt: number | null;
  /** The work that it takes, whenever it is asked for. */
  readonly units: number;
  /** Where its statements stand. */
  readonly standing: Standing;
  /** Where in the stretch each of those spans begins and ends, as that of another text may be the same. */
  readonly places: Int32Array;
}

/** Where statements stand that one text or another says alike. */
export interface Standing {
  /** Every span of the statements. */
  readonly spans: readonly Span[];
  /** The places that they have now, and where those are counted from. */
  as: Int32Array;
  at: number;
}

/** What hundred steps of the parser and the nodes that it makes cost, in the budget's units. */
const HUNDRED_STEPS = 200;
/** What hundred more cost for each hundred before them on their line. */
const STEPS_BEFORE = 2;
const NODE = 1;
/** What a stretch costs beside its nodes, and how many of its characters are looked at for one unit. */
const STRETCH = 100;
const CHARACTERS = 8;

/** A module holds fewer statements at its top in code that people write: 443 is the most in 1,571 files with models. */
const MAX_AT_TOP = 2000;

/**
 * How many statements there are with those of a stretch, before which a module has some.
 *
 * @throws OutOfBudget where these are more than are read of one module
 */
export function counted(before: number, { body, standing }: LoweredStretch, budget: Budget): number {
  const count = before + body.length;
  budget.at = standing.at;
  return count > MAX_AT_TOP ? budget.refuse() : count;
}

/**
 * Parses and lowers a stretch, which then stands where it does in its text.
 *
 * @throws OutOfBudget where the grammar takes more steps, or more time, than there are
 */
export function lowerStretch(parser: Parser, stretch: Stretch, budget: Budget): LoweredStretch {
  const { start, text } = stretch;
  const before = budget.spent;
  // Where the work ends is said of the whole stretch, as it is where the stretch is known.
  budget.at = start;
  budget.spend(STRETCH + text.length / CHARACTERS);
  const first = lowerWhole(parser, stretch, budget);
  const { text: repaired, blanks } = first.broken ? repair(text) : { text, blanks: [] };
  const second = blanks.length === 0 ? first : lowerText(parser, { ...stretch, text: repaired }, budget);
  const { body, spans } = second;
  // Where the grammar recovers from what it cannot read, more than that stands oddly.
  const refused = first.broken ? [] : second.refused;
  const lost = [...blanks, ...refused].sort((left, right) => left - right);
  const broken = first.broken || refused.length > 0;
  const placed = lost.map((at) => start + at);
  return {
    body: lost.length === 0 ? body : body.map((statement) => markBroken(statement, placed)),
    rebound: reboundIn(text),
    broken,
    brokenAt: broken ? (lost[0] ?? second.brokenAt) : null,
    units: budget.spent - before,
    ...standingAt(spans, start),
  };
}

/** Lowers a text; with lines joined inside brackets where the grammar does not take it as it is. */
function lowerWhole(parser: Parser, stretch: Stretch, budget: Budget): LoweredText {
  const first = lowerText(parser, stretch, budget);
  const other = first.broken ? joinedLines(stretch.text) : null;
  const second = other === null ? first : lowerText(parser, { ...stretch, text: other }, budget);
  return second.broken ? first : second;
}

/** Of a span that no statement has. */
const NOWHERE: Span = { start: 0, end: 0 };

function standingAt(spans: readonly Span[], at: number): Pick<LoweredStretch, 'standing' | 'places'> {
  const places = new Int32Array(2 * spans.length);
  for (const [index, { start, end }] of spans.entries()) {
    places[2 * index] = start - at;
    places[2 * index + 1] = end - at;
  }
  return { standing: { spans, as: places, at }, places };
}

/** Lets all that is known of a stretch stand where its text does: whoever holds its spans has them moved. */
export function moveStretch({ standing, places }: LoweredStretch, at: number): void {
  if (standing.at === at && standing.as === places) return;
  for (const [index, span] of standing.spans.entries()) {
    // SAFETY: spans are only read by all others; there is a place for each.
    const own = span as { start: number; end: number };
    own.start = at + (places[2 * index] as number);
    own.end = at + (places[2 * index + 1] as number);
  }
  standing.at = at;
  standing.as = places;
}

/** A stretch with the statements of an earlier one, if it says the same wherever it stands; else as it is. */
export function sayingAs(earlier: LoweredStretch, lowered: LoweredStretch): LoweredStretch {
  const same = spansOfSame(earlier.body, lowered.body);
  if (same === null) return lowered;
  const { standing } = lowered;
  const now = new Map(same);
  const places = new Int32Array(2 * earlier.standing.spans.length);
  for (const [index, span] of earlier.standing.spans.entries()) {
    const { start, end } = now.get(span) ?? NOWHERE;
    places[2 * index] = start - standing.at;
    places[2 * index + 1] = end - standing.at;
  }
  const made = { ...lowered, body: earlier.body, standing: earlier.standing, places };
  moveStretch(made, standing.at);
  return made;
}

/** A class that lost a sign parses, but is not what its author is writing. */
export function markBroken(statement: Statement, lost: readonly number[]): Statement {
  if (statement.kind !== 'class' || statement.broken) return statement;
  const { start, end } = statement.span;
  const next = lost[firstFrom(lost, start)];
  return next !== undefined && next < end ? { ...statement, broken: true } : statement;
}

/** The index of the first place, of some in order, that is not before `start`. */
function firstFrom(places: readonly number[], start: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? start) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface LoweredText extends Pick<LoweredStretch, 'body' | 'broken' | 'brokenAt'>, Pick<Standing, 'spans'> {
  /** Where in it Python refuses what the grammar takes. */
  readonly refused: readonly number[];
}

function lowerText(parser: Parser, stretch: Stretch, budget: Budget): LoweredText {
  const tree = isBeyondCode(stretch.text) ? null : parsed(parser, stretch, budget);
  if (tree === null) return { body: [], broken: true, brokenAt: 0, spans: [], refused: [] };
  try {
    const root = tree.rootNode;
    budget.spend(NODE * root.descendantCount);
    const spans = placeTree(tree, stretch.start);
    const refused = refusalsOf(tree);
    return { body: lowerBlock(root), broken: root.hasError, brokenAt: firstError(root), spans, refused };
  } finally {
    tree.delete();
  }
}

/** Where the first thing stands that does not parse, or is missing; null where everything does. */
function firstError(root: Node): number | null {
  let node: Node | null = root.hasError ? root : null;
  while (node !== null && !node.isError && !node.isMissing) {
    node = node.children.find((child) => child?.hasError === true || child?.isMissing === true) ?? null;
  }
  return node?.startIndex ?? (root.hasError ? root.startIndex : null);
}

function parsed(parser: Parser, { text }: Stretch, budget: Budget): Tree | null {
  let stopped: unknown = null;
  let [lineEnd, onThisLine] = [0, 0];
  const tree = parser.parse(text, null, {
    progressCallback: ({ currentOffset }) => {
      const at = currentOffset / BYTES_PER_UNIT;
      if (at > lineEnd) {
        const found = text.indexOf('\n', at);
        [lineEnd, onThisLine] = [found < 0 ? text.length : found, 0];
      }
      // What makes no sense is tried together with all before it on its line; at the end the tree is balanced.
      stopped = refusal(budget, HUNDRED_STEPS + (at < text.length ? STEPS_BEFORE * onThisLine++ : 0));
      return stopped !== null;
    },
  });
  if (stopped === null) return tree;
  parser.reset();
  throw stopped;
}

/** tree-sitter counts the bytes of UTF-16. */
const BYTES_PER_UNIT = 2;

/** Why there is no more to spend; an exception does not cross WebAssembly. */
function refusal(budget: Budget, units: number): unknown {
  try {
    budget.spend(units);
    return null;
  } catch (error) {
    return error;
  }
}

/** The names that some function declares `global` or `nonlocal`. */
export function reboundIn(text: string): readonly string[] {
  const declarations = text.matchAll(/^[ \t]*(?:global|nonlocal)[ \t]+([^#\r\n]*)/gm);
  return [...declarations].flatMap(([, names = '']) => names.split(/[\s,;]+/));
}
