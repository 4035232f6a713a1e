import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { ComparisonReport } from '@widthwise/core';
import { comparisonDocument } from '../../report/comparison-document.ts';
import { renderHtml } from '../../report/html-page.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import type { ReportContext } from '../../report/report-context.ts';
import { type CommandIo, UsageError } from '../command.ts';

/** Where a report goes, checked before anything is trained. */
export interface ReportFiles {
  /** Whether the JSON has standard output for itself. */
  readonly quiet: boolean;
  /** Answers the paths written, as the caller would type them. */
  write(report: ComparisonReport, context: ReportContext): Promise<readonly string[]>;
}

export interface ReportFlags {
  /** `-` for standard output. */
  readonly json: string | undefined;
  readonly out: string | undefined;
}

interface Target {
  readonly flag: '--json' | '--out';
  /** As the caller would type it. */
  readonly path: string;
  readonly render: Renderer;
}

type Renderer = (report: ComparisonReport, context: ReportContext) => string;

const renderJson: Renderer = (report, context) =>
  `${JSON.stringify(comparisonDocument(report, context), null, 1)}\n`;

/** What stands in the folder of `--out`, by ending. */
const RENDERERS: Readonly<Record<string, Renderer>> = {
  json: renderJson,
  md: renderMarkdown,
  html: renderHtml,
};

/**
 * The files of a report: `widthwise-<name>.{json,md,html}` in the folder of `--out`, and what `--json` names.
 *
 * @throws UsageError where a folder cannot be made or a file cannot stand
 */
export async function requireReportFiles(
  name: string,
  flags: ReportFlags,
  io: CommandIo,
): Promise<ReportFiles> {
  const quiet = flags.json === '-';
  const folder = flags.out ?? (quiet ? undefined : '.');
  const targets: Target[] = [];
  if (flags.json !== undefined && !quiet)
    targets.push({ flag: '--json', path: flags.json, render: renderJson });
  if (folder !== undefined) {
    const stem = join(folder, `widthwise-${name}`);
    for (const [ending, render] of Object.entries(RENDERERS)) {
      targets.push({ flag: '--out', path: `${stem}.${ending}`, render });
    }
  }
  for (const target of targets) await requireWritable(target, io.cwd);
  return {
    quiet,
    write: async (report, context) => {
      for (const target of targets) await writeTarget(target, io.cwd, target.render(report, context));
      // Last: who reads it may leave after the first line, and take the process along.
      if (quiet) io.stdout.write(renderJson(report, context));
      return targets.map(({ path }) => relative(io.cwd, resolve(io.cwd, path)) || path);
    },
  };
}

async function writeTarget({ flag, path }: Target, cwd: string, text: string): Promise<void> {
  try {
    await writeWhole(resolve(cwd, path), text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${flag}: '${path}' cannot be written (${code}); what was computed is in the store`);
  }
}

async function requireWritable({ flag, path }: Target, cwd: string): Promise<void> {
  const folder = dirname(path);
  const there = resolve(cwd, folder);
  try {
    await mkdir(there, { recursive: true });
    await access(there, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'EEXIST' || code === 'ENOTDIR' ? 'be a folder' : 'be written to';
    throw new UsageError(`${flag}: '${folder}' cannot ${what} (${code})`);
  }
  const isFolder = await stat(resolve(cwd, path)).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (isFolder) throw new UsageError(`${flag}: '${path}' is a folder, not a file`);
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
