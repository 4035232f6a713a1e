import { readdirSync, readFileSync } from 'node:fs';
import type { Analysis } from '../src/analysis.ts';
import type { ModelOutline, WeightRow } from '../src/model-outline.ts';
import { missingText } from '../src/words/missing-text.ts';
import { problemsOf } from '../src/words/row-judgement.ts';
import { analyse } from './check-findings.ts';

/** The files of `cases/`, each with what its first line says of it. */
export function cases(): readonly {
  readonly name: string;
  readonly title: string;
  readonly source: string;
}[] {
  const folder = new URL('cases/', import.meta.url);
  return readdirSync(folder).map((file) => {
    const source = readFileSync(new URL(file, folder), 'utf8');
    return { name: file.replace('.py', ''), title: /^"""(.*)"""/.exec(source)?.[1] ?? '', source };
  });
}

type Check = (rest: string, analysis: Analysis, model: ModelOutline | undefined) => readonly string[];

/**
 * Holds what is said of a file to the comments at its end, and tells what is not as they say:
 *
 *     # says mid.weight: role hidden, a 0, b 0, c 1     each of these, without a gap
 *     # row mid.weight: role hidden, a 0, b 0, c 1      these or nothing: a value that is unknown is not wrong
 *     # wants head.weight: b 1, c 1                    what μP wants in their place
 *     # no row freq                                     nothing is invented
 *     # MUP101: mid.weight                              exactly these are found by a rule, or `nothing`
 *     # MUP101 at most: mid.weight                      none but these
 *     # verdict: unstable                               the regime
 *     # verdict at most: unstable, trivial              one of these, or none
 *     # assumes: is made with `size = 1`              is in what is taken for granted
 *     # no text: std 100                                appears in no sentence
 */
export function checkCase(source: string): readonly string[] {
  const analysis = analyse(source);
  const model = analysis.models.find(({ name }) => name === 'Net') ?? analysis.models[0];
  return source.split('\n').flatMap((line) => {
    const found =
      /^# (says|row|wants|no row|MUP\d{3} at most|MUP\d{3}|verdict at most|verdict|assumes|no text)[: ]\s*(.*)$/.exec(
        line,
      );
    const [, what = '', rest = ''] = found ?? [];
    const check = what.startsWith('MUP') ? findingsCheck(what) : CHECKS[what];
    return (check?.(rest, analysis, model) ?? []).map((problem) => `${line.slice(2)} → ${problem}`);
  });
}

const CHECKS: Readonly<Record<string, Check>> = {
  says: (rest, _, model) => rowProblems(rest, model, { of: (row) => row, mayBeUnknown: false }),
  row: (rest, _, model) => rowProblems(rest, model, { of: (row) => row, mayBeUnknown: true }),
  wants: (rest, _, model) =>
    rowProblems(rest, model, { of: ({ wants }) => wants ?? {}, mayBeUnknown: false }),
  'no row': (name, _, model) => (rowOf(name, model) === undefined ? [] : ['there is one']),
  verdict: (rest, _, model) => (regimeOf(model) === rest ? [] : [regimeOf(model) ?? 'no verdict']),
  'verdict at most': (rest, _, model) => {
    const regime = regimeOf(model);
    return regime === null || listed(rest).includes(regime) ? [] : [regime];
  },
  assumes: (rest, _, model) =>
    model?.assumptions.some((text) => text.includes(rest)) === true ? [] : ['it is not said'],
  'no text': (rest, analysis) => textsOf(analysis).filter((text) => text.includes(rest)),
};

/** Holds the weights that a rule finds to those that it should, or may. */
function findingsCheck(what: string): Check {
  const [code = '', atMost] = what.split(' ');
  return (rest, analysis) => {
    const found = foundIn(analysis, code);
    const wanted = listed(rest);
    const extra = found.filter((name) => !wanted.includes(name));
    const isAsSaid = extra.length === 0 && (atMost !== undefined || found.length === wanted.length);
    return isAsSaid ? [] : [`found ${found.join(', ') || 'nothing'}`];
  };
}

function rowProblems(
  rest: string,
  model: ModelOutline | undefined,
  {
    of,
    mayBeUnknown,
  }: {
    readonly of: (row: WeightRow) => Partial<Pick<WeightRow, 'role' | 'a' | 'b' | 'c'>>;
    readonly mayBeUnknown: boolean;
  },
): readonly string[] {
  const [, name = '', values = ''] = /^(\S+): (.*)$/.exec(rest) ?? [];
  const row = rowOf(name, model);
  if (row === undefined) return mayBeUnknown ? [] : ['no such row'];
  return values.split(', ').flatMap((value) => {
    const [key = '', wanted = ''] = value.split(' ');
    const said = of(row)[key as 'role' | 'a' | 'b' | 'c'] ?? null;
    if (said === null) return mayBeUnknown ? [] : [`${key} is unknown`];
    return said === wanted || (said !== 'zero' && Number(said) === Number(wanted)) ? [] : [`${key} ${said}`];
  });
}

/** A row by its name, or by one of them where it stands for several. */
function rowOf(name: string, model: ModelOutline | undefined): WeightRow | undefined {
  return model?.weights.find((row) => row.name.split(/ = |, /).includes(name));
}

function regimeOf(model: ModelOutline | undefined): string | null {
  const regime = model?.verdict?.regime ?? null;
  return regime === 'unknown' ? null : regime;
}

function listed(rest: string): readonly string[] {
  return rest === 'nothing' ? [] : rest.split(', ');
}

/** The weights of all findings of a rule. */
function foundIn({ findings }: Analysis, code: string): readonly string[] {
  const names = findings.filter((finding) => finding.code === code).flatMap(({ weights }) => weights);
  return [...new Set(names)];
}

/** Every sentence that is said of the file. */
function textsOf({ findings, models }: Analysis): readonly string[] {
  return [
    ...findings.map(({ message }) => message),
    ...models.flatMap(({ missing, weights }) => [
      ...missing.map(missingText),
      ...problemsOf(weights),
      ...weights.flatMap((row) => [row.shape, ...row.missing.map(missingText)]),
    ]),
  ];
}
