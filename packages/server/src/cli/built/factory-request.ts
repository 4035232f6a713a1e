import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { quoted } from '@widthwise/core';
import { interpreterFor } from '../../built/interpreter.ts';
import { nearText } from '../../built/near-widths.ts';
import type { FailureRecord } from '../../built/probe-record.ts';
import type { Probed } from '../../built/run-probe.ts';
import { shownPath } from '../../files/shown-path.ts';
import { InputError } from '../../input/input-error.ts';
import { launchWords } from '../../sources/config/configuration.ts';
import { Configurations } from '../../sources/config/configurations.ts';
import type { CommandIo } from '../command.ts';
import type { OptionSpec } from '../command-spec.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { numberOf, wholesOf } from '../read-values.ts';
import { say } from '../terminal/say.ts';

const MOST_WIDTHS = 8;
const WIDTH_OF_DEPTHS = 128;

/** What is built, as the command line says it. */
export interface FactoryRequest {
  readonly file: string;
  readonly factory: string;
  /** The narrowest first, each once. */
  readonly widths: readonly number[];
  readonly interpreter: string;
  /** What starts it, word by word, with `{}` where its command stands; null where nothing does. */
  readonly launch: readonly string[] | null;
  readonly seconds: number;
}

/** What a command does where nothing is said. */
export interface FactoryDefaults {
  readonly widths: readonly number[];
  readonly seconds: number;
}

/** The flags that go with a factory alone. */
export function factoryOptions(defaults: FactoryDefaults): readonly OptionSpec[] {
  return runningOptions(defaults).map((option) => ({
    ...option,
    summary: `with \`--python\`: ${option.summary}`,
  }));
}

/** The flags of what runs the user's code. */
export function runningOptions({ seconds }: Pick<FactoryDefaults, 'seconds'>): readonly OptionSpec[] {
  return [
    {
      name: 'interpreter',
      value: 'PYTHON',
      summary: 'the Python that runs it',
      fallback: 'that of the active or nearest virtual environment',
    },
    {
      name: 'launch',
      value: 'COMMAND',
      summary:
        "what starts that Python, with `{}` in its place, as `'srun --gpus=1 {}'`; devices are then the factory's choice",
      fallback: "the project's `launch`",
    },
    {
      name: 'timeout',
      value: 'SECONDS',
      summary: 'after which it is killed',
      fallback: String(seconds),
    },
  ];
}

/** @throws InputError for what names no factory, and for widths and times that cannot be used */
export async function factoryRequest(
  operand: string,
  {
    args,
    defaults,
    io,
  }: { readonly args: ParsedArgs; readonly defaults: FactoryDefaults; readonly io: CommandIo },
): Promise<FactoryRequest> {
  const [, path, factory] = /^(.+\.py):([^:/\\]+)$/.exec(operand) ?? [];
  if (path === undefined || factory === undefined) {
    throw new InputError('python', `expected FILE.py:FACTORY, got ${quoted(operand)}`);
  }
  const running = await runningOf(path, { args, seconds: defaults.seconds, field: 'python', io });
  return { ...running, factory, widths: sizesOf(args, defaults) };
}

/** What runs a file of the user's, and for how long at most. */
export async function runningOf(
  path: string,
  {
    args,
    seconds: fallback,
    field,
    io,
  }: {
    readonly args: ParsedArgs;
    readonly seconds: number;
    readonly field: string | null;
    readonly io: CommandIo;
  },
): Promise<Pick<FactoryRequest, 'file' | 'interpreter' | 'launch' | 'seconds'>> {
  const file = resolve(io.cwd, path);
  const isFile = await stat(file).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (!isFile) throw new InputError(field, `${quoted(path)} is no file`);
  const seconds = numberOf(args, 'timeout') ?? fallback;
  if (!(seconds > 0))
    throw new InputError('timeout', `expected seconds above 0, got ${quoted(String(seconds))}`);
  const interpreter = args.value('interpreter') ?? interpreterFor(file, io.env);
  return { file, interpreter, launch: await launchOf(file, args, io), seconds };
}

/**
 * What starts the Python, as the command line says or else the project; null where it is started as it is.
 *
 * @throws InputError where the command has no place for the Python
 */
async function launchOf(file: string, args: ParsedArgs, io: CommandIo): Promise<readonly string[] | null> {
  const given = args.value('launch');
  const ofProject = given === undefined ? (await new Configurations().of(file)).configuration.launch : null;
  const launch = given ?? ofProject ?? '{}';
  const words = launchWords(launch);
  if (words === null) {
    throw new InputError('launch', `expected a command with one {} in it, got ${quoted(launch)}`);
  }
  if (words.length === 1) return null;
  if (given === undefined) say(io, `the project's launch starts it: ${launch}`);
  return words;
}

/** The widths or depths that are built. */
function sizesOf(args: ParsedArgs, defaults: FactoryDefaults): readonly number[] {
  const what = args.has('depths') ? 'depths' : 'widths';
  const asked = wholesOf(args, what) ?? defaults.widths;
  const sizes = [...new Set(asked)].sort((one, other) => one - other);
  if (sizes.length < 2)
    throw new InputError(what, `expected two ${what} or more: an exponent is a slope over them`);
  if (sizes.length > MOST_WIDTHS) throw new InputError(what, `expected at most ${MOST_WIDTHS} ${what}`);
  return sizes;
}

/**
 * The width at which depths are built; null where widths are.
 *
 * @throws InputError for several
 */
export function widthOfDepths(args: ParsedArgs): number | null {
  if (!args.has('depths')) return null;
  const [width = WIDTH_OF_DEPTHS, ...others] = wholesOf(args, 'widths') ?? [];
  if (others.length > 0) throw new InputError('widths', 'expected one width, at which depths are compared');
  return width;
}

/** Why nothing can be told of a factory: the first thing that went wrong, and where. */
export function whyNothing(
  {
    file,
    factory,
    interpreter,
    at = null,
  }: Pick<FactoryRequest, 'file' | 'factory' | 'interpreter'> & { readonly at?: number | null },
  { failures, versions }: Probed,
  io: CommandIo,
): string {
  const [first] = failures;
  const shown = shownPath(file, io.cwd);
  if (first === undefined) return `${shown}:${factory} was built at fewer than two widths`;
  const where = first.line == null ? '' : ` (${shownPath(first.line[0], io.cwd)}:${first.line[1]})`;
  if (first.stage === 'python') return `${interpreter}: ${first.why}`;
  if (first.stage === 'torch' && versions === null) {
    return `${interpreter} cannot import what its model is made with: ${first.why}; name another Python with --interpreter`;
  }
  return `${shown}:${factory}: ${whereFailed(first, at)}${first.why}${where}${nearText(first)}`;
}

/** @param at the width at which depths were built; null where widths were */
function whereFailed({ width }: FailureRecord, at: number | null): string {
  return width === undefined ? '' : `at ${at === null ? 'width' : 'depth'} ${width}, `;
}

/** Why a factory's model tells nothing of its widths; null where it does. */
export function whyNoWidth(
  { file, factory }: Pick<FactoryRequest, 'file' | 'factory'>,
  {
    model,
    cwd,
  }: {
    readonly model: {
      readonly widths: readonly number[];
      readonly parameters: readonly { readonly speeds: readonly (number | null)[] }[];
    };
    readonly cwd: string;
  },
): string | null {
  if (model.parameters.some(({ speeds }) => speeds.some((speed) => speed !== 0))) return null;
  const why = `it ignores its width: every parameter has the same shape at ${model.widths[0]} and at ${model.widths.at(-1)}`;
  return `${shownPath(file, cwd)}:${factory}: ${why}`;
}
