import { type Finding, lineIndex, type Severity } from '@widthwise/analysis';
import { counted } from '@widthwise/figures';
import type { Linted, LintedFile } from '../../sources/analyse-files.ts';
import type { Terminal, Tone } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';

/** Findings as a compiler prints them, each with the line it is in, and what was read at the end. */
export function lintText(linted: Linted, seconds: number, terminal: Terminal): string {
  const blocks = linted.files.flatMap((file) =>
    file.analysis.findings.map((finding) => block(file, finding, terminal)),
  );
  return `${[...blocks, summary(linted, seconds, terminal)].join('\n\n')}\n`;
}

const TONES: Readonly<Record<Severity, Tone>> = {
  error: 'bad',
  warning: 'open',
  information: 'dim',
  hint: 'dim',
};

function block({ path, text }: LintedFile, finding: Finding, terminal: Terminal): string {
  const { plain, toned } = terminal;
  const index = lineIndex(text);
  const start = index.placeOf(finding.span.start);
  const severity = toned(TONES[finding.severity], finding.severity);
  const head = `${path}:${start.line}:${start.column}: ${severity} ${finding.code} ${finding.name}`;
  return [
    toned('strong', head),
    wrapped(plain(`${finding.message}.`), terminal),
    ...frame(index.textOf(start.line), start, finding, terminal),
    ...finding.assumptions.map((assumption) => wrapped(plain(assumption), terminal)),
    ...finding.fixes.map((fix) => wrapped(plain(`Fix: ${fix}`), terminal)),
  ].join('\n');
}

/** The line of code with carets under the span, as far as it stays on that line. */
function frame(
  code: string,
  { line, column }: { readonly line: number; readonly column: number },
  { span }: Finding,
  { toned }: Terminal,
): readonly string[] {
  const gutter = String(line);
  const length = Math.max(1, Math.min(span.end - span.start, code.length - column + 1));
  // Tabs before the span stay tabs, so that the carets stand under it.
  const indent = code.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  return [
    toned('dim', `  ${' '.repeat(gutter.length)} |`),
    `${toned('dim', `  ${gutter} |`)} ${code}`,
    `${toned('dim', `  ${' '.repeat(gutter.length)} |`)} ${indent}${toned('open', '^'.repeat(length))}`,
  ];
}

/** A terminal that says it is narrower, or 0 wide, is not believed. */
const NARROWEST = 40;

/** Long sentences break at the terminal's edge; in a pipe they are one line each. */
function wrapped(text: string, { columns }: Terminal): string {
  return wrapText(text, Math.max(columns ?? Number.POSITIVE_INFINITY, NARROWEST), 2);
}

function summary({ files, unread }: Linted, seconds: number, { plain }: Terminal): string {
  const models = files.flatMap((file) => file.analysis.models).length;
  const findings = files.flatMap((file) => file.analysis.findings).length;
  const counts = [
    counted(files.length, 'file'),
    ...(unread.length === 0 ? [] : [`${unread.length} not read`]),
    counted(models, 'model'),
    counted(findings, 'finding'),
  ];
  return plain(`${counts.join(', ')} in ${seconds.toFixed(2)} s`);
}
