import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

type Environment = Readonly<Record<string, string | undefined>>;

const [BIN, EXECUTABLE] = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
const FOLDERS = ['.venv', 'venv'];

/**
 * The Python that a file of the user's runs with, where none is named: that of the active environment, else of the
 * nearest virtual environment above the file, else the one on the path.
 */
export function interpreterFor(file: string, env: Environment): string {
  const active = env['VIRTUAL_ENV'] ?? env['CONDA_PREFIX'];
  const candidates = [
    ...(active === undefined ? [] : [pythonIn(active)]),
    ...foldersAbove(file).flatMap((folder) => FOLDERS.map((name) => pythonIn(join(folder, name)))),
  ];
  return candidates.find((path) => existsSync(path)) ?? (process.platform === 'win32' ? 'python' : 'python3');
}

function pythonIn(environment: string): string {
  // An environment of conda has no folder of its own for it on Windows.
  const here = join(environment, EXECUTABLE);
  return process.platform === 'win32' && existsSync(here) ? here : join(environment, BIN, EXECUTABLE);
}

function foldersAbove(file: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder)) return folders;
  }
}
