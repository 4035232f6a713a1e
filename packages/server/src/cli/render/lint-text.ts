import {
  type Finding,
  fixText,
  type LineIndex,
  lineIndex,
  type ModelOutline,
  problemsOf,
  problemsOfModel,
  type Severity,
  unfoundText,
  type WeightRow,
} from '@widthwise/analysis';
import { cutText, nameText } from '@widthwise/core';
import { counted } from '@widthwise/figures';
import type { Linted } from '../../sources/analyse-files.ts';
import { columnsOf } from '../terminal/columns.ts';
import type { Terminal, Tone } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import { relatedAt } from './related-places.ts';

/** Findings as a compiler prints them, each with the line it is in, and what was read at the end. */
export function lintText(linted: Linted, seconds: number, terminal: Terminal): string {
  const blocks = linted.files.flatMap(({ path, text, analysis }) => {
    const index = lineIndex(text);
    return analysis.findings.map((finding) => block({ path, index }, finding, terminal));
  });
  return `${[...blocks, lintSummary(linted, seconds, terminal)].join('\n\n')}\n${advisedText(linted)}${unexplainedText(linted, terminal)}${unfoundLines(linted, terminal)}`;
}

/** A file and its lines. */
interface Lines {
  readonly path: string;
  readonly index: LineIndex;
}

const TONES: Readonly<Record<Severity, Tone>> = {
  error: 'bad',
  warning: 'open',
  information: 'dim',
  hint: 'dim',
};

function block({ path, index }: Lines, finding: Finding, terminal: Terminal): string {
  const { plain, toned } = terminal;
  const start = index.placeOf(finding.span.start);
  const severity = toned(TONES[finding.severity], finding.severity);
  const head = `${plain(path)}:${start.line}:${start.column}: ${severity} ${finding.code} ${finding.name}`;
  return [
    toned('strong', head),
    wrapped(plain(`${finding.message}.`), terminal),
    ...frame({ index, line: start.line }, finding, terminal),
    ...alsoLines({ path, index }, finding, terminal),
    ...finding.assumptions.map((assumption) => wrapped(plain(assumption), terminal)),
    ...finding.fixes.map((fix) => wrapped(plain(`Fix: ${fixText(fix)}`), terminal)),
  ].join('\n');
}

/** More places than these are counted: a list of layers has as many as it has lines. */
const MOST_PLACES = 5;

/** The places besides the line that is shown, a line each, to be opened from a terminal as that is. */
function alsoLines({ path, index }: Lines, finding: Finding, { plain, toned }: Terminal): readonly string[] {
  const { line } = index.placeOf(finding.span.start);
  const places = relatedAt(finding, path, index).filter((one) => one.file !== path || one.line !== line);
  const shown = places.length > MOST_PLACES ? places.slice(0, MOST_PLACES - 1) : places;
  const more = places.length - shown.length;
  return [
    ...shown.map((one) => `also: ${one.file}:${one.line}:${one.column}: ${one.message}`),
    ...(more === 0 ? [] : [`also: ${more} more places`]),
  ].map((text) => toned('dim', plain(`  ${text}`)));
}

/** Code on either side of what is marked, in characters: a line of a machine may have a million. */
const MOST_AROUND = 120;

/** The line of code with carets under the span, as far as it stays on that line. */
function frame(
  { index, line }: { readonly index: LineIndex; readonly line: number },
  { span }: Finding,
  terminal: Terminal,
): readonly string[] {
  const { toned } = terminal;
  const begin = index.startOf(line);
  const code = index.textOf(line);
  const [from, to] = [span.start - begin, Math.min(span.end - begin, code.length)];
  const before = shownCode(lastOf(code.slice(0, from)), terminal);
  const marked = shownCode(cutText(code.slice(from, to), MOST_AROUND), terminal);
  const after = shownCode(cutText(code.slice(to), MOST_AROUND), terminal);
  const gutter = String(line);
  const edge = toned('dim', `  ${' '.repeat(gutter.length)} |`);
  const carets = '^'.repeat(Math.max(1, columnsOf(marked)));
  return [
    edge,
    `${toned('dim', `  ${gutter} |`)} ${before}${marked}${after}`,
    `${edge} ${' '.repeat(columnsOf(before))}${toned('open', carets)}`,
  ];
}

/** Tabs are four spaces, so that the carets stand under what they mark however wide a terminal has its tabs. */
function shownCode(code: string, { plain }: Terminal): string {
  return plain(code.replaceAll('\t', '    '));
}

/** The end of a text, after `…` where there is more of it. */
function lastOf(text: string): string {
  if (text.length <= MOST_AROUND) return text;
  return `…${text.slice(-MOST_AROUND).replace(/^[\udc00-\udfff]/, '')}`;
}

/** A terminal that says it is narrower, or 0 wide, is not believed. */
const NARROWEST = 40;

/** Long sentences break at the terminal's edge; in a pipe they are one line each. */
function wrapped(text: string, { columns }: Terminal): string {
  return wrapText(text, Math.max(columns ?? Number.POSITIVE_INFINITY, NARROWEST), 2);
}

/** That there are models in which nothing is looked for, as nothing shows that μP is meant; empty where there are none. */
function advisedText({ files }: Linted): string {
  const models = files.flatMap(({ analysis }) => (analysis.profile === 'advisory' ? analysis.models : []));
  if (models.length === 0) return '';
  const isOne = models.length === 1;
  return `nothing shows that ${isOne ? 'this model means' : `these ${models.length} models mean`} μP, so no rule warns of ${isOne ? 'it' : 'them'}: --profile mup finds what breaks transfer, widthwise explain shows each weight\n`;
}

/**
 * The models that are unstable though no finding that is left says where, a line each, as that nothing is found is not
 * that all is well: of a tied readout the calculus may know what no line has wrong.
 */
function unexplainedText({ files }: Linted, { plain }: Terminal): string {
  const trained = new Set(
    files.flatMap(({ analysis: { trained, findings } }) =>
      trained.filter(({ name }) => findings.some(({ model }) => model === name)).map(keyOf),
    ),
  );
  const unexplained = files.flatMap(({ path, analysis }) =>
    analysis.profile === 'advisory'
      ? []
      : analysis.models
          .filter((model) => model.verdict?.regime === 'unstable' && !trained.has(keyOf(model)))
          .filter(({ weights }) => !analysis.findings.some((finding) => saysWhere(finding, weights)))
          .map((model) => {
            const { name } = model;
            const [problem] = problemsOfModel(model);
            const why = problem === undefined ? '' : ` (${problem})`;
            return `${nameText(name)} is unstable as width grows, and no finding that is left says where${why}: \`widthwise explain ${path}\` shows each weight`;
          }),
  );
  return unexplained.map((line) => `${plain(line)}\n`).join('');
}

/** Tells models of one name in several files apart. */
function keyOf({ name, weights }: Pick<ModelOutline, 'name' | 'weights'>): string {
  return JSON.stringify([name, ...weights.map((row) => row.name)]);
}

/**
 * Whether a finding names what makes a model unstable: a hint does where the cause stands in another file, or where it
 * is about a weight that breaks transfer.
 */
function saysWhere({ severity, elsewhere, weights: named }: Finding, weights: readonly WeightRow[]): boolean {
  if (severity !== 'hint' || elsewhere !== undefined) return true;
  return weights.some((row) => named.includes(row.name) && problemsOf([row]).length > 0);
}

/** The names that are declared widths and that no model has, a line each. */
function unfoundLines({ files }: Linted, { plain }: Terminal): string {
  const inComments = files.flatMap(({ path, analysis: { unfound, models } }) =>
    unfound.map(({ name }) => `${path}: ${unfoundText(name, 'of the file', models)}`),
  );
  const told = new Set(files.flatMap(({ analysis }) => analysis.unfound.map(({ name }) => name)));
  const models = files.flatMap(({ analysis }) => analysis.models);
  const [first, ...others] = models.map(({ unfound }) => unfound);
  // A comment's names hold in its file alone, the project's in all: another file may have them.
  const ofProject = (first ?? []).filter(
    (name) => !told.has(name) && others.every((one) => one.includes(name)),
  );
  const lines = [...inComments, ...ofProject.map((name) => unfoundText(name, 'here', models))];
  return lines.map((line) => `${plain(line)}\n`).join('');
}

/** What was read, in one line. */
export function lintSummary({ files, unread }: Linted, seconds: number, { plain }: Terminal): string {
  const models = files.flatMap((file) => file.analysis.models).length;
  const findings = files.flatMap((file) => file.analysis.findings).length;
  const read = new Set(files.map(({ path }) => path));
  const notRead = new Set(unread.flatMap(({ file }) => (read.has(file) ? [] : [file]))).size;
  const inPart = new Set(unread.flatMap(({ file }) => (read.has(file) ? [file] : []))).size;
  const counts = [
    counted(files.length, 'file'),
    ...(notRead === 0 ? [] : [`${notRead} not read`]),
    ...(inPart === 0 ? [] : [`${inPart} in part`]),
    counted(models, 'model'),
    counted(findings, 'finding'),
  ];
  return plain(`${counts.join(', ')} in ${seconds.toFixed(2)} s`);
}
