import { join, resolve } from 'node:path';
import { quoted } from '@widthwise/core';
import { shownPath } from '../../files/shown-path.ts';
import type { ReportContext } from '../../report/report-context.ts';
import type { CommandIo } from '../command.ts';
import { askedFiles, reportPlaces } from './report-places.ts';
import { requireWritable } from './require-writable.ts';
import { writeTo } from './write-to.ts';

/** A report as the text of a file. */
export type Renderer<Request, Report> = (report: Report, context: ReportContext<Request>) => string;

/** The forms that the report of an experiment has, by the ending of their files. */
export interface ReportForms<Request, Report> {
  readonly json: Renderer<Request, Report>;
  readonly md?: Renderer<Request, Report>;
  readonly html?: Renderer<Request, Report>;
}

/** Where a report goes, checked before anything is trained. */
export interface ReportFiles<Request, Report> {
  /** Whether the JSON has standard output for itself. */
  readonly quiet: boolean;
  /** Writes what can be written; standard output comes first. */
  write(report: Report, context: ReportContext<Request>): Promise<ReportWritten>;
}

/** What has become of the files of a report; paths are as the caller would type them. */
export interface ReportWritten {
  readonly written: readonly string[];
  readonly lost: readonly LostFile[];
  /** Which reports that stood there still do, one sentence each. */
  readonly notes: readonly string[];
}

export interface LostFile {
  /** Its name between quotes. */
  readonly what: string;
  /** The file system's code, `ENOSPC`, or a few words. */
  readonly why: string;
}

export interface ReportFlags {
  /** `-` for standard output. */
  readonly json: string | undefined;
  readonly out: string | undefined;
}

/** One file to write. */
interface Target {
  readonly path: string;
  render(): string;
}

/**
 * The files of a report: `<stem>.{json,md,html}` in the folder of `--out`, and what `--json` names.
 *
 * @throws InputError where a folder cannot be made or a file cannot stand
 */
export async function requireReportFiles<Request, Report>(
  { stem, forms }: { readonly stem: string; readonly forms: ReportForms<Request, Report> },
  flags: ReportFlags,
  io: CommandIo,
): Promise<ReportFiles<Request, Report>> {
  const quiet = flags.json === '-';
  const folder = flags.out ?? (quiet ? undefined : '.');
  const asked = {
    file: quiet ? undefined : flags.json,
    stem: folder === undefined ? undefined : join(folder, stem),
    endings: Object.keys(forms),
  };
  for (const each of askedFiles(asked)) await requireWritable(each, io.cwd);
  return {
    quiet,
    write: async (report, context) => {
      try {
        const document = forms.json(report, context);
        if (quiet) io.stdout.write(document);
        const renderers = new Map(Object.entries({ ...forms, json: () => document }));
        const places = await reportPlaces(document, asked, io.cwd);
        const targets = places.flatMap(({ files }) =>
          files.map(({ path, ending }) => ({ path, render: () => renderers.get(ending)!(report, context) })),
        );
        return { ...(await writeAll(targets, io)), notes: places.flatMap(({ note }) => note ?? []) };
      } catch (error) {
        // A document may be longer than a text can be: the table is no less true.
        return { written: [], lost: [{ what: 'the report', why: reasonOf(error) }], notes: [] };
      }
    },
  };
}

async function writeAll(targets: readonly Target[], io: CommandIo): Promise<Omit<ReportWritten, 'notes'>> {
  const written: string[] = [];
  const lost: LostFile[] = [];
  for (const { path, render } of targets) {
    const shown = shownPath(path, io.cwd);
    try {
      await writeTo(resolve(io.cwd, path), render(), io);
      written.push(shown);
    } catch (error) {
      lost.push({ what: quoted(shown), why: reasonOf(error) });
    }
  }
  return { written, lost };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
