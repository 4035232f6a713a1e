import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

/** The flags that a text names at the beginning of a line, after what comes before each. */
function flagsOf(text: string, before: RegExp): string[] {
  const flag = new RegExp(`^${before.source}--([A-Za-z-]+)`, 'gm');
  return [...text.matchAll(flag)].map(([, name]) => name).filter((name) => name !== 'help');
}

test('docs/cli.md has a section for each command, with exactly the flags it takes', async () => {
  const cwd = await emptyFolder();
  const { stdout: overview } = await widthwise(cwd, ['--help']);
  const commands = [...overview.matchAll(/^ {2}([a-z-]+) {2,}\S/gm)].map(([, name]) => name);
  expect(commands).toContain('compare');

  const document = await readFile(new URL('../../docs/cli.md', import.meta.url), 'utf8');
  for (const command of commands) {
    const { stdout: help } = await widthwise(cwd, [command, '--help']);
    const section = document.split(/^## /m).find((text) => text.startsWith(`${command}\n`)) ?? '';
    expect({ command, flags: flagsOf(section, /\| `/) }).toEqual({ command, flags: flagsOf(help, / {2}/) });
  }
});
