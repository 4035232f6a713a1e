import {
  type Fix,
  type FixSafety,
  type LineIndex,
  lineIndex,
  type ModelOutline,
  type RuleCode,
  type Severity,
  type Span,
  unmadeText,
} from '@widthwise/analysis';
import type { InitExponent, Regime } from '@widthwise/core';
import type { Linted, LintedFile } from '../../sources/analyse-files.ts';
import type { LintReport } from './lint-report.ts';
import { type RelatedAt, relatedAt } from './related-places.ts';

/** What `widthwise lint --format json` writes. Lines and columns count from 1; null is unknown. */
export interface LintJson {
  readonly schema: 'widthwise/lint';
  readonly version: 1;
  /** Paths as they were found below the paths that were asked for. */
  readonly files: readonly string[];
  /** What was asked for and is not read, `why` one clause behind its name. */
  readonly unread: readonly { readonly file: string; readonly why: string }[];
  readonly findings: readonly FindingJson[];
  readonly models: readonly ModelJson[];
}

export interface FindingJson {
  readonly code: RuleCode;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly assumptions: readonly string[];
  readonly weights: readonly string[];
  /** Where the weights are made, and where else it stands. */
  readonly related: readonly RelatedAt[];
  readonly fixes: readonly string[];
  /** Those fixes that are edits of the file. */
  readonly actions: readonly ActionJson[];
  /** The others, with why that is: one clause. */
  readonly unmade: readonly { readonly fix: string; readonly why: string }[];
}

export interface ActionJson {
  /** Its sentence among `fixes`. */
  readonly fix: string;
  readonly safety: FixSafety;
  readonly edits: readonly (PlaceJson & { readonly text: string })[];
}

interface PlaceJson {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ModelJson {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly verdict: Regime;
  readonly weights: readonly {
    readonly name: string;
    readonly role: string | null;
    readonly shape: string;
    readonly a: number | null;
    readonly b: InitExponent | null;
    readonly c: number | null;
    readonly optimizer: string | null;
  }[];
}

/** The JSON as it is printed. */
export function lintJsonText({ linted, known }: Pick<LintReport, 'linted' | 'known'>): string {
  const baseline = known === null ? {} : { baseline: { known: known.count, gone: known.gone } };
  return `${JSON.stringify({ ...lintJson(linted), ...baseline }, null, 2)}\n`;
}

export function lintJson({ files, unread }: Linted): LintJson {
  return {
    schema: 'widthwise/lint',
    version: 1,
    files: files.map((file) => file.path),
    unread: unread.map(({ file, why }) => ({ file, why })),
    findings: files.flatMap(findingsJson),
    models: files.flatMap(({ path, text, analysis }) => {
      const index = lineIndex(text);
      return analysis.models.map((model) => modelJson(path, index, model));
    }),
  };
}

function findingsJson({ path, text, analysis }: LintedFile): readonly FindingJson[] {
  const index = lineIndex(text);
  return analysis.findings.map((finding) => {
    const { code, severity, span, message, assumptions, weights, fixes } = finding;
    return {
      code,
      severity,
      file: path,
      ...placeJson(index, span),
      message,
      assumptions,
      weights,
      related: relatedAt(finding, path, index),
      fixes: fixes.map((fix) => fix.text),
      actions: fixes.flatMap((fix) => (fix.edits.length === 0 ? [] : [actionJson(index, fix)])),
      unmade: fixes.flatMap((fix) => {
        const why = unmadeText(fix);
        return why === null ? [] : [{ fix: fix.text, why }];
      }),
    };
  });
}

function actionJson(index: LineIndex, { text, safety, edits }: Fix): ActionJson {
  return {
    fix: text,
    safety,
    edits: edits.map((edit) => ({ ...placeJson(index, edit.span), text: edit.text })),
  };
}

function placeJson(index: LineIndex, span: Span): PlaceJson {
  const [start, end] = [index.placeOf(span.start), index.placeOf(span.end)];
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

export function modelJson(file: string, index: LineIndex, model: ModelOutline): ModelJson {
  return {
    file,
    line: index.placeOf(model.span.start).line,
    name: model.name,
    verdict: model.verdict?.regime ?? 'unknown',
    weights: model.weights.map(({ name, role, shape, a, b, c, optimizer }) => ({
      name,
      role,
      shape,
      a,
      b,
      c,
      optimizer,
    })),
  };
}
