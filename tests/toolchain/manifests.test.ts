import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const repo = path.resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const MANIFESTS = [
  'package.json',
  ...readdirSync(path.join(repo, 'packages')).map((name) => `packages/${name}/package.json`),
  'tests/package.json',
  'tests/host/setup/package.json',
];

function read<T>(file: string): T {
  return JSON.parse(readFileSync(path.join(repo, file), 'utf8')) as T;
}

test('tests run on the Node that the repository carries', () => {
  const { devDependencies } = read<Manifest>('package.json');
  expect(process.version).toBe(`v${devDependencies?.['node']}`);
});

test.each(MANIFESTS)('%s names exact versions only', (file) => {
  const { dependencies, devDependencies, optionalDependencies } = read<Manifest>(file);
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

interface Lock {
  readonly packages: Readonly<Record<string, Manifest & { readonly version?: string }>>;
}

test.each(['package-lock.json', 'tests/host/setup/package-lock.json'])(
  '%s holds the optional packages of every platform, so that npm ci works on all of them',
  (file) => {
    const { packages } = read<Lock>(file);
    const missing = Object.values(packages)
      .flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
      .filter((name) => !Object.keys(packages).some((place) => place.endsWith(`node_modules/${name}`)));
    expect(missing).toEqual([]);
  },
);

test('the native tools have their packages for Linux, macOS and Windows', () => {
  const places = Object.keys(read<Lock>('package-lock.json').packages);
  const wanted = ['@biomejs/cli-', '@turbo/', '@esbuild/', '@typescript/typescript-'].flatMap((tool) =>
    ['linux', 'darwin', 'win'].map((platform) => `node_modules/${tool}${platform}`),
  );
  expect(wanted.filter((start) => !places.some((place) => place.startsWith(start)))).toEqual([]);
});

test('one copy of vscode-jsonrpc is installed, or descriptors and errors would not match', () => {
  const places = Object.keys(read<Lock>('package-lock.json').packages);
  expect(places.filter((place) => place.endsWith('node_modules/vscode-jsonrpc'))).toHaveLength(1);
});
