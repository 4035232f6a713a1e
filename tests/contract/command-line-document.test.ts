import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from '../cli/widthwise-process.ts';

const document = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');

test('docs/cli.md has a section for every command, and names each of its options and no other', async () => {
  const cwd = await emptyFolder();
  const { stdout } = await widthwise(cwd, ['--help']);
  const commands = [...stdout.matchAll(/^ {2}([a-z-]+) {2,}\S/gm)].map(([, name]) => name!);
  expect(commands.length).toBeGreaterThanOrEqual(5);
  for (const command of commands) {
    const help = (await widthwise(cwd, [command, '--help'])).stdout;
    expect([command, ...documentedOptions(command)]).toEqual([command, ...declaredOptions(help)]);
  }
});

/** The flags at the left margin of the option list. */
function declaredOptions(help: string): string[] {
  const flags = [...help.matchAll(/^ {2}(--[A-Za-z-]+)/gm)].map(([, flag]) => flag!);
  return flags.filter((flag) => flag !== '--help').sort();
}

/** The flags in the first column of the section's table. */
function documentedOptions(command: string): string[] {
  const section = document.split(/^## /m).find((part) => part.startsWith(`${command}\n`)) ?? '';
  return [...section.matchAll(/^\| `(--[A-Za-z-]+)/gm)].map(([, flag]) => flag!).sort();
}
