import type { AnalysisOptions } from '@widthwise/analysis';
import { DEFAULT_OPTIONS } from '@widthwise/analysis';
import type { Configuration } from './configuration.ts';
import type { FoundConfiguration } from './find-configuration.ts';
import { ignoredIn } from './per-file-ignores.ts';
import { levelsByCode } from './rule-selectors.ts';

/** What is to be read, and what says how. */
export interface ToRead {
  /** An absolute path; null for a text that is no file. */
  readonly file: string | null;
  /** Flags or editor settings: what is left out was not set. */
  readonly explicit: Configuration;
  readonly project: FoundConfiguration;
  /** What globs are relative to where no file configures Widthwise. */
  readonly root: string;
}

/** How to read a file, by precedence: a flag or an explicit editor setting, then the project's file, then the default. */
export function analysisOptions({ file, explicit, project, root }: ToRead): AnalysisOptions {
  const own = project.configuration;
  const {
    profile,
    widths,
    finite,
    multipliers,
    'head-scaling': headScaling,
    'base-width': baseWidth,
    ...others
  }: Configuration = { ...own, ...explicit };
  const ignores = others['per-file-ignores'];
  return {
    profile: profile ?? DEFAULT_OPTIONS.profile,
    configured: project.folder !== null,
    widths: widths ?? DEFAULT_OPTIONS.widths,
    finite: finite ?? DEFAULT_OPTIONS.finite,
    multipliers: multipliers ?? DEFAULT_OPTIONS.multipliers,
    ...(headScaling === undefined ? {} : { headScaling }),
    ...(baseWidth === undefined ? {} : { baseWidth }),
    rules: {
      ...levelsByCode(own.rules ?? {}),
      ...levelsByCode(explicit.rules ?? {}),
      ...(file === null || ignores === undefined ? {} : ignoredIn(file, project.folder ?? root, ignores)),
    },
  };
}
