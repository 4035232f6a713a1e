import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { billOfMaterials } from 'widthwise/bill-of-materials.mjs';
import { bundledParts } from 'widthwise/bundled-parts.mjs';
import { thirdPartyNotices } from 'widthwise/third-party-notices.mjs';

const conditions = ['widthwise-source'];

const [host, webview] = await Promise.all([
  build({
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    minify: true,
    external: ['vscode'],
    conditions,
    mainFields: ['module', 'main'],
    metafile: true,
    logLevel: 'warning',
  }),
  build({
    entryPoints: { webview: 'webview/app/main.tsx', 'model-check': 'webview/model-check/main.tsx' },
    outdir: 'dist',
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    conditions,
    metafile: true,
    logLevel: 'warning',
  }),
  build({
    entryPoints: { webview: 'webview/panel.css' },
    outdir: 'dist',
    bundle: true,
    minify: true,
    logLevel: 'warning',
  }),
  copyServer('dist/server'),
]);
const parts = await bundledParts([host.metafile, webview.metafile]);
// Those of the server stand beside it.
await writeFile('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(parts));
const manifest = JSON.parse(await readFile('package.json', 'utf8'));
const server = JSON.parse(await readFile(join(serverDist(), 'bom.cdx.json'), 'utf8'));
await writeFile('dist/bom.cdx.json', billOfMaterials(manifest, parts, server.components));

function serverDist() {
  return join(dirname(createRequire(import.meta.url).resolve('widthwise/package.json')), 'dist');
}

/** The extension ships the server it was built with: the published files of `widthwise`, nothing else. */
async function copyServer(target) {
  const dist = serverDist();
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const entry of await readdir(dist)) {
    if (/\.(js|py|wasm|txt)$/.test(entry) || entry === 'data') {
      await cp(join(dist, entry), join(target, entry), { recursive: true });
    }
  }
  await writeFile(join(target, 'package.json'), '{ "type": "module" }\n');
}
