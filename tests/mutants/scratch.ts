import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Links to the packages of this repository, which in the copy must lead to the copy. */
const OF_THE_HOUSE = ['widthwise', 'widthwise-vscode', '@widthwise'];

function linkModules(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (OF_THE_HOUSE.includes(name))
      cpSync(path.join(from, name), path.join(to, name), { recursive: true, verbatimSymlinks: true });
    else if (!name.startsWith('.v')) symlinkSync(path.join(from, name), path.join(to, name));
  }
}

/** A copy of a checkout with its builds; what is installed is linked. It goes when the process ends. */
export function scratchCopy(root: string): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'mutants-'));
  process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  const builds = readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/dist`);
  for (const file of [...listed.split('\0'), ...builds]) {
    const from = path.join(root, file);
    if (file && existsSync(from)) cpSync(from, path.join(copy, file), { recursive: true });
  }
  linkModules(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  for (const name of readdirSync(path.join(copy, 'packages'))) {
    const own = path.join(root, 'packages', name, 'node_modules');
    if (existsSync(own)) symlinkSync(own, path.join(copy, 'packages', name, 'node_modules'));
  }
  return copy;
}
