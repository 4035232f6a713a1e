import { dirname } from 'node:path';
import type { Analysis } from '@widthwise/analysis';
import { UsageError } from '../cli/command.ts';
import { analysisOptions } from './config/analysis-options.ts';
import { type Configuration, ConfigurationError } from './config/configuration.ts';
import { isExcluded } from './config/excluded.ts';
import { type FoundConfiguration, findConfiguration } from './config/find-configuration.ts';
import { type FoundFile, findFiles } from './find-files.ts';
import { loadAnalyserFromDisk } from './load-analyser.ts';
import { readSource } from './read-source.ts';

/** One file with what was found in it. */
export interface LintedFile {
  /** As it was asked for. */
  readonly path: string;
  readonly text: string;
  readonly analysis: Analysis;
}

/**
 * Analyses the files of some paths, one after the other.
 *
 * @param flags what the command line sets, before any configuration
 * @throws UsageError for a path that cannot be read, or a configuration that cannot be used
 */
export async function lintFiles(
  paths: readonly string[],
  flags: Configuration,
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<readonly LintedFile[]> {
  const [analyser, files] = await Promise.all([loadAnalyserFromDisk(), findFiles(paths, cwd)]);
  const configurations = new Map<string, Promise<FoundConfiguration>>();
  const linted: LintedFile[] = [];
  for (const file of files) {
    if (signal.aborted) break;
    const project = await configurationOf(file, configurations);
    const globs = project.configuration.exclude ?? [];
    if (!file.named && isExcluded(file.absolute, project.folder ?? file.root, globs)) continue;
    const text = await readSource(file.absolute, file.path);
    linted.push({ path: file.path, text, analysis: analyser.analyse(text, analysisOptions(flags, project)) });
  }
  return linted;
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
    throw error instanceof ConfigurationError ? new UsageError(error.message) : error;
  }
}
