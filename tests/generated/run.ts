/** `npm run generated`: bundles the check as the product is bundled, and runs it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const FOLDER = join(import.meta.dirname, '../../.cache/generated');

mkdirSync(FOLDER, { recursive: true });
const outfile = join(FOLDER, 'generated.mjs');
await build({
  entryPoints: [join(import.meta.dirname, 'generated.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  conditions: ['widthwise-source'],
  external: ['@fast-check/vitest', 'fast-check', 'vitest'],
  // The parser's runtime is CommonJS.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __filename = import.meta.filename;",
  },
  define: { 'import.meta.dirname': JSON.stringify(import.meta.dirname) },
});
await import(pathToFileURL(outfile).href);
