import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The license texts of every package that went into some bundles, as their licenses ask.
 *
 * @param metafiles what esbuild says of each bundle; its inputs are relative to the current folder
 * @throws when a package carries no license text, since a bundle may not be shipped without it
 */
export async function thirdPartyNotices(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  const notices = await Promise.all([...folders].map(noticeOf));
  return `Widthwise contains these packages.\n\n${notices.sort().join('\n')}`;
}

async function noticeOf(folder) {
  const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder))
    .filter((file) => /^(licen[sc]e|thirdpartynotices)/i.test(file))
    .sort();
  if (files.length === 0) throw new Error(`${name} is bundled and carries no license text`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return `${name} ${version}\n${'-'.repeat(72)}\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
}
