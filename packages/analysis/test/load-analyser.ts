import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Analyser, loadAnalyser } from '../src/analyse.ts';
import type { Watch } from '../src/budget.ts';
import { loadPythonParser, type ParserWasm, type PythonParser } from '../src/syntax/python/python-parser.ts';

/** The analyser, with tree-sitter's files from their package. */
export async function loadTestAnalyser(watch?: Watch, told?: (units: number) => void): Promise<Analyser> {
  return loadAnalyser(await readWasm(), watch, told);
}

/** The parser alone, for tests of what runs on its trees. */
export async function loadTestParser(): Promise<PythonParser> {
  return loadPythonParser(await readWasm());
}

async function readWasm(): Promise<ParserWasm> {
  const { resolve } = createRequire(import.meta.url);
  const [runtime, python] = await Promise.all(
    ['tree-sitter', 'tree-sitter-python'].map((name) =>
      readFile(resolve(`@vscode/tree-sitter-wasm/wasm/${name}.wasm`)),
    ),
  );
  return { runtime: runtime!, python: python! };
}
