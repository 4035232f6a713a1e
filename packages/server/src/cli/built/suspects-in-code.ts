import { resolve } from 'node:path';
import { type Finding, powerText, type RuleCode, rateText } from '@widthwise/analysis';
import { cutText } from '@widthwise/core';
import type { StaticReading } from '../../built/against-static.ts';
import type { Cause } from '../../built/coordinates/right-exponent.ts';
import type { BuiltSuspect } from '../../built/coordinates/suspects.ts';
import { readFileOf } from '../../files/read-file.ts';
import { shownPath } from '../../files/shown-path.ts';
import type { SuspectInCode } from '../../report/built-check/built-check-report.ts';

/** Rules that speak of what a measurement holds responsible. */
export const RULES_OF_CAUSE: Readonly<Record<Cause, readonly RuleCode[]>> = {
  start: ['MUP101', 'MUP102', 'MUP103', 'MUP104', 'MUP203', 'MUP206'],
  rate: ['MUP301', 'MUP302', 'MUP303', 'MUP305', 'MUP309', 'MUP404'],
  scale: ['MUP202'],
};

const LONGEST_LINE = 120;
const MOST_BYTES = 4_000_000;

/** Suspects with the text of their lines, and with what the linter says of the same weights. */
export function suspectsInCode(
  suspects: readonly BuiltSuspect[],
  {
    readings,
    findings,
    source,
    cwd,
  }: {
    readonly readings: ReadonlyMap<string, StaticReading>;
    readonly findings: readonly Finding[];
    /** The file that findings stand in, where they do not say another. */
    readonly source: string | null;
    readonly cwd: string;
  },
): Promise<readonly SuspectInCode[]> {
  return Promise.all(
    suspects.map(async (suspect): Promise<SuspectInCode> => {
      const rows = suspect.parameters.flatMap((name) => readings.get(name)?.row.name ?? []);
      const found = findings.find(
        ({ code, weights }) =>
          RULES_OF_CAUSE[suspect.cause].includes(code) &&
          (suspect.cause === 'scale' || rows.some((name) => weights.includes(name))),
      );
      const text = await textOf(suspect.line, cwd);
      const said = found?.fixes[0]?.text;
      const file = found?.elsewhere?.path ?? source;
      const isThere = suspect.line === null || file === null || isOneFile(suspect.line[0], file, cwd);
      const isOfAll = found !== undefined && speaksOfAll(suspect, found, readings);
      const mending =
        said !== undefined && isOfAll && (isThere || hasNamesOf(text, said)) ? said : mendingText(suspect);
      return {
        ...suspect,
        line: lineIn(text, suspect.line, cwd),
        stands: suspect.exponent === null ? null : exponentClause(suspect.exponent),
        mending: mending.replace(/\.$/, ''),
        rule: found?.code ?? null,
      };
    }),
  );
}

/** Whether a finding speaks of all that a measurement holds responsible. */
function speaksOfAll(
  { cause, parameters }: BuiltSuspect,
  { weights }: Finding,
  readings: ReadonlyMap<string, StaticReading>,
): boolean {
  if (cause === 'scale') return true;
  return parameters.every((name) => weights.includes(readings.get(name)?.row.name ?? ''));
}

/** The file that a line stands in; empty where it cannot be read. */
async function textOf(line: BuiltSuspect['line'], cwd: string): Promise<string> {
  if (line === null) return '';
  const read = await readFileOf(resolve(cwd, line[0]), { bytes: MOST_BYTES, of: 'a Python file' });
  return 'bytes' in read ? read.bytes.toString('utf8') : '';
}

function lineIn(whole: string, line: BuiltSuspect['line'], cwd: string): SuspectInCode['line'] {
  if (line === null) return null;
  const [path, number] = line;
  const text = whole.split('\n')[number - 1] ?? '';
  return { file: shownPath(path, cwd), line: number, text: cutText(text.trim(), LONGEST_LINE) };
}

function isOneFile(one: string, other: string, cwd: string): boolean {
  return resolve(cwd, one) === resolve(cwd, other);
}

/** Whether every name that stands as code in a sentence is one of a file: what it reads an attribute off, at least. */
function hasNamesOf(file: string, sentence: string): boolean {
  const codes = [...sentence.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
  const names = codes.flatMap((code) => code.match(/(?<![\w.])[A-Za-z_]\w*/g) ?? []);
  const words = new Set(file.match(/[A-Za-z_]\w*/g));
  return names.every((name) => words.has(name));
}

type Exponent = NonNullable<BuiltSuspect['exponent']>;

function exponentClause({ name, is, wants }: Exponent): string {
  return name === 'b'
    ? `init std is ${is === 0 ? 'constant in width' : powerText(is)}, μP wants ${powerText(wants)}, or a multiplier that does the same`
    : `learning rate is ${is === 'zero' ? '0' : rateText(is)}, μP wants ${rateText(wants)}`;
}

/** In words of its own, where the linter has none. */
function mendingText({ cause, exponent, parameters }: BuiltSuspect): string {
  if (cause === 'scale') return 'divide logits by the size of a head, not by its square root';
  if (exponent === null) return '';
  const { name, wants } = exponent;
  const whose = parameters.length > 1 ? 'their' : 'its';
  return name === 'b'
    ? `make ${whose} standard deviation ${wants === 0 ? 'the same at every width' : `proportional to ${powerText(wants)}`}`
    : `make ${whose} learning rate ${wants === 0 ? 'the same at every width' : `proportional to ${powerText(wants)}`}`;
}
