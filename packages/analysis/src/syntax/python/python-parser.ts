import { Language, type Node, Parser } from '@vscode/tree-sitter-wasm';
import type { Comment, PythonModule, Statement } from '../ast.ts';
import { spanOf } from './lower-expression.ts';
import { lowerBlock } from './lower-statement.ts';
import { repair } from './repair.ts';

/** The two WebAssembly modules of tree-sitter, as bytes, so that whoever has a file system reads them. */
export interface ParserWasm {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

export interface PythonParser {
  /** Any text has a module; what could not be parsed is missing from it. */
  parse(text: string): PythonModule;
}

/** Loads the grammar. The parser may be kept for the life of the process. */
export async function loadPythonParser(wasm: ParserWasm): Promise<PythonParser> {
  // SAFETY: emscripten takes `wasmBinary` too, and then asks for no file; the declaration lists `locateFile` alone.
  await Parser.init({ wasmBinary: wasm.runtime } as unknown as Parameters<typeof Parser.init>[0]);
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm.python));
  return { parse: (text) => parseModule(parser, text) };
}

function parseModule(parser: Parser, text: string): PythonModule {
  const first = lowerText(parser, text);
  if (!first.broken) return first;
  const { text: repaired, blanks } = repair(text);
  if (blanks.length === 0) return first;
  const second = lowerText(parser, repaired);
  return { ...second, body: second.body.map((statement) => markBroken(statement, blanks)), broken: true };
}

/** A class that lost a bracket parses, but is not what its author is writing. */
function markBroken(statement: Statement, blanks: readonly number[]): Statement {
  if (statement.kind !== 'class') return statement;
  const { start, end } = statement.span;
  return { ...statement, broken: statement.broken || blanks.some((at) => start <= at && at < end) };
}

function lowerText(parser: Parser, text: string): PythonModule {
  const tree = parser.parse(text);
  if (tree === null) return { body: [], comments: [], rebound: new Set(), broken: true };
  try {
    const root = tree.rootNode;
    return {
      body: lowerBlock(root),
      comments: commentsOf(root, text),
      rebound: reboundIn(text),
      broken: root.hasError,
    };
  } finally {
    tree.delete();
  }
}

function reboundIn(text: string): ReadonlySet<string> {
  const declarations = text.matchAll(/^[ \t]*(?:global|nonlocal)[ \t]+([^#\r\n]*)/gm);
  return new Set([...declarations].flatMap(([, names = '']) => names.split(/[\s,;]+/)));
}

/** Most files have no directive, and then finding every comment would cost more than lowering them. */
function commentsOf(root: Node, text: string): Comment[] {
  if (!/#\s*(?:widthwise\s*:|noqa\s*:)/i.test(text)) return [];
  return root
    .descendantsOfType('comment')
    .filter((node): node is Node => node !== null)
    .map((node) => ({ span: spanOf(node), text: node.text.slice(1).trim() }));
}
