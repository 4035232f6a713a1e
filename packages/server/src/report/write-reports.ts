import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { ComparisonReport } from '@widthwise/core';
import { type CommandIo, UsageError } from '../cli/command.ts';
import { comparisonDocument } from './comparison-document.ts';
import { renderHtml } from './html-page.ts';
import { renderMarkdown } from './markdown.ts';
import type { ReportContext } from './report-context.ts';

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
  if (folder !== undefined) await requireFolder('--out', resolve(io.cwd, folder), folder);
  const jsonFile = quiet ? undefined : flags.json;
  if (jsonFile !== undefined) await requireFile(resolve(io.cwd, jsonFile), jsonFile);
  return {
    quiet,
    write: async (report, context) => {
      const json = `${JSON.stringify(comparisonDocument(report, context), null, 1)}\n`;
      if (quiet) io.stdout.write(json);
      const files: [path: string, text: string][] = jsonFile === undefined ? [] : [[jsonFile, json]];
      if (folder !== undefined) {
        const stem = join(folder, `widthwise-${name}`);
        files.push(
          [`${stem}.json`, json],
          [`${stem}.md`, renderMarkdown(report, context)],
          [`${stem}.html`, renderHtml(report, context)],
        );
      }
      for (const [path, text] of files) await writeWhole(resolve(io.cwd, path), text);
      return files.map(([path]) => relative(io.cwd, resolve(io.cwd, path)) || path);
    },
  };
}

async function requireFolder(flag: string, path: string, shown: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw new UsageError(`${flag}: '${shown}' cannot be a folder (${(error as NodeJS.ErrnoException).code})`);
  }
}

async function requireFile(path: string, shown: string): Promise<void> {
  await requireFolder('--json', dirname(path), dirname(shown));
  const isFolder = await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (isFolder) throw new UsageError(`--json: '${shown}' is a folder, not a file`);
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
