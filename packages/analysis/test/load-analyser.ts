import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Analyser, loadAnalyser } from '../src/analyse.ts';

/** The analyser, with tree-sitter's files from their package. */
export async function loadTestAnalyser(): Promise<Analyser> {
  const { resolve } = createRequire(import.meta.url);
  const [runtime, python] = await Promise.all(
    ['tree-sitter', 'tree-sitter-python'].map((name) =>
      readFile(resolve(`@vscode/tree-sitter-wasm/wasm/${name}.wasm`)),
    ),
  );
  return loadAnalyser({ runtime: runtime!, python: python! });
}
