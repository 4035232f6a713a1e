import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { counted } from '@widthwise/figures';
import { shownPath } from '../../files/shown-path.ts';
import { InputError } from '../../input/input-error.ts';
import { lintFiles } from '../../sources/analyse-files.ts';
import { newConfiguration } from '../../sources/config/new-configuration.ts';
import type { Command, CommandIo } from '../command.ts';
import type { CommandSpec } from '../command-spec.ts';
import { defineCommand } from '../define-command.ts';
import { writeTo } from '../output/write-to.ts';
import { say } from '../terminal/say.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { withAnalyser } from '../with-analyser.ts';
import { jsonAlone, writeJson } from '../write-json.ts';

const SPEC: CommandSpec = {
  name: 'init',
  summary:
    'find what is width in the models of a folder, and write the configuration of a project that means μP',
  operands: '[FOLDER]',
  options: [
    { name: 'dry-run', summary: 'show what would be written, and write nothing' },
    {
      name: 'json',
      value: 'FILE|-',
      summary: 'what was found as JSON to a file, or alone to standard output',
    },
  ],
  notes: [
    'It is written to pyproject.toml where there is one, behind what that holds, else to widthwise.json. A folder that is configured is left as it is.',
  ],
  examples: ['widthwise init --dry-run', 'widthwise init src'],
};

/** `widthwise init`: a configuration of what was found. */
export const init: Command = defineCommand(SPEC, async (args, io) => {
  if (args.operands.length > 1) throw new InputError(null, 'init takes one folder');
  const folder = await folderAt(args.operands[0] ?? '.', io);
  const found = await widthsIn(folder, io);
  const made = await newConfiguration(folder, { profile: 'mup', widths: found.widths });
  const file = shownPath(made.file, io.cwd);
  const isDry = args.has('dry-run');
  if (!isDry) await write(made, file, io);
  const document = { schema: 'widthwise/init', version: 1, file, written: !isDry, ...found };
  const json = `${JSON.stringify(document, null, 2)}\n`;
  io.stdout.write(jsonAlone(args) ? json : initText({ file, isDry, added: made.added }, io));
  if (found.widths.length === 0) say(io, undeclared(found));
  await writeJson(json, args, io);
  return 0;
});

async function folderAt(path: string, { cwd }: CommandIo): Promise<string> {
  const absolute = resolve(cwd, path);
  const status = await stat(absolute).catch(() => null);
  if (status === null) throw new InputError(null, `no such folder: ${path}`);
  if (!status.isDirectory()) throw new InputError(null, `${path} is no folder`);
  return absolute;
}

/** What the models of a folder show. */
interface Found {
  readonly models: number;
  /** The names that are width, by how many models they are it in. */
  readonly widths: readonly string[];
  /** The names that may be, where none is evident. */
  readonly candidates: readonly string[];
}

async function widthsIn(folder: string, { cwd, interruption }: CommandIo): Promise<Found> {
  const { files } = await withAnalyser(4, (analyser) =>
    lintFiles([folder], {}, { cwd, signal: interruption.signal, analyser }),
  );
  const models = files.flatMap(({ analysis }) => analysis.models);
  if (models.length === 0) {
    throw new InputError(
      null,
      `no model can be read in ${shownPath(folder, cwd)}: there is nothing to configure`,
    );
  }
  return {
    models: models.length,
    widths: commonestFirst(models.flatMap(({ widths }) => widths)),
    candidates: commonestFirst(models.flatMap(({ candidates }) => candidates.slice(0, 1))),
  };
}

function commonestFirst(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const inOrder = [...counts].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
  return inOrder.map(([name]) => name);
}

function undeclared({ models, candidates }: Found): string {
  const some = candidates.slice(0, 5).join(', ');
  return `no width is evident in ${counted(models, 'model')}${some && `; it may be ${some}`}: name it under widths`;
}

async function write(made: { file: string; text: string }, shown: string, io: CommandIo): Promise<void> {
  await writeTo(made.file, made.text, io).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(null, `${shown} cannot be written (${error.code ?? error.message})`);
  });
}

function initText(
  { file, isDry, added }: { readonly file: string; readonly isDry: boolean; readonly added: string },
  io: CommandIo,
): string {
  const { plain, toned } = terminalOf(io);
  const head = toned('strong', plain(isDry ? `${file} would have` : `${file} has`));
  const lines = added
    .trimEnd()
    .split('\n')
    .map((line) => `  ${plain(line)}`);
  return `${[head, ...lines].join('\n')}\n`;
}
