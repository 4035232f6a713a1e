import { basename, dirname, join, parse, resolve } from 'node:path';
import { quoted } from '@widthwise/core';
import { identityOf, type ReportIdentity, reportName, wouldTruncate } from './report-name.ts';
import type { NamedFile } from './require-writable.ts';

/** What was asked of where a report goes; paths are as the caller would type them. */
export interface AskedPlaces {
  /** The file that `--json` names. */
  readonly file: string | undefined;
  /** The files in the folder of `--out`, without their endings. */
  readonly stem: string | undefined;
  readonly endings: readonly string[];
}

/** Where the files go that one option asks for. */
export interface ReportPlace {
  readonly files: readonly { readonly path: string; readonly ending: string }[];
  /** Which report stays for their sake, one sentence. */
  readonly note: string | null;
}

/** Every file that would be written if nothing stood there. */
export function askedFiles({ file, stem, endings }: AskedPlaces): readonly NamedFile[] {
  return [
    ...(file === undefined ? [] : [{ option: 'json', path: file }]),
    ...(stem === undefined ? [] : endings.map((ending) => ({ option: 'out', path: `${stem}.${ending}` }))),
  ];
}

/**
 * Where the files of a report go, so that none takes the place of another report.
 *
 * @param document the report as JSON
 */
export async function reportPlaces(
  document: string,
  { file, stem, endings }: AskedPlaces,
  cwd: string,
): Promise<readonly ReportPlace[]> {
  const report = identityOf(document);
  const places: ReportPlace[] = [];
  if (file !== undefined) places.push(await filePlace(file, report, cwd));
  if (stem !== undefined && report !== null) {
    const { stem: free, because } = await reportName(resolve(cwd, stem), endings, report);
    const path = join(dirname(stem), basename(free));
    const files = endings.map((ending) => ({ path: `${path}.${ending}`, ending }));
    const note = because === null ? null : stayNote(`${stem}.json`, because, `${path}.json`);
    places.push({ files, note });
  }
  return places;
}

async function filePlace(file: string, report: ReportIdentity | null, cwd: string): Promise<ReportPlace> {
  if (report === null || !(await wouldTruncate(resolve(cwd, file), report))) {
    return { files: [{ path: file, ending: 'json' }], note: null };
  }
  const { dir, name, ext } = parse(file);
  const path = join(dir, `${name}-partial${ext}`);
  return { files: [{ path, ending: 'json' }], note: stayNote(file, 'is complete', path) };
}

function stayNote(standing: string, because: string, path: string): string {
  return `${quoted(standing)} ${because} and stays: this report is ${quoted(path)}`;
}
