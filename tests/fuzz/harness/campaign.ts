import fc from 'fast-check';
import type { Isolate, Outcome } from './isolate.ts';
import type { Corpus, Input, Inputs, Kind, Problem } from './kind.ts';
import { seedOf } from './seed-of.ts';
import { type Counted, problemOf, Tally, type Totals } from './tally.ts';
import { isTimed } from './totals-text.ts';

/** An input that the product did not stand. */
export interface Failure {
  readonly kind: string;
  /** Its number among the inputs of the seed. */
  readonly number: number;
  readonly name: string | null;
  readonly problem: Problem;
  /** The least input found that fails. */
  readonly input: Input;
}

export interface CampaignOptions {
  readonly seed: number;
  readonly count: number;
  /** Ends earlier when it took that long. */
  readonly seconds: number;
  readonly corpus: Corpus;
  /** Only the input of that number. */
  readonly only?: number | undefined;
  /** Whether an analysis over its budget of CPU is told as a failure; it is counted all the same. */
  readonly tellsSlow: boolean;
  /** One or more processes that judge at the same time. */
  readonly isolates: readonly [Isolate, ...Isolate[]];
  /** What an earlier slice of the same campaign has counted: it goes on behind that. */
  readonly before?: Counted | undefined;
  onFailure(failure: Failure): void;
  /** Told after every round of all processes, so that a later slice can go on. */
  onRound?(counted: Counted): void;
}

/** Shrinking stops here; failures of a kind beyond the first few are counted as they are. */
const SHRINK_MS = 20_000;
const SHRUNK = 4;

/** Gives a judge the inputs of a kind. Every input is a function of kind, seed and number. */
export async function runCampaign(kind: Kind, options: CampaignOptions): Promise<Totals> {
  const inputs = kind.inputs(options.corpus);
  const tally = new Tally(options.before);
  const numbers = numbersOf(inputs, options);
  const round = kind.together * options.isolates.length;
  for (let from = tally.tried; from < numbers.length && tally.seconds < options.seconds; from += round) {
    const tried = await Promise.all(
      options.isolates.map((isolate, index) => {
        const at = from + index * kind.together;
        return judged(kind, inputs, { ...options, isolate, numbers: numbers.slice(at, at + kind.together) });
      }),
    );
    for (const { outcome, ...one } of tried.flat()) {
      tally.add(outcome);
      const problem = problemOf(outcome);
      if (problem === null || (isTimed(problem.kind) && !options.tellsSlow)) continue;
      const shrinks = tally.times(problem) <= SHRUNK;
      options.onFailure(await failureOf(kind, inputs, { ...options, ...one, problem, shrinks }));
    }
    options.onRound?.(tally.counted);
  }
  return tally.totals(kind.name);
}

/** Inputs with what happened to them in one process. */
async function judged(
  kind: Kind,
  inputs: Inputs,
  {
    isolate,
    numbers,
    seed,
  }: { readonly isolate: Isolate; readonly numbers: readonly number[]; seed: number },
): Promise<readonly (Tried & { readonly outcome: Outcome })[]> {
  if (numbers.length === 0) return [];
  const some = numbers.map((number) => inputOf(kind, inputs, { seed, number }));
  const asked = { judge: kind.judge, inputs: some.map(({ input }) => input) };
  const outcomes = await isolate.judge(asked, kind.timeoutMs);
  return outcomes.map((outcome, index) => ({ ...some[index]!, outcome }));
}

/** The first numbers; where they are too few for all named inputs, some of each family instead of the first. */
function numbersOf({ named, drawn }: Inputs, { count, only }: CampaignOptions): readonly number[] {
  if (only !== undefined) return [only];
  const length = drawn === null ? Math.min(count, named.length) : count;
  const step = Math.max(1, named.length / length);
  return Array.from({ length }, (_, index) => Math.floor(index * step));
}

/** One input of a kind, with its number and name. */
interface Tried {
  readonly number: number;
  readonly name: string | null;
  readonly input: Input;
}

function inputOf(kind: Kind, inputs: Inputs, at: { readonly seed: number; readonly number: number }): Tried {
  const named = inputs.named[at.number] ?? null;
  const input = named?.make() ?? drawnInput(kind, inputs, at);
  return { number: at.number, name: named?.name ?? null, input };
}

async function failureOf(
  kind: Kind,
  inputs: Inputs,
  {
    number,
    name,
    input,
    problem,
    shrinks,
    ...options
  }: CampaignOptions & Tried & { problem: Problem; shrinks: boolean },
): Promise<Failure> {
  const least = shrinks ? await shrink(kind, inputs, { ...options, number, as: problem.kind }) : null;
  return { kind: kind.name, number, name, ...(least ?? { input, problem }) };
}

/** Small values are drawn often by one half of the inputs, all values alike by the other. */
const drawing = (kind: Kind, { seed, number }: { seed: number; number: number }) => ({
  seed: seedOf(`${kind.name} ${seed} ${number}`),
  numRuns: 1,
  unbiased: number % 2 === 1,
});

function drawnInput(kind: Kind, inputs: Inputs, at: { seed: number; number: number }): Input {
  if (inputs.drawn === null) throw new RangeError(`${kind.name} has no input ${at.number}`);
  let drawn: Input = '';
  const keep = fc.property(inputs.drawn, (input) => {
    drawn = input;
  });
  fc.assert(keep, drawing(kind, at));
  return drawn;
}

interface Shrunk {
  readonly number: number;
  /** The kind of its problem. */
  readonly as: string;
}

/** The least input that fails in the same way, by fast-check; null where inputs are named, or the failure does not come again. */
async function shrink(
  kind: Kind,
  inputs: Inputs,
  { isolates: [isolate], seed, number, as }: Pick<CampaignOptions, 'isolates' | 'seed'> & Shrunk,
): Promise<{ readonly input: Input; readonly problem: Problem } | null> {
  if (inputs.drawn === null || number < inputs.named.length) return null;
  let least: { readonly input: Input; readonly problem: Problem } | null = null;
  const fails = fc.asyncProperty(inputs.drawn, async (input) => {
    const [outcome] = await isolate.judge({ judge: kind.judge, inputs: [input] }, kind.timeoutMs);
    const problem = problemOf(outcome!);
    if (problem?.kind !== as) return true;
    least = { input, problem };
    return false;
  });
  await fc.check(fails, { ...drawing(kind, { seed, number }), interruptAfterTimeLimit: SHRINK_MS });
  return least;
}
