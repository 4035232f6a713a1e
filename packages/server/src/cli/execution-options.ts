import { resolve } from 'node:path';
import { type AnyField, checkField, quoted } from '@widthwise/core';
import { isWithin } from '../files/real-path.ts';
import { InputError } from '../input/input-error.ts';
import { inputErrors } from '../lab/experiments/input-errors.ts';
import type { TimeBudget } from '../lab/experiments/time-budget.ts';
import { defaultWorkers } from '../lab/runs/executor.ts';
import { openStore, type Store } from '../lab/store/store.ts';
import type { OptionSpec } from './command-spec.ts';
import { optionOf } from './options-of.ts';
import type { ParsedArgs } from './parse-options.ts';
import { numberOf } from './read-values.ts';

const WORKERS: AnyField = {
  kind: 'whole',
  low: 1,
  high: 256,
  flag: 'workers',
  value: 'N',
  default: null,
  otherwise: 'one a processor, at most 4',
  says: 'threads',
};

const TIME_BUDGET: AnyField = {
  kind: 'positive',
  flag: 'time-budget',
  value: 'SECONDS',
  default: null,
  otherwise: 'none; 300 for `transfer --python`',
  says: 'ends training by then: seeds are trained one after the other, and those that have ended are judged',
};

/** What every experiment's command takes beside its parameters. */
export function executionOptions(stem: string, forms: object): OptionSpec[] {
  const endings = Object.keys(forms).join(',');
  return [
    optionOf('workers', WORKERS),
    optionOf('timeBudget', TIME_BUDGET),
    {
      name: 'store',
      value: 'DIR',
      summary: 'where results are kept and looked for',
      fallback: '`.widthwise/store`',
    },
    { name: 'fresh', summary: 'compute again what the store has' },
    {
      name: 'out',
      value: 'DIR',
      summary: `where \`${stem}.${endings.includes(',') ? `{${endings}}` : endings}\` go`,
      fallback: 'here; nowhere with `--json -`',
    },
    { name: 'json', value: 'FILE|-', summary: 'the result as JSON to a file, or alone to standard output' },
  ];
}

/** @throws InputError for no number of threads */
export function requireWorkers(args: ParsedArgs): number {
  const asked = numberOf(args, 'workers');
  if (asked === undefined) return defaultWorkers();
  inputErrors(() => checkField('workers', WORKERS, asked));
  return asked;
}

/** Counted from here. */
export function timeBudgetOf(args: ParsedArgs): TimeBudget | null {
  const seconds = numberOf(args, TIME_BUDGET.flag);
  if (seconds === undefined) return null;
  inputErrors(() => checkField('timeBudget', TIME_BUDGET, seconds));
  return { seconds, untilMs: performance.now() + 1000 * seconds };
}

/** @throws InputError for what cannot be a folder of results */
export async function requireStore(
  args: ParsedArgs,
  cwd: string,
  note: (sentence: string) => void,
): Promise<Store> {
  const asked = args.value('store');
  const directory = asked ?? '.widthwise/store';
  if (asked === undefined && !(await isWithin(cwd, resolve(cwd, directory)))) {
    throw new InputError(
      'store',
      `${directory} is a link out of this folder; --store DIR says where results go`,
    );
  }
  try {
    return await openStore(resolve(cwd, directory), note);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError('store', `${quoted(directory)} cannot be a folder of results (${code})`);
  }
}
