import {
  type Analysis,
  edited,
  type Finding,
  type Fix,
  type FixSafety,
  isMended,
  joinedEdits,
  type TextEdit,
} from '@widthwise/analysis';
import type { AnalysisJob, FileAnalyser } from '../analyser/file-analyser.ts';

/** A text that was analysed, and by whom it can be again. */
export interface Proving {
  readonly job: AnalysisJob;
  readonly analysis: Analysis;
  readonly analyser: FileAnalyser;
  readonly signal?: AbortSignal;
}

/** The fixes of a finding that are edits which do what they say: the edited text is analysed, and has that finding no more. */
export async function provenFixes(finding: Finding, proving: Proving): Promise<readonly Fix[]> {
  const proven: Fix[] = [];
  for (const fix of finding.fixes) {
    if (fix.edits.length > 0 && (await isProven([finding], fix.edits, proving))) proven.push(fix);
  }
  return proven;
}

/** Why edits are not offered that were tried. */
export const UNPROVEN = 'the edited text was analysed, and still has the finding, or another that it had not';

/** An analysis whose fixes are edits only where those do what they say; the others are words. */
export async function withProvenEdits(proving: Proving): Promise<Analysis> {
  const findings: Finding[] = [];
  for (const finding of proving.analysis.findings) {
    const proven = new Set(await provenFixes(finding, proving));
    const fixes = finding.fixes.map((fix) =>
      proven.has(fix) || fix.edits.length === 0 ? fix : { ...fix, edits: [], why: UNPROVEN },
    );
    findings.push({ ...finding, fixes });
  }
  return { ...proving.analysis, findings };
}

/** What mends several findings at once, each with its fix. */
export interface JointFix {
  readonly findings: readonly Finding[];
  readonly edits: readonly TextEdit[];
}

/** As many of these fixes as go together. */
export async function provenTogether(
  each: readonly { readonly finding: Finding; readonly fix: Fix }[],
  proving: Proving,
): Promise<JointFix> {
  const all = joinedEdits(each.map(({ fix }) => fix.edits));
  const findings = each.map(({ finding }) => finding);
  if (all !== undefined && (await isProven(findings, all, proving))) return { findings, edits: all };
  let joint: JointFix = { findings: [], edits: [] };
  for (const { finding, fix } of each) {
    const edits = joinedEdits([joint.edits, fix.edits]);
    const mended = [...joint.findings, finding];
    if (edits !== undefined && (await isProven(mended, edits, proving))) joint = { findings: mended, edits };
  }
  return joint;
}

async function isProven(
  findings: readonly Finding[],
  edits: readonly TextEdit[],
  { job, analysis, analyser, signal }: Proving,
): Promise<boolean> {
  const text = edited(job.text, edits);
  const reading = await analyser.analyse({ ...job, text }, signal);
  return reading.kind === 'read' && isMended(analysis, reading.analysis, findings);
}

/** Findings with the first of their fixes that is an edit and does to the numbers only what is allowed. */
export function applicableFixes(
  findings: readonly Finding[],
  safeties: ReadonlySet<FixSafety>,
): readonly { readonly finding: Finding; readonly fix: Fix }[] {
  return findings.flatMap((finding) => {
    const fix = finding.fixes.find(({ safety, edits }) => safeties.has(safety) && edits.length > 0);
    return fix === undefined ? [] : [{ finding, fix }];
  });
}

/** The fixes that leave the model as it is at its base width. */
export const IDENTICAL: ReadonlySet<FixSafety> = new Set(['identical-at-base']);
