import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

const { version } = JSON.parse(await readFile('package.json', 'utf8'));

await build({
  entryPoints: { cli: 'src/cli.ts', 'run-worker': 'src/runs/run-worker.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  conditions: ['widthwise-source'],
  splitting: true,
  chunkNames: '[name]-[hash]',
  // CommonJS dependencies call require for Node's own modules, which an ES module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  define: { WIDTHWISE_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
});

const treeSitter = dirname(require.resolve('@vscode/tree-sitter-wasm/package.json'));
for (const file of ['tree-sitter.wasm', 'tree-sitter-python.wasm']) {
  await copyFile(join(treeSitter, 'wasm', file), join('dist', file));
}

await mkdir('dist/data', { recursive: true });
for (const file of ['digits.csv.gz', 'README.md'])
  await copyFile(join('data', file), join('dist/data', file));
