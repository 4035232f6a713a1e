// Builds the Python wheel: node wheel.mjs FOLDER [PYTHON]. It holds what the npm package holds, and a launcher.
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [folder, python = 'python3'] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('npm run wheel -- FOLDER [PYTHON]: say which folder the wheel goes to\n');
  process.exit(2);
}

// npm is a script on Windows, which only a shell starts.
const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: here,
  encoding: 'utf8',
  shell: process.platform === 'win32',
  stdio: ['ignore', 'pipe', 'ignore'],
});
const [{ files }] = JSON.parse(listed);

const staged = await mkdtemp(join(tmpdir(), 'widthwise-wheel-'));
try {
  await cp(join(here, 'python'), staged, { recursive: true });
  for (const { path } of files) await cp(join(here, path), join(staged, 'widthwise/bundle', path));
  const args = ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', resolve(folder), staged];
  execFileSync(python, args, { stdio: 'inherit' });
} finally {
  await rm(staged, { recursive: true, force: true });
}
