/** `npm run bench`: bundles the benchmark as the product is bundled, and runs it as that runs its analysers. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
// @boundaries-ignore what is measured runs as the product does, with as much memory
import { LIMITS } from '../../packages/server/src/sources/analyser/analyser-pool.ts';
// @boundaries-ignore what is measured runs as the product does, with as much memory
import { analyserFlags } from '../../packages/server/src/sources/analyser/analyser-process.ts';

const FOLDER = join(import.meta.dirname, '../../.cache/bench');

mkdirSync(FOLDER, { recursive: true });
const outfile = join(FOLDER, 'bench.mjs');
await build({
  entryPoints: [join(import.meta.dirname, 'bench.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  conditions: ['widthwise-source'],
  // The parser's runtime is CommonJS.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __filename = import.meta.filename;",
  },
  define: { 'import.meta.dirname': JSON.stringify(import.meta.dirname) },
});
const flags = analyserFlags(LIMITS);
const { status } = spawnSync(process.execPath, [...flags, outfile, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
