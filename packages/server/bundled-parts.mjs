import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * What was compiled into a WebAssembly file that is shipped. The package that brings the file does not say it: its
 * version where that is known, and the license text in `licenses/`.
 */
const COMPILED = {
  'tree-sitter.wasm': [
    { name: 'tree-sitter', version: '0.25.1', license: 'MIT', text: 'tree-sitter.txt' },
    { name: 'icu', version: null, license: 'ICU', text: 'icu.txt' },
  ],
  'tree-sitter-python.wasm': [
    { name: 'tree-sitter-python', version: null, license: 'MIT', text: 'tree-sitter-python.txt' },
  ],
};

/**
 * Everything in a product that others wrote, by name.
 *
 * @param metafiles what esbuild says of each bundle; its inputs are relative to the current folder
 * @param compiled paths of the WebAssembly files that are shipped
 * @returns `{name, version, license, notice, purl, sha256}` each; version, purl and sha256 null where there is none
 * @throws when one carries no license text, since it may not be shipped without it
 */
export async function bundledParts(metafiles, compiled = []) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  const packages = await Promise.all([...folders].map(bundledPackage));
  const grammars = await Promise.all(compiled.map(compiledParts));
  return [...packages, ...grammars.flat()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function bundledPackage(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder))
    .filter((file) => /^(licen[sc]e|thirdpartynotices)/i.test(file))
    .sort();
  if (files.length === 0) throw new Error(`${name} is bundled and carries no license text`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const notice = texts.map((text) => text.trim()).join('\n\n');
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { name, version, license, notice, purl, sha256: null };
}

async function compiledParts(path) {
  const file = basename(path);
  const parts = COMPILED[file];
  if (parts === undefined) throw new Error(`${file} is shipped and carries no license text`);
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  return Promise.all(
    parts.map(async ({ text, ...part }) => {
      const notice = (await readFile(new URL(`./licenses/${text}`, import.meta.url), 'utf8')).trim();
      return { ...part, notice, purl: null, sha256 };
    }),
  );
}
