import { lineIndex, type ModelOutline, missingText, noModelText, type WeightRow } from '@widthwise/analysis';
import { quoted } from '@widthwise/core';
import { shownPath } from '../../files/shown-path.ts';
import { InputError } from '../../input/input-error.ts';
import { type Linted, type LintedFile, lintFiles } from '../../sources/analyse-files.ts';
import { factoryOptions } from '../built/factory-request.ts';
import type { Command, CommandIo } from '../command.ts';
import type { CommandSpec } from '../command-spec.ts';
import { defineCommand } from '../define-command.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { wholesOf } from '../read-values.ts';
import { explainText } from '../render/explain-text.ts';
import { factorsAt } from '../render/factors-at.ts';
import { modelJson } from '../render/lint-json.ts';
import { say } from '../terminal/say.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { withAnalyser } from '../with-analyser.ts';
import { jsonAlone, writeJson } from '../write-json.ts';
import { EXPLAIN_DEFAULTS, explainPython } from './explain-python.ts';

const SPEC: CommandSpec = {
  name: 'explain',
  summary: 'show how each weight of a model scales with width, what μP wants, and what could not be read',
  operands: 'FILE[:CLASS]',
  options: [
    {
      name: 'python',
      value: 'FILE:FACTORY',
      summary:
        'runs FACTORY(width), a function of yours that builds the model or (model, loss_fn, batch, optimizer), and reads all off what it makes instead',
    },
    {
      name: 'widths',
      value: 'N,N,…',
      summary: 'with `--python`: the widths that are built',
      fallback: '64,128,256',
    },
    ...factoryOptions(EXPLAIN_DEFAULTS),
    {
      name: 'at',
      value: 'N,N,…',
      summary:
        'two or more widths: what initialization, multiplier and rate of each weight are multiplied by from the first to each other, and what μP wants',
    },
    { name: 'json', value: 'FILE|-', summary: 'the tables as JSON to a file, or alone to standard output' },
  ],
  examples: [
    'widthwise explain model.py',
    'widthwise explain model.py:Classifier --json -',
    'widthwise explain model.py --at 768,4096',
    'widthwise explain --python model.py:make',
  ],
};

/** `widthwise explain`: the weight table of a model. */
export const explain: Command = defineCommand(SPEC, async (args, io) => {
  const [operand, ...rest] = args.operands;
  const factory = args.value('python');
  if (factory !== undefined) {
    if (operand !== undefined) throw new InputError('python', `takes no other file, got ${quoted(operand)}`);
    return explainPython(factory, { args, at: widthsAt(args), io });
  }
  const stray = PYTHON_ONLY.find((name) => args.has(name));
  if (stray !== undefined) throw new InputError(stray, 'goes with --python alone');
  if (operand === undefined || rest.length > 0) {
    throw new InputError(null, 'explain needs one file: widthwise explain FILE[:CLASS]');
  }
  const widths = widthsAt(args);
  const { file, models, unread } = await modelsOf(operand, io);
  const document = `${JSON.stringify(explainJson(file, models, widths), null, 2)}\n`;
  io.stdout.write(jsonAlone(args) ? document : explainText(models, widths, terminalOf(io)));
  for (const { file, why } of unread) say(io, `${file} ${why}`);
  await writeJson(document, args, io);
  return unread.length > 0 ? 2 : 0;
});

/** The widths of `--at`, the first the one that others are held to; none where it was not given. @throws InputError */
function widthsAt(args: ParsedArgs): readonly number[] {
  const widths = wholesOf(args, 'at');
  if (widths === undefined) return [];
  if (widths.length < 2)
    throw new InputError('at', 'expected two widths or more: the one you know, and those you want');
  if (widths.length > MOST_WIDTHS) throw new InputError('at', `expected at most ${MOST_WIDTHS} widths`);
  return widths;
}

const MOST_WIDTHS = 20;
const PYTHON_ONLY = ['widths', 'interpreter', 'launch', 'timeout'];

/** What there is to explain, and what of its file and configuration was not read. */
interface Explained {
  readonly file: LintedFile;
  readonly models: readonly ModelOutline[];
  readonly unread: Linted['unread'];
}

async function modelsOf(operand: string, io: CommandIo): Promise<Explained> {
  const [, path = operand, className] = /^(.+\.py):([^:/\\]+)$/.exec(operand) ?? [];
  const { cwd, interruption } = io;
  const read = (paths: readonly string[]) =>
    withAnalyser(1, (analyser) => lintFiles(paths, {}, { cwd, signal: interruption.signal, analyser }));
  const { files, unread } = await read([path]);
  // Of a folder the one model is meant that it has.
  const having = files.filter(({ analysis }) => analysis.models.length > 0);
  const isOne = having.length === 1 && having[0]?.analysis.models.length === 1;
  const [[file], [reason]] = [files.length === 1 ? files : isOne ? having : [], unread];
  const models = (file?.analysis.models ?? []).filter(
    ({ name }) => className === undefined || name === className,
  );
  if (file !== undefined && models.length > 0) return { file, models, unread };
  if (reason !== undefined) throw new InputError(null, `${reason.file} ${reason.why}`);
  const imported = importedBy(file).map((module) => shownPath(module, cwd));
  const others = imported.length > 0 ? (await read(imported)).files : files.filter((one) => one !== file);
  throw new InputError(
    null,
    `${path} ${noModelText(file?.analysis ?? NO_MODELS, className)}${elsewhere(others)}`,
  );
}

/** The modules of the project that a file without a model imports from, as far as they are few. */
function importedBy(file: LintedFile | undefined): readonly string[] {
  return (file?.analysis.imported ?? []).slice(0, MOST_MODULES);
}

const MOST_MODULES = 16;
const MOST_NAMED = 5;

/** Where models stand instead. */
function elsewhere(files: readonly LintedFile[]): string {
  const having = files.filter(({ analysis }) => analysis.models.length > 0);
  if (having.length === 0) return '';
  const named = having.slice(0, MOST_NAMED).map(({ path, analysis }) => {
    const models = analysis.models.map(({ name }) => name).slice(0, MOST_NAMED);
    return `${path} (${models.join(', ')})`;
  });
  const more = having.length > named.length ? ` and ${having.length - named.length} more files` : '';
  return `; there are models in ${named.join(', ')}${more}`;
}

const NO_MODELS = { models: [], bare: [] };

/** The tables with why each is not complete. */
function explainJson(
  { path, text }: LintedFile,
  models: readonly ModelOutline[],
  widths: readonly number[],
): object {
  const index = lineIndex(text);
  return {
    schema: 'widthwise/explain',
    version: 1,
    file: path,
    models: models.map((model) => {
      const base = modelJson(path, index, model);
      return {
        ...base,
        headline: model.headline,
        ...(model.underAdam === null ? {} : { underAdam: model.underAdam.verdict.regime }),
        read: model.read,
        total: model.total,
        widths: model.widths,
        ...(model.supposed.length === 0 ? {} : { supposed: model.supposed }),
        missing: model.missing.map(missingText),
        assumptions: model.assumptions,
        weights: model.weights.map((row, at) => ({
          ...base.weights[at],
          aliases: row.aliases,
          ...(row.tied === null ? {} : { tied: row.tied }),
          ...(row.mayBeOff === null ? {} : { mayBeOff: row.mayBeOff }),
          ...(row.isFixed ? { fixed: true } : {}),
          wants: row.wants,
          missing: row.missing.map(missingText),
          ...(widths.length === 0 ? {} : { at: factorsJson(row, widths) }),
        })),
      };
    }),
  };
}

/** What a row's numbers are multiplied by at each width, in parts of what they are at the first. */
function factorsJson(row: WeightRow, [from = 1, ...others]: readonly number[]): readonly object[] {
  return others.map((to) => ({ from, to, ...factorsAt(row, to / from) }));
}
