import { dirname } from 'node:path';
import { type Analysis, unreadText } from '@widthwise/analysis';
import { InputError } from '../input/input-error.ts';
import { analysisOptions } from './config/analysis-options.ts';
import { type Configuration, ConfigurationError } from './config/configuration.ts';
import { isExcluded } from './config/excluded.ts';
import { type FoundConfiguration, findConfiguration } from './config/find-configuration.ts';
import { type FoundFile, findFiles, type Unread } from './find-files.ts';
import { loadAnalyserFromDisk } from './load-analyser.ts';
import { readSource } from './read-source.ts';

/** One file with what was found in it. */
export interface LintedFile {
  /** As it was asked for. */
  readonly path: string;
  readonly text: string;
  readonly analysis: Analysis;
}

/** What was found in some files. */
export interface Linted {
  readonly files: readonly LintedFile[];
  readonly unread: readonly Unread[];
}

/**
 * Analyses the files of some paths, one after the other.
 *
 * @param flags what the command line sets, before any configuration
 * @throws InputError for a path that does not exist, or a configuration that cannot be used
 */
export async function lintFiles(
  paths: readonly string[],
  flags: Configuration,
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<Linted> {
  const [analyser, found] = await Promise.all([loadAnalyserFromDisk(), findFiles(paths, cwd)]);
  const configurations = new Map<string, Promise<FoundConfiguration>>();
  const linted: LintedFile[] = [];
  const unread = [...found.unread];
  for (const file of found.files) {
    if (signal.aborted) break;
    const project = await configurationOf(file, configurations);
    const globs = project.configuration.exclude ?? [];
    if (!file.named && isExcluded(file.absolute, project.folder ?? file.root, globs)) continue;
    const source = await readSource(file.absolute);
    if ('why' in source) {
      unread.push({ file: file.path, why: source.why });
      continue;
    }
    const analysis = analyser.analyse(source.text, analysisOptions(flags, project));
    for (const part of analysis.unread) unread.push({ file: file.path, why: unreadText(part) });
    linted.push({ path: file.path, text: source.text, analysis });
  }
  return { files: linted, unread };
}

/** Files of one folder share a configuration. */
async function configurationOf(
  { absolute }: FoundFile,
  known: Map<string, Promise<FoundConfiguration>>,
): Promise<FoundConfiguration> {
  const folder = dirname(absolute);
  const found = known.get(folder) ?? findConfiguration(absolute);
  known.set(folder, found);
  try {
    return await found;
  } catch (error) {
    throw error instanceof ConfigurationError ? new InputError(null, error.message) : error;
  }
}
