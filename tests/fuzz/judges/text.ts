import type { Analysis } from '@widthwise/analysis';
import { DEFAULT_OPTIONS, explainMarkdown, missingText, verdictLine } from '@widthwise/analysis';
import type { Input, Judgement, Problem } from '../harness/kind.ts';
import { analyser, measured } from './analyser.ts';

/** All that is found: where a project shows no sign of μP, no rule warns, and no finding would be judged. */
const OPTIONS = { ...DEFAULT_OPTIONS, profile: 'mup' } as const;

const BUDGET_MS = 100;
const LONG_BUDGET_MS = 250;
const LONG_LINES = 5000;

/** One text in so many is analysed behind others, too. */
const STEADY = 8;

/** Any text has an analysis: the same one whatever was analysed before, in time, with every place inside the text. */
export async function judgeText(input: Input): Promise<Judgement> {
  const text = input as string;
  const { analyse, forget } = await analyser;
  const byItself = () => {
    forget();
    return measured(() => analyse(text, OPTIONS));
  };
  // Of what was judged before, some may be kept, such as the file that this is an edit of.
  const behind = text.length % STEADY === 0 ? analyse(text, OPTIONS) : null;
  const { value, ...first } = byItself();
  // The least of runs is what the text costs: the first pays for a compiler and a garbage collector too.
  let { cpuMs, unheardMs } = first;
  const budget = linesOf(text) > LONG_LINES ? LONG_BUDGET_MS : BUDGET_MS;
  for (let run = 1; run < MOST_RUNS && cpuMs > budget; run++) {
    const again = byItself();
    cpuMs = Math.min(cpuMs, again.cpuMs);
    unheardMs = Math.min(unheardMs, again.unheardMs);
  }
  const problems = [
    ...problemsOf(value, text),
    ...(behind === null || JSON.stringify(behind) === JSON.stringify(value)
      ? []
      : [{ kind: 'unsteady', what: 'the text by itself has another analysis' }]),
    ...(unheardMs > BUDGET_MS
      ? [{ kind: 'unheard', what: `${Math.round(unheardMs)} ms of CPU in which nobody could end it` }]
      : []),
    ...(cpuMs > budget ? [{ kind: 'slow', what: `${Math.round(cpuMs)} ms of CPU, budget ${budget}` }] : []),
  ];
  return { problems, cpuMs };
}

/** What looks slow is measured again, as the machine may have been. */
const MOST_RUNS = 3;

function linesOf(text: string): number {
  return text.split(/\r\n|\r|\n/).length;
}

function problemsOf(analysis: Analysis, text: string): readonly Problem[] {
  return [
    ...failureProblems(analysis),
    ...placeProblems(analysis, text.length),
    ...claimProblems(analysis),
    ...wordProblems(analysis),
  ];
}

/** A place lies in the text, and a number is one; the exponent of what is zero is infinite. */
function placeProblems(value: unknown, length: number, path = 'analysis'): readonly Problem[] {
  if (Number.isNaN(value)) return [{ kind: 'number', what: `${path} is not a number` }];
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, one]) => placeProblems(one, length, `${path}.${key}`));
  const { start, end } = value as { start?: unknown; end?: unknown };
  if (typeof start !== 'number' || typeof end !== 'number') return inside;
  if (0 <= start && start <= end && end <= length) return inside;
  return [...inside, { kind: 'span', what: `${path} is ${start}–${end} of ${length}` }];
}

/** What the analyser catches as its last resort was thrown all the same. */
function failureProblems({ unread }: Analysis): readonly Problem[] {
  return unread.flatMap((one) => ('problem' in one ? [{ kind: 'throw', what: one.problem }] : []));
}

/**
 * Of what is not read whole nothing is said but that it is unstable, whatever the rest does; and nothing where reading
 * stopped, unless that was at the models above, of which none is among those that there are.
 */
function claimProblems({ unread, models }: Analysis): readonly Problem[] {
  const stopped = unread.some(({ kind }) => kind !== 'rule' && kind !== 'nesting' && kind !== 'models');
  return models
    .filter(({ verdict }) => verdict !== null)
    .filter(
      ({ verdict, missing, read, total }) =>
        stopped || (verdict?.regime !== 'unstable' && (missing.length > 0 || read < total)),
    )
    .map(({ name }) => ({ kind: 'claim', what: `a verdict on ${name}, of which something is missing` }));
}

/** Everything found can be said. */
function wordProblems({ models }: Analysis): readonly Problem[] {
  const said = models.map((model) => [
    explainMarkdown([model]),
    verdictLine(model),
    ...model.missing.map(missingText),
  ]);
  return said.flat().some((words) => words === '') ? [{ kind: 'words', what: 'a model without words' }] : [];
}
