import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { shownPath } from '../../files/shown-path.ts';
import { InputError } from '../../input/input-error.ts';
import { type Configuration, DEFAULT_CONFIGURATION } from '../../sources/config/configuration.ts';
import { type FoundConfiguration, findConfiguration } from '../../sources/config/find-configuration.ts';
import { ToolTables } from '../../sources/config/tool-tables.ts';
import type { Command, CommandIo } from '../command.ts';
import type { CommandSpec } from '../command-spec.ts';
import { defineCommand } from '../define-command.ts';
import { UNUSABLE } from '../exit-code.ts';
import { say } from '../terminal/say.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { jsonAlone, writeJson } from '../write-json.ts';

const SPEC: CommandSpec = {
  name: 'config',
  summary: 'show the configuration that holds for a file or folder, and which file says each setting',
  operands: '[PATH]',
  options: [
    { name: 'json', value: 'FILE|-', summary: 'the settings as JSON to a file, or alone to standard output' },
  ],
  examples: ['widthwise config', 'widthwise config src/model.py --json -'],
};

/** One setting as it holds. */
interface Setting {
  readonly key: string;
  /** Null where nobody says it and nothing is taken in its place. */
  readonly value: unknown;
  /** The file that says it, as it is shown; null where nobody does. */
  readonly from: string | null;
}

/** What stays open where nobody says it; what editors offer first is no default of the analyser's. */
const OPEN: ReadonlySet<string> = new Set(['head-scaling', 'base-width']);

/** `widthwise config`: what holds, and who says so. */
export const config: Command = defineCommand(SPEC, async (args, io) => {
  if (args.operands.length > 1) throw new InputError(null, 'config takes one file or folder');
  const path = args.operands[0] ?? '.';
  const found = await findConfiguration(await fileAt(path, io), new ToolTables());
  const settings = settingsOf(found, io);
  const unread = found.problems.map(({ file, why }) => ({ file: shownPath(file, io.cwd), why }));
  const document = { schema: 'widthwise/config', version: 1, path, settings, unread };
  const json = `${JSON.stringify(document, null, 2)}\n`;
  io.stdout.write(jsonAlone(args) ? json : settingsText(settings, io));
  for (const { file, why } of unread) say(io, `${file} ${why}`);
  await writeJson(json, args, io);
  return unread.length > 0 ? UNUSABLE : 0;
});

/** A file that the configuration of a path holds for: of a folder, one in it. */
async function fileAt(path: string, { cwd }: CommandIo): Promise<string> {
  const absolute = resolve(cwd, path);
  const status = await stat(absolute).catch(() => null);
  if (status === null) throw new InputError(null, `no such file or folder: ${path}`);
  return status.isDirectory() ? join(absolute, 'model.py') : absolute;
}

function settingsOf({ configuration, origins }: FoundConfiguration, { cwd }: CommandIo): readonly Setting[] {
  return Object.entries(DEFAULT_CONFIGURATION).map(([key, value]) => {
    const origin = origins.get(key);
    if (origin === undefined) return { key, value: OPEN.has(key) ? null : value, from: null };
    return { key, value: configuration[key as keyof Configuration], from: shownPath(origin, cwd) };
  });
}

function settingsText(settings: readonly Setting[], io: CommandIo): string {
  const { plain, toned } = terminalOf(io);
  const column = Math.max(...settings.map(({ key }) => key.length)) + 2;
  const lines = settings.map(({ key, value, from }) => {
    const origin = from === null ? toned('dim', 'default') : plain(from);
    return `${key.padEnd(column)}${value === null ? 'unset' : plain(JSON.stringify(value))}  ${origin}`;
  });
  return `${lines.join('\n')}\n`;
}
