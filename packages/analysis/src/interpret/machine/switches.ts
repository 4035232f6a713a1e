import type { Expression, Statement } from '../../syntax/ast.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import { NONE, optionsOf, type Value } from '../values/value.ts';
import { type CallSite, everyArgument, type Frame } from './interpreter.ts';

/**
 * Notes what `parser.add_argument('--fp8', action='store_true')` says: the script's `fp8` is off unless it is given. None
 * is off where the code gives one itself.
 */
export function noteSwitch(method: string, { args, frame }: CallSite): void {
  const { known } = frame.interpreter.switches;
  const given = everyArgument(args).filter((value) => value !== NONE && value.kind !== 'unknown');
  if (method === 'set_defaults' || (method.startsWith('parse_') && given.length > 0)) known.clear();
  const action = args.named.get('action');
  if (
    method !== 'add_argument' ||
    args.named.has('default') ||
    action?.kind !== 'text' ||
    action.text !== 'store_true'
  )
    return;
  const dest = args.named.get('dest');
  const flag = everyArgument({ ...args, named: new Map() }).find(
    (one) => one.kind === 'text' && one.text.startsWith('--'),
  );
  const name = dest?.kind === 'text' ? dest.text : flag?.kind === 'text' ? flag.text.slice(2) : undefined;
  if (name !== undefined) known.add(name.replaceAll('-', '_'));
}

/** The switch that a condition asks for, off unless the script is given it; undefined for any other condition. */
export function switchIn(condition: Expression, frame: Frame): string | undefined {
  if (condition.kind === 'logic' && condition.operator === 'and')
    return switchIn(condition.left, frame) ?? switchIn(condition.right, frame);
  if (condition.kind !== 'attribute' && condition.kind !== 'name') return undefined;
  const [only, ...others] = optionsOf(frame.evaluate(condition));
  if (only === undefined || others.length > 0) return undefined;
  const name = nameOf(only);
  return name !== undefined && frame.interpreter.switches.known.has(name) ? name : undefined;
}

function nameOf(value: Value): string | undefined {
  if (value.kind === 'opaque') return value.symbol.name;
  return value.kind === 'unknown' ? value.symbol?.name : undefined;
}

const SCALES = /mu_?p|base_?shapes|width/i;

/** Whether a switch may be the one with which the model is meant to be trained, as one that scales it by its width. */
export function mayBeMeant(name: string, body: readonly Statement[]): boolean {
  return SCALES.test(name) || [...wordsIn(body)].some((word) => SCALES.test(word));
}
