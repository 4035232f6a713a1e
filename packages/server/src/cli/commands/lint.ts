import { availableParallelism } from 'node:os';
import type { Severity } from '@widthwise/analysis';
import { liesWithin } from '../../files/real-path.ts';
import { InputError } from '../../input/input-error.ts';
import {
  type GivenText,
  type LintContext,
  type Linted,
  type LintedFile,
  lintFiles,
} from '../../sources/analyse-files.ts';
import type { CacheOptions } from '../../sources/cache/caching-analyser.ts';
import { lintCache } from '../../sources/cache/lint-cache.ts';
import { type Configuration, MOST_WIDTH, PROFILES } from '../../sources/config/configuration.ts';
import {
  askedBaseline,
  BASELINE_OPTIONS,
  heldAgainst,
  sayKnown,
  writeBaseline,
} from '../baseline/baseline-options.ts';
import { heldToBuilt } from '../built/built-lint.ts';
import type { Command, CommandIo } from '../command.ts';
import type { CommandSpec } from '../command-spec.ts';
import { defineCommand } from '../define-command.ts';
import { UNUSABLE } from '../exit-code.ts';
import { givenText } from '../given-text.ts';
import { diffText, mendingAsked, sayMended } from '../mending/lint-mending.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { choiceOf, countOf } from '../read-values.ts';
import { LINT_FORMATS, printedLint } from '../render/lint-formats.ts';
import { lintJsonText } from '../render/lint-json.ts';
import type { LintReport } from '../render/lint-report.ts';
import { lintSarif } from '../render/lint-sarif.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import { say } from '../terminal/say.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { withCachingAnalyser } from '../with-analyser.ts';
import { jsonAlone, writeJson, writeNamed } from '../write-json.ts';

const THRESHOLDS = ['warning', 'information', 'never'] as const;

const SPEC: CommandSpec = {
  name: 'lint',
  summary: 'find the lines of model code that break learning-rate transfer',
  operands: 'PATH…',
  options: [
    {
      name: 'profile',
      value: PROFILES.join('|'),
      summary: 'mup warns, advisory only judges, auto warns where the code or project shows that μP is meant',
      fallback: "the project's, else auto",
    },
    {
      name: 'format',
      value: LINT_FORMATS.join('|'),
      summary: 'what is printed; sarif is 2.1.0 for code scanning, github annotates a pull request',
      fallback: 'text',
    },
    {
      name: 'base-width',
      value: 'N',
      summary: 'the width that the numbers of the code were chosen at, at which fixes leave them as they are',
      fallback: "the project's, else what the code makes its models with",
    },
    { name: 'json', value: 'FILE|-', summary: 'write the JSON to a file, or alone to standard output' },
    { name: 'sarif', value: 'FILE', summary: 'write SARIF to a file, whatever is printed' },
    {
      name: 'fail-on',
      value: THRESHOLDS.join('|'),
      summary: 'exit 1 from this severity on',
      fallback: 'warning',
    },
    ...BASELINE_OPTIONS,
    {
      name: 'fix',
      summary:
        'write the fixes that leave the numbers at the base width as they are, then print what is left',
    },
    { name: 'diff', summary: 'print what --fix would write, and write nothing' },
    {
      name: 'built',
      value: 'FILE.json',
      summary:
        'what `explain --python --json` wrote: findings that the built model contradicts are withdrawn, those that it shows say so',
    },
    { name: 'unsafe-fixes', summary: 'with --fix or --diff: also those that change the numbers' },
    {
      name: 'stdin-filepath',
      value: 'FILE',
      summary: 'the file that the text on standard input is, or would be: its imports and configuration hold',
    },
    { name: 'no-cache', summary: 'analyse every file anew, and keep nothing of what is found' },
  ],
  notes: [
    'A PATH is a Python file, or a folder of them. Tests, hidden folders, installed packages and what git ignores are left out of folders. - is the text on standard input.',
    'What is found is kept in your cache folder, never beside the code, as long as nothing it rests on has changed; WIDTHWISE_CACHE_DIR names another folder.',
    'What is not understood is passed over in silence; widthwise explain FILE says what was read and what is missing.',
  ],
  examples: [
    'widthwise lint model.py',
    'widthwise lint src --profile mup --fail-on never',
    'widthwise lint src --diff',
    'widthwise lint - --stdin-filepath model.py < model.py',
  ],
};

/** `widthwise lint`: findings in model code. */
export const lint: Command = defineCommand(SPEC, async (args, io) => {
  const threshold = choiceOf(args, 'fail-on', THRESHOLDS) ?? 'warning';
  const format = formatOf(args);
  const startedMs = performance.now();
  const given = await givenText(args, io);
  if (args.operands.length === 0)
    throw new InputError(null, 'lint needs a file or folder: widthwise lint PATH…');
  const flags = flagsOf(args);
  const baseline = await askedBaseline(args, io);
  const fixes = mendingAsked(args, given !== null, io);
  const tellsEdits =
    TELL_EDITS.has(format) || ['json', 'sarif'].some((name) => args.value(name) !== undefined);
  const asked = {
    paths: args.operands,
    given,
    flags,
    cache: cacheAsked(args, io),
    mend: fixes?.mend,
    tellsEdits,
    isStill: fixes === null,
  };
  const all = await lintWithProgress(asked, io);
  const { linted, known } = await heldAgainst(
    await heldAgainstBuilt(all, { args, flags, changes: [fixes, given], io }),
    baseline.known,
    io.cwd,
  );
  const seconds = (performance.now() - startedMs) / 1000;
  const report = { linted, known, seconds, terminal: terminalOf(io), cwd: io.cwd, root: checkoutOf(io) };
  const diff = diffText(fixes, args, io);
  io.stdout.write(diff ?? (await printedLint(format, report)));
  sayUnread(linted, io);
  if (known !== null) sayKnown(known, io);
  sayMended(fixes, args, io);
  if (io.interruption.signal.aborted) {
    say(io, 'interrupted: what is printed is of the files that had been read');
    return io.interruption.exitCode();
  }
  await writeReports(report, args, io);
  if (baseline.toWrite !== null) await writeBaseline(linted, baseline.toWrite, io);
  if (linted.unread.length > 0) return UNUSABLE;
  if (diff !== null) return diff === '' ? 0 : 1;
  if (linted.files.length === 0) say(io, nothingIn(args.operands));
  return baseline.toWrite === null && linted.files.some((file) => failsAt(file, threshold)) ? 1 : 0;
});

/** What flags say of how code is read, before the project's settings. */
function flagsOf(args: ParsedArgs): Configuration {
  const profile = choiceOf(args, 'profile', PROFILES);
  const baseWidth = args.has('base-width')
    ? countOf(args, 'base-width', { fallback: 1, most: MOST_WIDTH })
    : undefined;
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(baseWidth === undefined ? {} : { 'base-width': baseWidth }),
  };
}

function cacheAsked(args: ParsedArgs, io: CommandIo): CacheOptions | null {
  return args.has('no-cache') ? null : lintCache(io);
}

/** What was found, as a model that was built leaves it. */
async function heldAgainstBuilt(
  linted: Linted,
  {
    args,
    flags,
    changes,
    io,
  }: {
    readonly args: ParsedArgs;
    readonly flags: Configuration;
    /** What makes of a file something else than stands there; null each where nothing does. */
    readonly changes: readonly (object | null)[];
    readonly io: CommandIo;
  },
): Promise<Linted> {
  const path = args.value('built');
  if (path === undefined || io.interruption.signal.aborted) return linted;
  if (changes.some((one) => one !== null)) {
    throw new InputError('built', 'goes with files as they are, without --fix, --diff and standard input');
  }
  const held = await heldToBuilt(linted, { path, flags, io });
  for (const sentence of held.said) say(io, sentence);
  return held.linted;
}

/** Neither file costs the other. */
async function writeReports(report: LintReport, args: ParsedArgs, io: CommandIo): Promise<void> {
  const sarif = args.value('sarif') === undefined ? '' : await lintSarif(report);
  const json = args.value('json') === undefined || jsonAlone(args) ? '' : lintJsonText(report);
  const written = await Promise.allSettled([
    writeJson(json, args, io),
    writeNamed({ option: 'sarif', document: sarif }, args, io),
  ]);
  for (const one of written) if (one.status === 'rejected') throw one.reason;
}

/** The formats that have the edits of fixes, not their words alone. */
const TELL_EDITS: ReadonlySet<string> = new Set(['json', 'sarif']);

/** JSON alone goes to standard output in place of any other. */
function formatOf(args: ParsedArgs): (typeof LINT_FORMATS)[number] {
  return jsonAlone(args) ? 'json' : (choiceOf(args, 'format', LINT_FORMATS) ?? 'text');
}

/** Where a workflow has checked out what it is about; else where the command is called. */
function checkoutOf({ cwd, env }: CommandIo): string {
  const checkout = env['GITHUB_WORKSPACE'];
  return checkout && liesWithin(checkout, cwd) ? checkout : cwd;
}

function sayUnread({ unread, leftOut }: Linted, io: CommandIo): void {
  for (const { file, why, detail } of [...leftOut, ...unread]) {
    say(io, `${file} ${why}`);
    if (io.env['WIDTHWISE_DEBUG']) for (const line of detail?.split('\n') ?? []) say(io, line);
  }
}

/** Shows where a run stands that takes longer than this. */
const PATIENCE_MS = 500;

/** More processes are started only as long as files wait; login nodes are shared. */
const MOST_PROCESSES = Math.min(4, availableParallelism());

/** What is linted, and what the command line says of how. */
interface Asked {
  readonly paths: readonly string[];
  readonly given: GivenText | null;
  readonly flags: Configuration;
  readonly cache: CacheOptions | null;
  readonly mend: LintContext['mend'];
  readonly tellsEdits: boolean;
  readonly isStill: boolean;
}

async function lintWithProgress({ paths, flags, cache, ...asked }: Asked, io: CommandIo): Promise<Linted> {
  const { cwd } = io;
  const { signal, during } = io.interruption;
  const startedMs = performance.now();
  const line = new ProgressLine(io, terminalOf(io).plain);
  const done: LintContext['done'] = (path, count) => {
    if (performance.now() - startedMs < PATIENCE_MS) return;
    line.update(() => ({ ...count, share: count.done / count.total, current: path, secondsLeft: null }));
  };
  try {
    return await withCachingAnalyser(MOST_PROCESSES, {
      cache,
      use: (analyser) => lintFiles(paths, flags, { ...asked, cwd, signal, during, analyser, done }),
    });
  } finally {
    line.clear();
  }
}

/** That a check has passed because it saw nothing has to show. */
function nothingIn(paths: readonly string[]): string {
  return `nothing to read in ${paths.join(', ')}: of folders only .py files are read, no tests, hidden folders or installed packages, and nothing that git ignores or 'exclude' names`;
}

const RANKS: Readonly<Record<Severity, number>> = { hint: 1, information: 2, warning: 3, error: 4 };

function failsAt({ analysis }: LintedFile, threshold: (typeof THRESHOLDS)[number]): boolean {
  if (threshold === 'never') return false;
  return analysis.findings.some((finding) => RANKS[finding.severity] >= RANKS[threshold]);
}
