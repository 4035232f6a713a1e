import { readdirSync, readFileSync, realpathSync } from 'node:fs';
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

test.each(MANIFESTS)('%s names exact versions only', (file) => {
  const { dependencies, devDependencies, optionalDependencies } = read<Manifest>(file);
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

interface Locked extends Manifest {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: string;
  readonly cpu?: string;
  readonly bin?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

test('tests run on the Node that the lockfile holds for this platform, with its checksum', () => {
  const { packages } = read<Lock>('package-lock.json');
  const nodes = Object.values(packages).filter(({ bin }) => bin?.['node'] !== undefined);
  const here = nodes.filter(({ os, cpu }) => os === process.platform && cpu === process.arch);
  expect(here).toEqual([
    expect.objectContaining({
      version: process.version.slice(1),
      integrity: expect.stringMatching(/^sha512-/),
    }),
  ]);
  expect(realpathSync(process.execPath).startsWith(realpathSync(path.join(repo, 'node_modules')))).toBe(true);
});

test.each(['package-lock.json', 'tests/host/setup/package-lock.json'])(
  '%s has a checksum of everything that is installed',
  (file) => {
    const installed = Object.entries(read<Lock>(file).packages).filter(([place]) =>
      /node_modules/.test(place),
    );
    const unchecked = installed.filter(
      ([, { integrity, link }]) => !link && !/^sha512-/.test(integrity ?? ''),
    );
    expect(unchecked).toEqual([]);
  },
);

test('every package that would run a script when it is installed is barred from it', () => {
  const { allowScripts } = read<{ readonly allowScripts: Readonly<Record<string, boolean>> }>('package.json');
  const scripted = Object.entries(read<Lock>('package-lock.json').packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(scripted.filter((name) => allowScripts[name] !== false)).toEqual([]);
});

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
