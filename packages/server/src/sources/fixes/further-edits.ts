import {
  edited,
  editsInTurn,
  type Finding,
  type Fix,
  type RuleCode,
  type TextEdit,
} from '@widthwise/analysis';
import type { AnalysisJob, Reading } from '../analyser/file-analyser.ts';
import { slashed } from '../analyser/slashed.ts';
import { analysedAgain } from './mended-in-rounds.ts';
import { applicableFixes, IDENTICAL, type Proving, provenFixes, provenTogether } from './proven-fixes.ts';

/** Another file as it is now. */
export interface Neighbour {
  readonly job: AnalysisJob;
  /** Of the editor's text; null where the editor has none, and the text is the file's. */
  readonly version: number | null;
}

/** The other files of a workspace, by the paths by which analyses name them; null for one that cannot be read or written. */
export type Neighbours = (path: string) => Promise<Neighbour | null>;

/** Edits of another file. */
export interface FileEdits extends Neighbour {
  readonly edits: readonly TextEdit[];
}

/** Edits of a text, those of other files without which they mend nothing, and what no edit mends then. */
export interface FurtherEdits {
  readonly edits: readonly TextEdit[];
  readonly others: readonly FileEdits[];
  readonly left: readonly Finding[];
}

/** What is mended in a text, and the rules whose findings that makes way for. */
export interface Mended {
  readonly findings: readonly Finding[];
  readonly edits: readonly TextEdit[];
  readonly leaves: ReadonlySet<RuleCode>;
}

/** Edits with those that what they make way for wants besides, here and where the cause of that stands. */
export async function withFurther(
  { findings, edits, leaves }: Mended,
  proving: Proving,
  neighbours: Neighbours,
): Promise<FurtherEdits> {
  const alone = { edits, others: [], left: [] };
  if (leaves.size === 0) return alone;
  const { text } = proving.job;
  const weights = new Set(findings.flatMap((one) => one.weights.map((name) => `${one.model} ${name}`)));
  const known = new Set(proving.analysis.findings.map(keyOf));
  const isLeft = (one: Finding): boolean =>
    leaves.has(one.code) &&
    !known.has(keyOf(one)) &&
    one.weights.some((name) => weights.has(`${one.model} ${name}`));
  const after = await analysedAgain(edited(text, edits), proving);
  const waiting = after?.analysis.findings.filter(isLeft) ?? [];
  if (after === null || waiting.length === 0) return alone;
  const now = { ...proving, job: { ...proving.job, text: after.text }, analysis: after.analysis };
  const here = await provenTogether(applicableFixes(waiting, IDENTICAL), now);
  const all = editsInTurn(text.length, edits, here.edits);
  const others: FileEdits[] = [];
  const left: Finding[] = [];
  for (const one of waiting.filter((finding) => !here.findings.includes(finding))) {
    const [first] = await fixesElsewhere(
      one,
      { ...now, job: { ...now.job, text: edited(text, all) } },
      neighbours,
    );
    if (first === undefined || others.some(({ job }) => job.file === first.there.job.file)) left.push(one);
    else others.push(first.there);
  }
  return { edits: all, others, left };
}

function keyOf({ code, model, weights }: Finding): string {
  return [code, model, ...weights].join(' ');
}

/** What mends a finding in the file where its cause stands: proved there, beside the text as it is here. */
export async function fixesElsewhere(
  { code, elsewhere }: Finding,
  { job, analyser, signal }: Proving,
  neighbours: Neighbours,
): Promise<readonly { readonly fix: Fix; readonly there: FileEdits }[]> {
  const neighbour = elsewhere === undefined || job.place === null ? null : await neighbours(elsewhere.path);
  if (neighbour?.job.place == null || job.place === null) return [];
  const { place } = neighbour.job;
  const unsaved = new Map([...(place.unsaved ?? []), [slashed(job.place.path), job.text] as const]);
  const beside: AnalysisJob = { ...neighbour.job, place: { ...place, unsaved } };
  const reading: Reading = await analyser.analyse(beside, signal);
  if (reading.kind !== 'read') return [];
  const { analysis } = reading;
  const cause = analysis.findings.find((one) => one.code === code && one.span.start === elsewhere?.offset);
  if (cause === undefined) return [];
  const fixes = await provenFixes(cause, { job: beside, analysis, analyser, ...(signal && { signal }) });
  return fixes.map((fix) => ({ fix, there: { ...neighbour, edits: fix.edits } }));
}
