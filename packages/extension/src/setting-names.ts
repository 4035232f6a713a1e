import type { ComparisonConfig } from '@widthwise/protocol';

/** Settings that the language server reads; a file of the project may say the same. */
export const ANALYSIS_SETTINGS: readonly string[] = [
  'profile',
  'widths',
  'finite',
  'head-scaling',
  'multipliers',
  'rules',
  'exclude',
];

/** Settings of the command Compare Parametrizations, named as the fields of its configuration. */
export const COMPARE_SETTINGS: readonly (keyof ComparisonConfig)[] = [
  'data',
  'widths',
  'parametrizations',
  'depth',
  'activation',
  'steps',
  'learningRate',
  'seeds',
];

/** What a person sees and can switch off, each with a setting `widthwise.NAME.enabled`. */
export const SWITCHES = ['codeLens', 'hover'] as const;
