import type { AnalysisOptions } from '@widthwise/analysis';
import { DEFAULT_OPTIONS } from '@widthwise/analysis';
import type { Configuration } from './configuration.ts';
import type { FoundConfiguration } from './find-configuration.ts';

/**
 * How to read a file, by precedence: a flag or an explicit editor setting, then the project's file, then the default.
 *
 * @param explicit flags or editor settings: what is left out was not set
 */
export function analysisOptions(explicit: Configuration, project: FoundConfiguration): AnalysisOptions {
  const { profile, widths, finite, multipliers, rules }: Configuration = {
    ...project.configuration,
    ...explicit,
  };
  return {
    profile: profile ?? DEFAULT_OPTIONS.profile,
    configured: project.folder !== null,
    widths: widths ?? DEFAULT_OPTIONS.widths,
    finite: finite ?? DEFAULT_OPTIONS.finite,
    multipliers: multipliers ?? DEFAULT_OPTIONS.multipliers,
    rules: { ...project.configuration.rules, ...rules },
  };
}
