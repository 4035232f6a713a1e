import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { quoted } from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';
import type { ReportContext } from '../../report/report-context.ts';
import type { CommandIo } from '../command.ts';
import { type Destination, destinationOf } from '../output/destination.ts';
import { writeTo } from '../output/write-to.ts';

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
}

export interface LostFile {
  readonly path: string;
  /** The file system's, `ENOSPC`. */
  readonly code: string;
}

export interface ReportFlags {
  /** `-` for standard output. */
  readonly json: string | undefined;
  readonly out: string | undefined;
}

interface Target<Request, Report> {
  readonly option: 'json' | 'out';
  /** As the caller would type it. */
  readonly path: string;
  readonly render: Renderer<Request, Report>;
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
  const targets: Target<Request, Report>[] = [];
  if (flags.json !== undefined && !quiet)
    targets.push({ option: 'json', path: flags.json, render: forms.json });
  if (folder !== undefined) {
    for (const [ending, render] of Object.entries<Renderer<Request, Report>>({ ...forms })) {
      targets.push({ option: 'out', path: `${join(folder, stem)}.${ending}`, render });
    }
  }
  for (const target of targets) await requireWritable(target, io.cwd);
  return {
    quiet,
    write: async (report, context) => {
      if (quiet) io.stdout.write(forms.json(report, context));
      const written: string[] = [];
      const lost: LostFile[] = [];
      for (const { path, render } of targets) {
        const shown = shownPath(path, io.cwd);
        try {
          await writeTo(resolve(io.cwd, path), render(report, context), io);
          written.push(shown);
        } catch (error) {
          lost.push({ path: shown, code: codeOf(error) });
        }
      }
      return { written, lost };
    },
  };
}

/** From here where it lies below, else as it was typed. */
function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, resolve(cwd, path));
  return below === '' || below.startsWith('..') ? path : below;
}

/** The file system's; what it does not say is none of its errors. */
function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return code;
}

type Place = Pick<Target<never, never>, 'option' | 'path'>;

async function requireWritable({ option, path }: Place, cwd: string): Promise<void> {
  const destination = await destinationAt({ option, path }, cwd);
  if (destination.kind === 'folder') throw new InputError(option, `${quoted(path)} is a folder, not a file`);
  if (destination.kind !== 'file') return;
  const linked = destination.path !== resolve(cwd, path);
  await requireFolder({ option, path: dirname(linked ? destination.path : path) }, cwd);
}

async function destinationAt({ option, path }: Place, cwd: string): Promise<Destination> {
  try {
    return await destinationOf(resolve(cwd, path));
  } catch (error) {
    // That a folder above is none is said of the folder.
    if (codeOf(error) === 'ENOTDIR') return { kind: 'file', path: resolve(cwd, path) };
    throw new InputError(option, `${quoted(path)} cannot be written (${codeOf(error)})`);
  }
}

async function requireFolder({ option, path: folder }: Place, cwd: string): Promise<void> {
  const there = resolve(cwd, folder);
  try {
    await mkdir(there, { recursive: true });
    await access(there, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'EEXIST' || code === 'ENOTDIR' ? 'be a folder' : 'be written to';
    throw new InputError(option, `${quoted(folder)} cannot ${what} (${code})`);
  }
}
