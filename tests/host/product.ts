import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { npm } from './npm.ts';

export const repo: string = path.resolve(import.meta.dirname, '../..');
export const extensionFolder: string = path.join(repo, 'packages/extension');
export const examples: string = path.join(repo, 'examples');

/** Packages the extension as a release would and returns the .vsix. */
export async function packageExtension(): Promise<string> {
  const packages = (): string[] => readdirSync(extensionFolder).filter((file) => file.endsWith('.vsix'));
  for (const stale of packages()) rmSync(path.join(extensionFolder, stale));
  await npm(['run', '--silent', 'build'], repo);
  await npm(['run', '--silent', 'package'], repo);
  const [vsix] = packages();
  if (vsix === undefined) throw new Error('npm run package left no .vsix in packages/extension');
  return path.join(extensionFolder, vsix);
}

/** Bundles the in-host suite, which VS Code loads as CommonJS. */
export async function bundleSuite(): Promise<string> {
  const outfile = path.join(repo, '.cache/host-suite/index.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'suite/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
