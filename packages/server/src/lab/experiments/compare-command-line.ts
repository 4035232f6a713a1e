import type { CompareParams } from './compare-params.ts';

const FLAGS: Readonly<Record<keyof CompareParams, string>> = {
  data: 'data',
  dataSeed: 'data-seed',
  widths: 'widths',
  parametrizations: 'parametrizations',
  depth: 'depth',
  activation: 'activation',
  steps: 'steps',
  learningRate: 'lr',
  seeds: 'seeds',
  baseWidth: 'base-width',
  probe: 'probe',
  loss: 'loss',
  reduction: 'reduction',
  engine: 'engine',
};

/** The command that measures a comparison again: what was asked for, and no default. */
export function compareCommandLine(params: CompareParams): string {
  const flags = Object.entries(params).map(
    ([name, value]) => `--${FLAGS[name as keyof CompareParams]} ${quoted(String(value))}`,
  );
  return ['widthwise compare', ...flags].join(' ');
}

/** As a POSIX shell takes it. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
