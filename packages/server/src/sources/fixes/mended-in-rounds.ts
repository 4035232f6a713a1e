import { type Analysis, edited, editsInTurn, type Finding, type FixSafety } from '@widthwise/analysis';
import { applicableFixes, type JointFix, type Proving, provenTogether } from './proven-fixes.ts';

/** More rounds than fixes make room for one another. */
const MOST_ROUNDS = 8;

/** What of a text is mended, round by round: of fixes that touch each other, or wait for each other, each has its turn. */
export async function mendedInRounds(proving: Proving, safeties: ReadonlySet<FixSafety>): Promise<JointFix> {
  const { text } = proving.job;
  let made: JointFix = { findings: [], edits: [] };
  let now: Proving | null = proving;
  for (let round = 0; now !== null && round < MOST_ROUNDS; round++) {
    const fixes = applicableFixes(now.analysis.findings, safeties);
    if (fixes.length === 0 || proving.signal?.aborted) return made;
    const { findings, edits } = await provenTogether(fixes, now);
    if (findings.length === 0) return made;
    const all: readonly Finding[] = [...made.findings, ...findings];
    made = { findings: all, edits: editsInTurn(text.length, made.edits, edits) };
    const again = await analysedAgain(edited(text, made.edits), now);
    now = again && { ...now, job: { ...now.job, text: again.text }, analysis: again.analysis };
  }
  return made;
}

export async function analysedAgain(
  text: string,
  { job, analyser, signal }: Proving,
): Promise<{ readonly text: string; readonly analysis: Analysis } | null> {
  const reading = await analyser.analyse({ ...job, text }, signal);
  return reading.kind === 'read' ? { text, analysis: reading.analysis } : null;
}
