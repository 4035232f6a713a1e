import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Folders called vscode-jsonrpc below a node_modules, however deep. */
function copies(modules: string): string[] {
  return readdirSync(modules, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [];
    const path = join(modules, entry.name);
    if (entry.name.startsWith('@')) return copies(path);
    const nested = readdirSync(path).includes('node_modules') ? copies(join(path, 'node_modules')) : [];
    return entry.name === 'vscode-jsonrpc' ? [path, ...nested] : nested;
  });
}

// With two, a descriptor of one is unknown to the other and `instanceof ResponseError` fails between them.
test('one copy of vscode-jsonrpc is installed', () => {
  const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
  const folders = [root, join(root, 'tests'), ...packages]
    .filter((folder) => readdirSync(folder).includes('node_modules'))
    .flatMap((folder) => copies(join(folder, 'node_modules')));
  expect(folders).toEqual([join(root, 'node_modules/vscode-jsonrpc')]);
});
