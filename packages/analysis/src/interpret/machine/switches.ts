import type { Expression, Statement } from '../../syntax/ast.ts';
import { wordsOf } from '../../syntax/name-words.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import { optionsOf } from '../values/either.ts';
import type { Value } from '../values/value.ts';
import { type Arguments, everyArgument } from './given-arguments.ts';
import type { CallSite, Frame, Interpreter } from './interpreter.ts';

/**
 * Notes what `parser.add_argument('--fp8', action='store_true')` says: the script's `fp8` is off unless it is given; and
 * what gives it.
 */
export function noteSwitch(method: string, site: CallSite): void {
  const { args, frame } = site;
  const { known, texts, given } = frame.interpreter.switches;
  const all = [...known, ...texts.keys()];
  if (method === 'set_defaults') for (const name of args.open ? all : args.named.keys()) given.add(name);
  if (PARSES.test(method) && everyArgument(args).some(isWritten)) for (const name of all) given.add(name);
  if (method === 'add_argument') noteAdded(site);
}

const PARSES = /^parse_(?:known_|intermixed_)?args$/;

/** Whether a method gives what somebody types: its fields are what they are given, each by itself. */
export function givesTyped(method: string, args: Arguments): boolean {
  return PARSES.test(method) && !everyArgument(args).some(isWritten);
}

/** Whether what is parsed is no command line: its words are written in the code, or it has been filled before. */
function isWritten(parsed: Value): boolean {
  return optionsOf(parsed).some(
    (one) => one.kind === 'object' || (one.kind === 'list' && (one.open || one.items.length > 0)),
  );
}

/** Notes that code gives a field a value: as a switch it is no longer known to be off. */
export function noteSwitched(name: string, { switches }: Interpreter): void {
  switches.given.add(name);
}

function noteAdded({ args, frame }: CallSite): void {
  if (args.open) return;
  const { known, texts } = frame.interpreter.switches;
  const name = nameAdded(args);
  const preset = args.named.get('default');
  if (name === undefined) return;
  if (preset?.kind === 'text')
    texts.set(name, (texts.get(name) ?? preset.text) === preset.text ? preset.text : null);
  const action = args.named.get('action');
  if (preset === undefined && action?.kind === 'text' && action.text === 'store_true') known.add(name);
}

function nameAdded(args: Arguments): string | undefined {
  const dest = args.named.get('dest');
  const flag = everyArgument({ ...args, named: new Map() }).find(
    (one) => one.kind === 'text' && one.text.startsWith('--'),
  );
  const name = dest?.kind === 'text' ? dest.text : flag?.kind === 'text' ? flag.text.slice(2) : undefined;
  return name?.replaceAll('-', '_');
}

/** The text that a value is, or that a setting is left at unless it is given another: as a model's name, what the code looks up by it. */
export function textMeant(value: Value, { switches, presetTexts }: Interpreter): string | undefined {
  if (value.kind === 'text') return value.text;
  const preset = value.kind === 'opaque' ? presetTexts.get(value.symbol) : undefined;
  if (preset !== undefined) return preset;
  const name = nameOf(value);
  if (name === undefined || switches.given.has(name)) return undefined;
  return switches.texts.get(name) ?? undefined;
}

/** The switch that a condition asks for, off unless the script is given it; undefined for any other condition. */
export function switchIn(condition: Expression, frame: Frame): string | undefined {
  if (condition.kind === 'logic' && condition.operator === 'and')
    return switchIn(condition.left, frame) ?? switchIn(condition.right, frame);
  if (condition.kind !== 'attribute' && condition.kind !== 'name') return undefined;
  const [only, ...others] = optionsOf(frame.evaluate(condition));
  if (only === undefined || others.length > 0) return undefined;
  const name = nameOf(only);
  const { known, given } = frame.interpreter.switches;
  return name !== undefined && known.has(name) && !given.has(name) ? name : undefined;
}

/** A setting of a script that a condition holds against a text, and what it is unless the script is given another. */
export interface ComparedSetting {
  readonly name: string;
  readonly text: string;
  readonly preset: string;
}

/** What `args.optimizer == 'adam'` asks of a setting that a script has a text for; undefined for any other condition. */
export function comparedSetting(condition: Expression, frame: Frame): ComparedSetting | undefined {
  if (condition.kind !== 'compare' || condition.operators.join() !== '==') return undefined;
  const values = condition.operands.map((operand) => frame.evaluate(operand));
  const written = values.find((value) => value.kind === 'text');
  const setting = values.find((value) => value.kind !== 'text');
  const name = setting && nameOf(setting);
  if (written === undefined || setting === undefined || name === undefined) return undefined;
  const { texts, given } = frame.interpreter.switches;
  const preset = given.has(name) ? null : texts.get(name);
  return preset == null ? undefined : { name, text: written.text, preset };
}

/** Whether optimizers may be those that are meant, beside others that are the default: those that scale rates by the width. */
export function mayBeMeantBeside(
  made: readonly string[],
  preset: readonly string[],
  { libraries }: Interpreter,
): boolean {
  const scales = (qualified: string) => libraries.scalesByWidth(qualified);
  return made.some(scales) && !preset.some(scales);
}

function nameOf(value: Value): string | undefined {
  if (value.kind === 'opaque') return value.symbol.name;
  return value.kind === 'unknown' ? value.symbol?.name : undefined;
}

const SCALES = /^(?:mu|mup\w*|\w*(?<!war)mup|mutransfer|μ\w*|\w*widths?|baseshapes?)$/;

/** Whether a name tells of a scaling by width. */
export function scales(name: string): boolean {
  const words = wordsOf(name);
  return words.some(
    (word, at) => SCALES.test(word) || (word === 'base' && /^shapes?$/.test(words[at + 1] ?? '')),
  );
}

/** Whether a switch may be the one with which the model is meant to be trained, as one that scales it by its width. */
export function mayBeMeant(name: string, body: readonly Statement[]): boolean {
  return scales(name) || [...wordsIn(body)].some(scales);
}
