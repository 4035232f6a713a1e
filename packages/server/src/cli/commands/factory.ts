import { realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { ModelOutline } from '@widthwise/analysis';
import type { WrittenRecord } from '../../built/probe-record.ts';
import type { FactoryQuestion } from '../../built/run-probe.ts';
import { entryAt } from '../../files/entry-at.ts';
import { readFileOf } from '../../files/read-file.ts';
import { shownPath } from '../../files/shown-path.ts';
import { InputError } from '../../input/input-error.ts';
import { lintFiles } from '../../sources/analyse-files.ts';
import { Configurations } from '../../sources/config/configurations.ts';
import { factoryCommand, WRITTEN_FACTORY, WRITTEN_PREFIX } from '../built/factory-command.ts';
import { runningOf, runningOptions, whyNothing } from '../built/factory-request.ts';
import { followProbe } from '../built/follow-probe.ts';
import type { Command, CommandIo } from '../command.ts';
import type { CommandSpec } from '../command-spec.ts';
import { defineCommand } from '../define-command.ts';
import { UNUSABLE } from '../exit-code.ts';
import { writeTo } from '../output/write-to.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { say } from '../terminal/say.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { withAnalyser } from '../with-analyser.ts';
import { jsonAlone, writeJson } from '../write-json.ts';

const DEFAULTS = { widths: [], seconds: 180 } as const;

const SPEC: CommandSpec = {
  name: 'factory',
  summary: 'write the function that builds your model at a width, for explain, coord-check and transfer',
  operands: 'FILE[:CLASS]',
  options: [
    { name: 'write', summary: 'to a file beside the code, which it names; otherwise it is printed' },
    ...runningOptions(DEFAULTS),
    { name: 'json', value: 'FILE|-', summary: 'the same as JSON to a file, or alone to standard output' },
  ],
  notes: [
    'It imports FILE with your Python, and tries constructors, batches and optimizers until the model is built at widths 64 and 128 and trained for a step.',
    'What is written is what ran; what it chose stands in its first lines.',
  ],
  examples: ['widthwise factory model.py', 'widthwise factory model.py:GPT --write'],
};

/** `widthwise factory`: a factory for a model, tried before it is told. */
export const factory: Command = defineCommand(SPEC, async (args, io) => {
  const [operand, ...rest] = args.operands;
  const [, path, named] = /^(.+\.py)(?::([^:/\\]+))?$/.exec(operand ?? '') ?? [];
  if (path === undefined || rest.length > 0) {
    throw new InputError(null, 'factory needs one class: widthwise factory FILE.py[:CLASS]');
  }
  const running = await runningOf(path, { args, seconds: DEFAULTS.seconds, field: null, io });
  const { model, evident, candidates } = await modelIn(path, named, io);
  const file = await targetOf(running.file, model, io);
  const standing = args.has('write') ? await standingAt(file, io) : null;
  if (standing !== null) {
    return tell({ file, model, text: standing, why: null, line: null, isKept: null }, args, io);
  }
  const { configuration } = await new Configurations().of(running.file);
  const question = {
    asks: 'factory',
    model,
    evident,
    candidates,
    headScaling: configuration['head-scaling'],
    target: basename(file),
  } as const;
  const probed = await io.interruption.during(() =>
    followProbe({ ...running, widths: DEFAULTS.widths }, question, io),
  );
  if (io.interruption.signal.aborted) return io.interruption.exitCode();
  const { written } = probed;
  if (written === null || written.text === null) {
    const asked = { file: running.file, factory: model, interpreter: running.interpreter };
    const why = written?.why ?? null;
    throw new InputError(null, why === null ? whyNothing(asked, probed, io) : `${path}:${model}: ${why}`);
  }
  const { text, why, line } = written;
  const isKept = args.has('write') ? await keep(file, text, io) : false;
  return tell({ file, model, text, why, line, isKept }, args, io);
});

/** A factory, and whether it was written; null where one that stands there is left. */
interface ToldFactory extends Pick<WrittenRecord, 'why' | 'line'> {
  readonly file: string;
  readonly model: string;
  readonly text: string;
  readonly isKept: boolean | null;
}

async function tell(told: ToldFactory, args: ParsedArgs, io: CommandIo): Promise<number> {
  const { why } = told;
  const document = `${JSON.stringify(factoryJson(told), null, 2)}\n`;
  io.stdout.write(jsonAlone(args) ? document : factoryText(told, args, io));
  if (why !== null) say(io, `it does not run yet: ${why}${placeOf(told, io)}; edit it there`);
  await writeJson(document, args, io);
  return why === null ? 0 : UNUSABLE;
}

/** The class that is meant, and what the analyser takes for its widths. */
async function modelIn(
  path: string,
  named: string | undefined,
  { cwd, interruption }: CommandIo,
): Promise<Pick<FactoryQuestion, 'model' | 'evident' | 'candidates'>> {
  const { files } = await withAnalyser(1, (analyser) =>
    lintFiles([path], {}, { cwd, signal: interruption.signal, analyser }),
  );
  const models = files.flatMap(({ analysis }) => analysis.models);
  const found = named === undefined ? only(models, path) : models.find(({ name }) => name === named);
  // A class that is not read may run all the same.
  const model = named ?? found?.name ?? '';
  const names = (of: readonly string[] = []): readonly string[] => of.map(lastName);
  return { model, evident: names(found?.widths), candidates: names(found?.candidates) };
}

function only(models: readonly ModelOutline[], path: string): ModelOutline {
  const [first, ...others] = models;
  if (first === undefined) throw new InputError(null, `${path} has no model that is read: name its class`);
  if (others.length > 0) {
    const names = models.map(({ name }) => name).join(', ');
    throw new InputError(null, `${path} has ${models.length} models: name one of ${names}`);
  }
  return first;
}

/** `config.n_embd` is set as `n_embd`. */
function lastName(name: string): string {
  return name.split('.').at(-1) ?? name;
}

/**
 * Where a factory for a class stands: named by its module too, as two modules may have a class of one name, in the folder
 * that the module is imported from. Nothing is written among installed packages: those are imported from anywhere.
 */
async function targetOf(file: string, model: string, { cwd }: CommandIo): Promise<string> {
  const real = await realpath(file);
  const dotted = [basename(real, '.py')];
  let root = dirname(real);
  while (root !== dirname(root) && (await entryAt(join(root, '__init__.py'))) !== null) {
    dotted.unshift(basename(root));
    root = dirname(root);
  }
  const isInstalled = root.split(sep).some((part) => part === 'site-packages' || part === 'dist-packages');
  return join(isInstalled ? cwd : root, `${WRITTEN_PREFIX}${dotted.join('__')}__${model}.py`);
}

/** What stands there already, which may have been edited. */
async function standingAt(file: string, io: CommandIo): Promise<string | null> {
  if ((await entryAt(file)) === null) return null;
  const read = await readFileOf(file, { bytes: 1_000_000, of: 'a factory' });
  if ('why' in read) throw new InputError(null, `${shownPath(file, io.cwd)} ${read.why}`);
  return read.bytes.toString('utf8');
}

/** Writes a new file. What stands there meanwhile is left, and null. */
async function keep(file: string, text: string, io: CommandIo): Promise<true | null> {
  const shown = shownPath(file, io.cwd);
  if ((await entryAt(file)) !== null) return null;
  await writeTo(file, text, io).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(null, `${shown} cannot be written (${error.code ?? error.message})`);
  });
  return true;
}

function factoryText({ text, file, isKept }: ToldFactory, args: ParsedArgs, io: CommandIo): string {
  if (isKept === false) return text;
  const { plain } = terminalOf(io);
  const shown = shownPath(file, io.cwd);
  const written = { file: shown, factory: WRITTEN_FACTORY };
  const next = ['explain', 'coord-check'].map(
    (name) => `  ${plain(factoryCommand(name, written, { args }))}`,
  );
  const what = isKept === null ? 'is there already, and is left as it is' : 'is written';
  return `${plain(shown)} ${what}. Next:\n${next.join('\n')}\n`;
}

function factoryJson({ file, model, text, why, line, isKept }: ToldFactory): object {
  const where = line === null ? null : { file: line[0], line: line[1] };
  return {
    schema: 'widthwise/factory',
    version: 1,
    model,
    file,
    written: isKept === true,
    factory: WRITTEN_FACTORY,
    text,
    why,
    line: where,
  };
}

function placeOf({ line }: Pick<WrittenRecord, 'line'>, { cwd }: CommandIo): string {
  return line === null ? '' : ` (${shownPath(line[0], cwd)}:${line[1]})`;
}
