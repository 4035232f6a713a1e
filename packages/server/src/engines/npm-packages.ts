import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { makeFolder } from '../files/make-folder.ts';
import { type InstallStep, isNoted } from './installation.ts';
import { runProgram } from './run-program.ts';

/** Packages of npm in a folder of their own, whose install scripts do not run. */
export function npmPackages(
  folder: string,
  packages: readonly string[],
  { size, signal }: { readonly size: string; readonly signal: AbortSignal },
): InstallStep {
  const done = join(folder, 'packages.txt');
  const asked = packages.join('\n');
  return {
    what: `${packages.join(' and ')} from npm, ${size}`,
    isDone: () => isNoted(done, asked),
    async run() {
      makeFolder(folder);
      await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
      const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages];
      await runProgram('npm', args, { cwd: folder, signal, shell: process.platform === 'win32' });
      await writeFile(done, asked);
    },
  };
}
