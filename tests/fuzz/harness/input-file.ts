import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import type { Input, Kind } from './kind.ts';

const FOLDER = join(import.meta.dirname, '../../../.cache/fuzz');

/** Writes an input for people to look at and for `--input`; answers its path from here. */
export function writeInput(name: string, input: Input): string {
  const whole = typeof input === 'string' || input instanceof Uint8Array;
  const path = join(FOLDER, `${name}.${whole ? 'py' : 'json'}`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path, whole ? input : `${JSON.stringify(input, null, 2)}\n`);
  return relative(process.cwd(), path);
}

/** Reads what `writeInput` wrote. */
export function readInput({ judge }: Kind, path: string): Input {
  if (judge === 'bytes') return new Uint8Array(readFileSync(path));
  const text = readFileSync(path, 'utf8');
  return judge === 'text' ? text : JSON.parse(text);
}
