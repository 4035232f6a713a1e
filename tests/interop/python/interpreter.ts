import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const repository = path.resolve(import.meta.dirname, '../../..');

/** What an environment is made of: a list of requirements, and packages without theirs. */
interface Wanted {
  readonly list: string;
  readonly what: string;
  /**
   * Packages that are installed as they are: mup asks for what draws its figures, and both for torchvision, which brings a
   * PyTorch of gigabytes.
   */
  readonly alone: readonly string[];
}

const MUP = 'mup==1.0.0';
const WHOLE: Wanted = {
  list: 'requirements.txt',
  what: 'PyTorch, mup and model libraries',
  alone: [MUP, 'timm==1.0.31'],
};
const SHORT: Wanted = { list: 'short-requirements.txt', what: 'PyTorch and mup', alone: [MUP] };
const TREES: Wanted = { list: 'tree-requirements.txt', what: 'JAX, Flax and Keras', alone: [] };

/** A Python with PyTorch, mup and libraries of models: the one that is named, or that of a virtual environment under `.cache`, made once. */
export function interopPython(named: string | undefined): string {
  return named ?? made(WHOLE);
}

/** A Python with PyTorch and mup alone, or one that has more. */
export function shortPython(named: string | undefined): string {
  return named ?? (isComplete(WHOLE) ? pythonOf(WHOLE) : made(SHORT));
}

/** One with JAX, Flax, optax, and Keras with its three backends. */
export function interopTreePython(named: string | undefined): string {
  return named ?? made(TREES);
}

function made(wanted: Wanted): string {
  const [folder, python] = [folderOf(wanted), pythonOf(wanted)];
  if (isComplete(wanted)) return python;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  console.error(`installing ${wanted.what} under ${path.relative(process.cwd(), folder)}, once`);
  execFileSync(basePython(), ['-m', 'venv', folder], { stdio: 'inherit' });
  const install = (...given: readonly string[]): void => {
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...given], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  };
  install('--requirement', listOf(wanted));
  if (wanted.alone.length > 0) install('--no-deps', ...wanted.alone);
  writeFileSync(path.join(folder, 'complete'), '');
  return python;
}

function isComplete(wanted: Wanted): boolean {
  return existsSync(path.join(folderOf(wanted), 'complete'));
}

function pythonOf(wanted: Wanted): string {
  const [bin, executable] = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  return path.join(folderOf(wanted), bin, executable);
}

function folderOf(wanted: Wanted): string {
  const digest = createHash('sha256')
    .update(readFileSync(listOf(wanted)))
    .update(wanted.alone.join(' '))
    .digest('hex')
    .slice(0, 12);
  return path.join(repository, '.cache/interop', `python-${digest}`);
}

function listOf({ list }: Wanted): string {
  return path.join(repository, 'tests/interop', list);
}

/** The Python that environments are made with. */
export function basePython(): string {
  const found = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (found === undefined) throw new Error('no Python 3 is on the path');
  return found;
}
