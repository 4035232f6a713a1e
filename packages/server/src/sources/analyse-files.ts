import { dirname, resolve } from 'node:path';
import { type Analysis, type BuiltExponents, type Finding, unreadText } from '@widthwise/analysis';
import { shownPath } from '../files/shown-path.ts';
import type { FileAnalyser, JobPlace } from './analyser/file-analyser.ts';
import { slashed } from './analyser/slashed.ts';
import { analysisOptions } from './config/analysis-options.ts';
import type { Configuration } from './config/configuration.ts';
import { Configurations } from './config/configurations.ts';
import { isExcluded } from './config/excluded.ts';
import type { FoundConfiguration } from './config/find-configuration.ts';
import type { Source } from './decode-source.ts';
import { type FoundFile, type FoundFiles, findFiles, type Unread } from './find-files.ts';
import { type Proving, withProvenEdits } from './fixes/proven-fixes.ts';
import { inOrder } from './in-order.ts';
import { leftOutNotebooks } from './left-out-notebooks.ts';
import { oneOfEachCause } from './one-of-each-cause.ts';
import { readSource } from './read-source.ts';
import { WorkspaceRoots } from './workspace-root.ts';

/** One file with what was found in it. */
export interface LintedFile {
  /** As it was asked for. */
  readonly path: string;
  /** What places are looked up in; empty where there is no place to look up. */
  readonly text: string;
  readonly analysis: Analysis;
}

/** What was found in some files. */
export interface Linted {
  readonly files: readonly LintedFile[];
  /** What was asked for and is not read, or in part, and configurations that cannot be used. */
  readonly unread: readonly Unread[];
  /** What is not taken for model code, though some might: nobody has to mend it. */
  readonly leftOut: readonly Unread[];
}

/** A text that is no file, or not as its file is. */
export interface GivenText {
  /** As it is printed. */
  readonly path: string;
  readonly absolute: string;
  readonly source: Source;
}

/** Where paths are relative to, who analyses, and who listens. */
export interface LintContext {
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Does what has something to keep when it is asked to stop: the analysis, not the search for files before it. */
  readonly during?: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly analyser: FileAnalyser;
  /** What is analysed in place of the files of paths. */
  readonly given?: GivenText | null;
  /** Does something about what is found, before it is told; what then stands in the file is what is told. */
  readonly mend?: Mend | undefined;
  /** Whether the edits of fixes are told: then those are only words that do not do what they say. */
  readonly tellsEdits?: boolean | undefined;
  /** What was measured of models that were built, for what their code does not show. */
  readonly built?: readonly BuiltExponents[];
  /** Whether the files may be taken to stay as they are for as long as the analyser lives. */
  readonly isStill?: boolean;
  /** Where a file stands among others; by default in its project. */
  readonly placeOf?: (absolute: string) => Promise<JobPlace | null>;
  /** Told of each file when it is done. */
  readonly done?: (path: string, count: { readonly done: number; readonly total: number }) => void;
}

/** Mends a file, whether that is written or not; answers what became of it, or null where it is as it was. */
export type Mend = (
  file: Pick<FoundFile, 'path' | 'absolute'>,
  proving: Proving,
) => Promise<{ readonly text: string; readonly analysis: Analysis } | null>;

/** More rounds than files whose fixes make way for others in further files. */
const MOST_ROUNDS = 3;

/** While some are analysed, the next are read. */
const AT_ONCE = 16;

/**
 * Analyses the files of some paths. What one of them does costs that one alone.
 *
 * @param flags what the command line sets, before any configuration
 * @throws InputError for a path that does not exist
 */
export async function lintFiles(
  paths: readonly string[],
  flags: Configuration,
  {
    cwd,
    signal,
    during = (work) => work(),
    analyser,
    given = null,
    mend,
    tellsEdits = false,
    built = [],
    isStill = false,
    placeOf = inItsProject(isStill),
    done,
  }: LintContext,
): Promise<Linted> {
  const found = given === null ? await findFiles(paths, cwd) : foundAs(given);
  const configurations = new Configurations();
  const [changed, mended] = [new Set<string>(), new Map<string, string>()];
  const lint = async (file: FoundFile): Promise<Partial<Linted>> => {
    if (signal.aborted) return {};
    const project = await configurations.of(file.absolute);
    const globs = project.configuration.exclude ?? [];
    if (!file.named && isExcluded(file.absolute, project.folder ?? file.root, globs)) return {};
    const source = given?.source ?? (await sourceOf(file, mended));
    if ('why' in source) return { unread: [{ file: file.path, why: source.why }] };
    const { text } = source;
    const place = placedAmong(mended, await placeOf(file.absolute));
    const options = {
      ...analysisOptions({ file: file.absolute, explicit: flags, project, root: file.root }),
      built,
      isNamed: file.named,
    };
    const job = { file: file.absolute, text, options, place };
    const reading = await analyser.analyse(job, signal);
    if (reading.kind === 'cancelled') return {};
    if (reading.kind === 'unread') return { unread: [{ ...reading, file: file.path }] };
    const proving: Proving = { job, analysis: reading.analysis, analyser, signal };
    const told = await toldOf(file, proving, { mend: mendIn(project, mend), tellsEdits, changed, mended });
    return lintedAs(file.path, told.text, told.analysis);
  };
  const each = await during(() => lintedInTurn(found.files, lint, { changed, done }));
  const linted = {
    files: each.flatMap(({ files = [] }) => files),
    unread: [...found.unread, ...each.flatMap(({ unread = [] }) => unread)],
  };
  for (const { file, why } of await configurations.problems()) {
    const left = mend === undefined ? '' : '; the files that it is for are left as they are';
    linted.unread.push({ file: shownPath(file, cwd), why: `${why}${left}` });
  }
  const leftOut = [...found.leftOut, ...(await leftOutNotebooks(found))];
  return { ...linted, files: withOneOfEachCause(linted.files, cwd), leftOut };
}

/** Nothing is mended by a configuration that cannot be used: what somebody meant to say may be the number that a fix writes. */
function mendIn({ problems }: FoundConfiguration, mend: Mend | undefined): Mend | undefined {
  return problems.length > 0 ? undefined : mend;
}

interface Turns {
  /** The paths of files that were mended in this round, as analysis writes them. */
  readonly changed: Set<string>;
  /** What became of each that was mended, by its path. */
  readonly mended: Map<string, string>;
  readonly done: LintContext['done'];
}

async function sourceOf({ absolute }: FoundFile, mended: Turns['mended']): Promise<Source> {
  const text = mended.get(slashed(absolute));
  return text === undefined ? readSource(absolute) : { text };
}

function placedAmong(mended: Turns['mended'], place: JobPlace | null): JobPlace | null {
  return place && mended.size > 0 ? { ...place, unsaved: mended } : place;
}

/** What each file has, once all that it rests on is mended. */
async function lintedInTurn(
  files: readonly FoundFile[],
  lint: (file: FoundFile) => Promise<Partial<Linted>>,
  { changed, done }: Omit<Turns, 'mended'>,
): Promise<readonly Partial<Linted>[]> {
  const each: Partial<Linted>[] = [];
  for await (const one of inOrder(files, AT_ONCE, lint)) {
    each.push(one);
    done?.(files[each.length - 1]!.path, { done: each.length, total: files.length });
  }
  for (let round = 0; changed.size > 0 && round < MOST_ROUNDS; round++) {
    const before = new Set(changed);
    changed.clear();
    for (const at of restingOn(before, each)) each[at] = await lint(files[at]!);
  }
  return each;
}

/** Which files rest on some that were mended meanwhile: they were read with what those were before. */
function restingOn(changed: ReadonlySet<string>, each: readonly Partial<Linted>[]): readonly number[] {
  return each.flatMap(({ files = [] }, at) =>
    files.some(({ analysis }) => analysis.imported.some((path) => changed.has(path))) ? [at] : [],
  );
}

function inItsProject(isStill: boolean): (absolute: string) => Promise<JobPlace> {
  const roots = new WorkspaceRoots();
  return async (path) => ({ path, root: await roots.of(path), version: 0, isStill });
}

/** What is told of a file, once it is mended as far as that is asked for. */
async function toldOf(
  file: FoundFile,
  proving: Proving,
  { mend, tellsEdits, changed, mended }: Pick<LintContext, 'mend' | 'tellsEdits'> & Omit<Turns, 'done'>,
): Promise<{ readonly text: string; readonly analysis: Analysis }> {
  const now = await mend?.(file, proving);
  if (now) {
    changed.add(slashed(file.absolute));
    mended.set(slashed(file.absolute), now.text);
  }
  const { text, analysis } = now ?? { text: proving.job.text, analysis: proving.analysis };
  if (tellsEdits !== true) return { text, analysis };
  return { text, analysis: await withProvenEdits({ ...proving, job: { ...proving.job, text }, analysis }) };
}

function withOneOfEachCause(files: readonly LintedFile[], cwd: string): readonly LintedFile[] {
  const findings = oneOfEachCause(
    files.map(({ path, analysis }) => ({ absolute: resolve(cwd, path), findings: analysis.findings })),
  );
  return files.map((file, at) => {
    const here = (findings[at] ?? []).map((finding) => withShownPlaces(finding, cwd));
    return { ...file, analysis: { ...file.analysis, findings: here } };
  });
}

/** Places in other files by the paths that people are shown, as the finding's own is. */
function withShownPlaces(finding: Finding, cwd: string): Finding {
  if (finding.related.every(({ elsewhere }) => elsewhere === undefined)) return finding;
  const related = finding.related.map((place) =>
    place.elsewhere === undefined
      ? place
      : { ...place, elsewhere: { ...place.elsewhere, path: shownPath(place.elsewhere.path, cwd) } },
  );
  return { ...finding, related };
}

function foundAs({ path, absolute }: GivenText): FoundFiles {
  return {
    files: [{ path, absolute, named: true, root: dirname(absolute) }],
    unread: [],
    leftOut: [],
    notebooks: [],
  };
}

/** Of a text of which something else was not read nothing is known: it is no file that was judged. */
const READ_IN_PART: ReadonlySet<string> = new Set([
  'models',
  'alone',
  'models-alone',
  'functions',
  'script',
  'nesting',
  'syntax',
  'rule',
]);

function lintedAs(path: string, text: string, analysis: Analysis): Partial<Linted> {
  const unread = analysis.unread.map((part) => ({ file: path, why: unreadText(part) }));
  if (analysis.unread.some(({ kind }) => !READ_IN_PART.has(kind))) return { unread };
  // Of most files nothing is told: a large folder's texts are not kept.
  const told = analysis.models.length + analysis.findings.length > 0;
  return { files: [{ path, text: told ? text : '', analysis }], unread };
}
