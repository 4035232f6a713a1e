import { build } from 'esbuild';

await Promise.all([
  build({
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    conditions: ['widthwise-source'],
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  }),
  build({
    entryPoints: { webview: 'webview/main.tsx' },
    outdir: 'dist',
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    conditions: ['widthwise-source'],
    logLevel: 'warning',
  }),
]);
