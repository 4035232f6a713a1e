import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const SERVER = new URL('../../packages/server/', import.meta.url);
const EXTENSION = new URL('../../packages/extension/', import.meta.url);

interface Part {
  readonly name: string;
  readonly version: string | null;
  readonly notice: string;
}

interface Metafile {
  readonly inputs: Readonly<Record<string, object>>;
}

// SAFETY: what a script of the build exports, which has no declarations.
const { bundledParts } = (await import(new URL('bundled-parts.mjs', SERVER).href)) as {
  bundledParts(metafiles: readonly Metafile[], compiled?: readonly string[]): Promise<readonly Part[]>;
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'widthwise-parts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A bundle of one package that has these files. */
async function bundleOf(name: string, files: readonly string[]): Promise<Metafile> {
  const home = join(folder, 'node_modules', name);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'package.json'), JSON.stringify({ name, version: '1.2.3', license: 'MIT' }));
  for (const file of files) await writeFile(join(home, file), `the text of ${file}\n`);
  return { inputs: { [join(home, 'index.js').replaceAll('\\', '/')]: {} } };
}

describe('what is shipped', () => {
  test('has the license text of every package that is bundled', async () => {
    const parts = await bundledParts([await bundleOf('with-license', ['LICENSE.md', 'index.js'])]);
    expect(parts).toMatchObject([
      { name: 'with-license', version: '1.2.3', notice: 'the text of LICENSE.md' },
    ]);
  });

  test('is not built with a package that has none', async () => {
    const bundle = await bundleOf('without-license', ['README.md']);
    await expect(bundledParts([bundle])).rejects.toThrow('without-license is bundled and carries no license');
  });

  test('is not built with a grammar of which no license is known', async () => {
    await expect(bundledParts([], ['dist/tree-sitter-cobol.wasm'])).rejects.toThrow(
      'tree-sitter-cobol.wasm is shipped and carries no license text',
    );
  });

  test('names the authors of the compiled parser and its grammar', async () => {
    const notices = await readFile(new URL('dist/THIRD-PARTY-NOTICES.txt', SERVER), 'utf8');
    expect(notices).toMatch(
      /^tree-sitter 0\.25\.1\n-+\nThe MIT License[\s\S]*?Copyright \(c\) 2018-2024 Max Brunsfeld/m,
    );
    expect(notices).toMatch(
      /^tree-sitter-python\n-+\nThe MIT License[\s\S]*?Copyright \(c\) 2016 Max Brunsfeld/m,
    );
    const wasm = (await readdir(new URL('dist', SERVER))).filter((file) => file.endsWith('.wasm'));
    expect(wasm.sort()).toEqual(['tree-sitter-python.wasm', 'tree-sitter.wasm']);
  });
});

interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly {
    readonly name: string;
    readonly version?: string;
    readonly licenses: object[];
  }[];
}

async function billOf(home: URL): Promise<Bill> {
  return JSON.parse(await readFile(new URL('dist/bom.cdx.json', home), 'utf8')) as Bill;
}

/** Name and version of each notice. */
async function noticesIn(file: URL): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  return [...text.matchAll(/^(\S+(?: \d\S*)?)\n-{72}$/gm)].map(([, title]) => title!);
}

describe('the bill of materials', () => {
  const title = ({ name, version }: Bill['components'][number]): string =>
    version === undefined ? name : `${name} ${version}`;

  test('of the command lists what its notices list, each with its license', async () => {
    const bill = await billOf(SERVER);
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    const { version } = JSON.parse(await readFile(new URL('package.json', SERVER), 'utf8'));
    expect(bill.metadata.component).toMatchObject({ name: 'widthwise', version });
    const notices = await noticesIn(new URL('dist/THIRD-PARTY-NOTICES.txt', SERVER));
    expect(bill.components.map(title)).toEqual(notices);
    expect(bill.components.filter(({ licenses }) => licenses.length !== 1)).toEqual([]);
  });

  test('of the extension lists its own parts and those of the server in it', async () => {
    const bill = await billOf(EXTENSION);
    const notices = await Promise.all(
      ['dist/THIRD-PARTY-NOTICES.txt', 'dist/server/THIRD-PARTY-NOTICES.txt'].map((file) =>
        noticesIn(new URL(file, EXTENSION)),
      ),
    );
    expect(bill.components.map(title).sort()).toEqual([...new Set(notices.flat())].sort());
  });

  test('stands beside what is published, not in it', async () => {
    for (const home of [SERVER, EXTENSION]) {
      const manifest = JSON.parse(await readFile(fileURLToPath(new URL('package.json', home)), 'utf8')) as {
        readonly files: readonly string[];
      };
      expect(manifest.files.filter((glob) => glob === 'dist' || glob.endsWith('*.json'))).toEqual([]);
    }
  });
});
