import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { billOfMaterials } from './bill-of-materials.mjs';
import { bundledParts } from './bundled-parts.mjs';
import { joinProbe } from './join-probe.mjs';
import { thirdPartyNotices } from './third-party-notices.mjs';

const require = createRequire(import.meta.url);

const manifest = JSON.parse(await readFile('package.json', 'utf8'));

const { metafile } = await build({
  entryPoints: {
    cli: 'src/cli.ts',
    'run-worker': 'src/lab/runs/run-worker.ts',
    'experiment-worker': 'src/lsp/experiments/experiment-worker.ts',
    analyser: 'src/sources/analyser/analyser-main.ts',
  },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  conditions: ['widthwise-source'],
  splitting: true,
  chunkNames: '[name]-[hash]',
  // CommonJS dependencies call require for Node's own modules and ask for their file, which an ES module does not have.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __fileUrlToPath } from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      'const __filename = __fileUrlToPath(import.meta.url);',
    ].join(' '),
  },
  define: { WIDTHWISE_VERSION: JSON.stringify(manifest.version) },
  metafile: true,
  logLevel: 'warning',
});

// Chunks are named by their content: those of earlier builds would be published too.
const built = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const file of await readdir('dist')) {
  if (file.endsWith('.js') && !built.has(file)) await rm(join('dist', file));
}

const grammars = ['tree-sitter.wasm', 'tree-sitter-python.wasm'];
const treeSitter = dirname(require.resolve('@vscode/tree-sitter-wasm/package.json'));
for (const file of grammars) {
  await copyFile(join(treeSitter, 'wasm', file), join('dist', file));
}

await mkdir('dist/data', { recursive: true });
for (const file of ['digits.csv.gz', 'README.md'])
  await copyFile(join('data', file), join('dist/data', file));

// What runs beside a factory of the user's.
await writeFile('dist/probe.py', await joinProbe('src/built/python'));

// What SARIF and the model context protocol say of a rule.
const pages = '../../docs/rules';
await rm('dist/rules', { recursive: true, force: true });
await mkdir('dist/rules', { recursive: true });
for (const page of await readdir(pages)) {
  if (page.endsWith('.md')) await copyFile(join(pages, page), join('dist/rules', page));
}

const parts = await bundledParts(
  [metafile],
  grammars.map((file) => join('dist', file)),
);
await writeFile('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(parts));
// Beside what is published, not in it.
await writeFile('dist/bom.cdx.json', billOfMaterials(manifest, parts));
