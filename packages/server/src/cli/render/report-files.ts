import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { quoted } from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';
import type { ReportContext } from '../../report/report-context.ts';
import type { CommandIo } from '../command.ts';

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
  /** Answers the paths written, as the caller would type them. */
  write(report: Report, context: ReportContext<Request>): Promise<readonly string[]>;
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
      for (const target of targets) await writeTarget(target, io.cwd, target.render(report, context));
      // Last: who reads it may leave after the first line, and take the process along.
      if (quiet) io.stdout.write(forms.json(report, context));
      return targets.map(({ path }) => relative(io.cwd, resolve(io.cwd, path)) || path);
    },
  };
}

type Place = Pick<Target<never, never>, 'option' | 'path'>;

async function writeTarget({ option, path }: Place, cwd: string, text: string): Promise<void> {
  try {
    await writeWhole(resolve(cwd, path), text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      option,
      `${quoted(path)} cannot be written (${code}); what was computed is in the store`,
    );
  }
}

async function requireWritable({ option, path }: Place, cwd: string): Promise<void> {
  const folder = dirname(path);
  const there = resolve(cwd, folder);
  try {
    await mkdir(there, { recursive: true });
    await access(there, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'EEXIST' || code === 'ENOTDIR' ? 'be a folder' : 'be written to';
    throw new InputError(option, `${quoted(folder)} cannot ${what} (${code})`);
  }
  const isFolder = await stat(resolve(cwd, path)).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (isFolder) throw new InputError(option, `${quoted(path)} is a folder, not a file`);
}

/** Never leaves half a file, nor half of the one that stood there. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
