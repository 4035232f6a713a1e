import type { Command } from './command.ts';
import { allOptions, type CommandSpec, type OptionSpec } from './command-spec.ts';
import { wrapText } from './terminal/wrap-text.ts';

const WIDTH = 80;

/** The whole of `widthwise COMMAND --help`. */
export function commandHelp(spec: CommandSpec): string {
  const usage = ['widthwise', spec.name, '[options]', spec.operands].filter(Boolean).join(' ');
  const sections = [
    wrapText(`${spec.summary}.`, WIDTH),
    `usage: ${usage}`,
    `options:\n${allOptions(spec).map(optionLines).join('\n')}`,
    ...(spec.notes ?? []).map((note) => wrapText(note, WIDTH)),
    ...(spec.examples ? [`examples:\n${spec.examples.map((example) => `  ${example}`).join('\n')}`] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The whole of `widthwise --help`. */
export function overview(commands: readonly Command[]): string {
  const column = Math.max(...commands.map(({ name }) => name.length)) + 4;
  const lines = commands.map(
    ({ name, summary }) => `  ${name.padEnd(column - 2)}${wrapText(summary, WIDTH, column).trimStart()}`,
  );
  return [
    'widthwise finds the line that breaks learning-rate transfer in your model,',
    'before you pay for the wide run.\n',
    'usage: widthwise COMMAND [options]\n',
    'commands:',
    ...lines,
    '',
    'widthwise COMMAND --help explains one of them.',
    'Exit codes: 0 fine, 1 findings or a failed check, 2 bad usage or bad input.\n',
  ].join('\n');
}

function optionLines({ name, short, value, summary, fallback }: OptionSpec): string {
  const flag = `  --${name}${short ? `, -${short}` : ''}${value ? ` ${value}` : ''}`;
  const text = (fallback === undefined ? summary : `${summary} (default: ${fallback})`).replaceAll('`', '');
  const column = 28;
  const body = wrapText(text, WIDTH, column);
  return flag.length < column - 1 ? flag.padEnd(column) + body.trimStart() : `${flag}\n${body}`;
}
