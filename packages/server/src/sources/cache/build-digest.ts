import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** What an analyser is made of; its other parts are called after what is in them. */
const PARTS = ['analyser.js', 'tree-sitter.wasm', 'tree-sitter-python.wasm'];

/** By which what this build of the analyser finds is told from what any other does; null where it runs from its sources. */
export function buildDigest(folder: URL = new URL('.', import.meta.url)): string | null {
  const parts = PARTS.map((name) => new URL(name, folder));
  if (!parts.every((part) => existsSync(part))) return null;
  const digest = createHash('sha256');
  digest.update([process.version, process.platform, process.arch].join());
  for (const part of parts) digest.update(readFileSync(part));
  return digest.digest('hex');
}
