interface Option {
  readonly name: string;
  readonly value?: string;
  readonly summary: string;
  readonly fallback?: string;
}

/** The rows of docs/cli.md about a command's options. */
export function optionTable(options: readonly Option[]): string {
  const rows = options.map(({ name, value, summary, fallback = '' }) => {
    const flag = `\`--${name}${value === undefined ? '' : ` ${value}`}\``;
    return `| ${[flag, summary, fallback].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| option | meaning | default |', '|---|---|---|', ...rows]
    .join('\n')
    .replaceAll(/ {2}\|$/gm, ' |');
}

/** A document with the first option table of a command's section replaced. */
export function withOptionTable(document: string, command: string, table: string): string {
  const start = document.indexOf(`\n## ${command}\n`);
  const section = document.slice(start);
  return (
    document.slice(0, start) +
    section.replace(/\| option \| meaning \| default \|\n(?:\|.*\n)*/, `${table}\n`)
  );
}
