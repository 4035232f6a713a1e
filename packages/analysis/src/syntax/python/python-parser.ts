import { Language, Parser, type Tree } from '@vscode/tree-sitter-wasm';
import type { Budget } from '../../budget.ts';
import type { PythonModule, Statement } from '../ast.ts';
import { lowerBlock } from './lower-statement.ts';
import { repair } from './repair.ts';
import { surfaceOf } from './surface.ts';

/** The two WebAssembly modules of tree-sitter, as bytes, so that whoever has a file system reads them. */
export interface ParserWasm {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

export interface PythonParser {
  /**
   * Any text has a module; what could not be parsed is missing from it.
   *
   * @throws OutOfBudget when it takes more work than there is
   */
  parse(text: string, budget: Budget): PythonModule;
}

/** Loads the grammar. The parser may be kept for the life of the process. */
export async function loadPythonParser(wasm: ParserWasm): Promise<PythonParser> {
  // SAFETY: emscripten takes `wasmBinary` too, and then asks for no file; the declaration lists `locateFile` alone.
  await Parser.init({ wasmBinary: wasm.runtime } as unknown as Parameters<typeof Parser.init>[0]);
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm.python));
  return { parse: (text, budget) => parseModule(parser, text, budget) };
}

function parseModule(parser: Parser, given: string, budget: Budget): PythonModule {
  const { text, comments, junk } = surfaceOf(given);
  const first = lowerText(parser, text, budget);
  if (!first.broken && junk.length === 0) return { ...first, comments };
  const { text: repaired, blanks } = repair(text);
  const second = blanks.length === 0 ? first : lowerText(parser, repaired, budget);
  const lost = inOrder([...junk, ...blanks]);
  return {
    ...second,
    comments,
    body: second.body.map((statement) => markBroken(statement, lost)),
    broken: true,
  };
}

function inOrder(places: readonly number[]): readonly number[] {
  return [...places].sort((left, right) => left - right);
}

/** A class that lost a sign parses, but is not what its author is writing. */
function markBroken(statement: Statement, lost: readonly number[]): Statement {
  if (statement.kind !== 'class' || statement.broken) return statement;
  const { start, end } = statement.span;
  const next = lost[firstFrom(lost, start)];
  return { ...statement, broken: next !== undefined && next < end };
}

/** The index of the first place that is not before `start`. */
function firstFrom(places: readonly number[], start: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? start) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What hundred steps of the parser and the nodes that it makes cost, in the budget's units. */
const HUNDRED_STEPS = 400;
/** What hundred more cost for each hundred before them on their line. */
const STEPS_BEFORE = 2;
const NODE = 2;

function lowerText(parser: Parser, text: string, budget: Budget): PythonModule {
  const tree = parsed(parser, text, budget);
  if (tree === null) return { body: [], comments: [], rebound: new Set(), broken: true };
  try {
    const root = tree.rootNode;
    budget.spend(NODE * root.descendantCount);
    return { body: lowerBlock(root), comments: [], rebound: reboundIn(text), broken: root.hasError };
  } finally {
    tree.delete();
  }
}

/** @throws OutOfBudget where the grammar takes more steps, or more time, than there are */
function parsed(parser: Parser, text: string, budget: Budget): Tree | null {
  let stopped: unknown = null;
  let [lineEnd, onThisLine] = [0, 0];
  const end = text.trimEnd().length;
  const tree = parser.parse(text, null, {
    progressCallback: ({ currentOffset }) => {
      budget.at = currentOffset / BYTES_PER_UNIT;
      if (budget.at > lineEnd) {
        const found = text.indexOf('\n', budget.at);
        [lineEnd, onThisLine] = [found < 0 ? text.length : found, 0];
      }
      // What makes no sense is tried together with all before it on its line; at the end the tree is balanced.
      stopped = refusal(budget, HUNDRED_STEPS + (budget.at < end ? STEPS_BEFORE * onThisLine++ : 0));
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

function reboundIn(text: string): ReadonlySet<string> {
  const declarations = text.matchAll(/^[ \t]*(?:global|nonlocal)[ \t]+([^#\r\n]*)/gm);
  return new Set([...declarations].flatMap(([, names = '']) => names.split(/[\s,;]+/)));
}
