import { parseArgs } from 'node:util';
import { didYouMean, quoted } from '@widthwise/core';
import { InputError } from '../input/input-error.ts';
import { allOptions, type CommandSpec, type OptionSpec } from './command-spec.ts';

/** The flags and operands of one call, as text. */
export interface ParsedArgs {
  readonly operands: readonly string[];
  /** The value of a flag; undefined where it was not given. The last one wins. */
  value(name: string): string | undefined;
  /** Whether an on-off flag was given. */
  has(name: string): boolean;
}

/**
 * Reads the arguments after the command's name. A value may follow its flag or an equals sign, and may be negative.
 *
 * @throws InputError for a flag that does not exist, a value that is missing or not wanted, an operand too many
 */
export function parseOptions(spec: CommandSpec, args: readonly string[]): ParsedArgs {
  const options = allOptions(spec);
  const { tokens } = parseArgs({
    args: joinNegativeValues(options, args),
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      options.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
      ]),
    ),
  });
  const values = new Map<string, string | undefined>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option') {
      requireUsable(spec, token);
      values.set(token.name, token.value);
    } else if (token.kind === 'positional') operands.push(token.value);
  }
  if (spec.operands === undefined && operands.length > 0 && !values.has('help')) {
    const [operand = ''] = operands;
    const isFactory = /\.py:\w+$/.test(operand) && spec.options.some(({ name }) => name === 'python');
    const way = isFactory ? ': a factory goes with --python' : '';
    throw new InputError(null, `${spec.name} takes flags only, got ${quoted(operand)}${way}`);
  }
  return { operands, value: (name) => values.get(name), has: (name) => values.has(name) };
}

/** parseArgs takes `--lr -1,0` for two flags; a number after a flag that wants a value is its value. */
function joinNegativeValues(options: readonly OptionSpec[], args: readonly string[]): string[] {
  const wantsValue = new Set(
    options.filter((option) => option.value !== undefined).map((o) => `--${o.name}`),
  );
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const next = args[i + 1];
    if (wantsValue.has(args[i]!) && next !== undefined && /^-(\d|\.\d|inf)/.test(next)) {
      joined.push(`${args[i]}=${next}`);
      i++;
    } else joined.push(args[i]!);
  }
  return joined;
}

/** One flag as it was typed. */
interface TypedFlag {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Whether the value stands behind an equals sign. */
  readonly inlineValue?: boolean | undefined;
}

function requireUsable(spec: CommandSpec, { name, rawName, value, inlineValue }: TypedFlag): void {
  const options = allOptions(spec);
  const option = options.find((candidate) => candidate.name === name);
  if (option === undefined) {
    const known = options.map((candidate) => `--${candidate.name}`);
    throw new InputError(
      null,
      `unknown flag ${quoted(rawName)} of ${spec.name}${didYouMean(rawName, known)}; it takes ${known.join(' ')}`,
    );
  }
  if (option.value === undefined && value !== undefined) {
    throw new InputError(null, `${rawName} takes no value, got ${quoted(value)}`);
  }
  const looksLikeFlag = inlineValue !== true && value?.startsWith('-') === true && value.length > 1;
  if (option.value !== undefined && (value === undefined || value === '' || looksLikeFlag)) {
    throw new InputError(null, `${rawName} needs a value: ${rawName} ${option.value}`);
  }
}
