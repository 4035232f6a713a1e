/** Settings that the language server reads; a file of the project may say the same. */
export const ANALYSIS_SETTINGS: readonly string[] = [
  'profile',
  'widths',
  'finite',
  'head-scaling',
  'base-width',
  'multipliers',
  'rules',
  'per-file-ignores',
  'exclude',
  'launch',
  'most-seeds',
];

/** What a person sees and can switch off, each with a setting `widthwise.NAME.enabled`. */
export const SWITCHES = ['codeLens', 'hover', 'inlayHints', 'workspaceDiagnostics'] as const;
