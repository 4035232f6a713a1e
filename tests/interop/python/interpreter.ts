import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const repository = path.resolve(import.meta.dirname, '../../..');

/** A Python with PyTorch and mup: the one that is named, or that of a virtual environment under `.cache`, made once. */
export function interopPython(named: string | undefined): string {
  return named ?? pythonWith('requirements.txt', 'PyTorch and mup');
}

/** The same with JAX, Flax, optax, and Keras with its three backends. */
export function interopTreePython(named: string | undefined): string {
  return named ?? pythonWith('tree-requirements.txt', 'JAX, Flax and Keras');
}

function pythonWith(list: string, what: string): string {
  const requirements = path.join(repository, 'tests/interop', list);
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = path.join(repository, '.cache/interop', `python-${digest}`);
  const [bin, executable] = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const python = path.join(folder, bin, executable);
  if (existsSync(path.join(folder, 'complete'))) return python;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  console.error(`installing ${what} under ${path.relative(process.cwd(), folder)}, once`);
  execFileSync(basePython(), ['-m', 'venv', folder], { stdio: 'inherit' });
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  writeFileSync(path.join(folder, 'complete'), '');
  return python;
}

/** The Python that environments are made with. */
export function basePython(): string {
  const found = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (found === undefined) throw new Error('no Python 3 is on the path');
  return found;
}
