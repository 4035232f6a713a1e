import fc from 'fast-check';
import type { Isolate, Outcome } from './isolate.ts';
import type { Corpus, Input, Inputs, Kind, Problem } from './kind.ts';
import { seedOf } from './seed-of.ts';
import { problemOf, Tally, type Totals } from './tally.ts';

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
  readonly isolate: Isolate;
  onFailure(failure: Failure): void;
}

/** Shrinking stops here; failures of a kind beyond the first few are counted as they are. */
const SHRINK_MS = 20_000;
const SHRUNK = 4;

/** Gives a judge one input of a kind after the other. Every input is a function of kind, seed and number. */
export async function runCampaign(kind: Kind, options: CampaignOptions): Promise<Totals> {
  const inputs = kind.inputs(options.corpus);
  const tally = new Tally();
  for (const number of numbersOf(inputs, options)) {
    if (tally.seconds > options.seconds) break;
    const { name, input, outcome } = await attempt(kind, inputs, { ...options, number });
    tally.add(outcome);
    const problem = problemOf(outcome);
    if (problem === null || (problem.kind === 'slow' && !options.tellsSlow)) continue;
    const least =
      tally.times(problem) <= SHRUNK
        ? await shrink(kind, inputs, { ...options, number, as: problem.kind })
        : null;
    options.onFailure({ kind: kind.name, number, name, ...(least ?? { input, problem }) });
  }
  return tally.totals(kind.name);
}

function* numbersOf({ named, drawn }: Inputs, { count, only }: CampaignOptions): Iterable<number> {
  const end = drawn === null ? Math.min(count, named.length) : count;
  if (only !== undefined) yield only;
  else for (let number = 0; number < end; number++) yield number;
}

type Numbered = CampaignOptions & { readonly number: number };

async function attempt(
  kind: Kind,
  inputs: Inputs,
  { isolate, seed, number }: Numbered,
): Promise<{ readonly name: string | null; readonly input: Input; readonly outcome: Outcome }> {
  const named = inputs.named[number] ?? null;
  const input = named?.make() ?? drawnInput(kind, inputs, { seed, number });
  return {
    name: named?.name ?? null,
    input,
    outcome: await isolate.judge({ judge: kind.judge, input }, kind.timeoutMs),
  };
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

/** The least input that fails in the same way, by fast-check; null where inputs are named, or the failure does not come again. */
async function shrink(
  kind: Kind,
  inputs: Inputs,
  { isolate, seed, number, as }: Numbered & { readonly as: string },
): Promise<{ readonly input: Input; readonly problem: Problem } | null> {
  if (inputs.drawn === null || number < inputs.named.length) return null;
  let least: { readonly input: Input; readonly problem: Problem } | null = null;
  const fails = fc.asyncProperty(inputs.drawn, async (input) => {
    const problem = problemOf(await isolate.judge({ judge: kind.judge, input }, kind.timeoutMs));
    if (problem?.kind !== as) return true;
    least = { input, problem };
    return false;
  });
  await fc.check(fails, { ...drawing(kind, { seed, number }), interruptAfterTimeLimit: SHRINK_MS });
  return least;
}
