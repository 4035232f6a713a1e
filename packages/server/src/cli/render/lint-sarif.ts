import { relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Finding,
  type LineIndex,
  lineIndex,
  type RelatedPlace,
  RULES,
  type Severity,
  type Span,
} from '@widthwise/analysis';
import { liesWithin } from '../../files/real-path.ts';
import type { LintedFile } from '../../sources/analyse-files.ts';
import type { Unread } from '../../sources/find-files.ts';
import { rulePage } from '../../sources/rule-page.ts';
import { VERSION } from '../../version.ts';
import { fingerprintsOf } from '../baseline/fingerprints.ts';
import { type RulePage, rulePages } from '../rule-pages.ts';
import { findingSentences } from './finding-sentences.ts';
import type { LintReport } from './lint-report.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** Findings as SARIF 2.1.0, the form in which code scanning and other viewers take them. */
export async function lintSarif(report: LintReport): Promise<string> {
  const { files, unread, leftOut } = report.linted;
  const run = {
    tool: { driver: driver(await rulePages()) },
    columnKind: 'unicodeCodePoints',
    invocations: [
      {
        executionSuccessful: unread.length === 0,
        toolExecutionNotifications: [
          ...unread.map((one) => notification(one, 'error', report)),
          ...leftOut.map((one) => notification(one, 'note', report)),
        ],
      },
    ],
    results: files.flatMap((file) => resultsOf(file, report)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function driver(pages: readonly RulePage[]): object {
  return {
    name: 'Widthwise',
    version: VERSION,
    informationUri: 'https://github.com/widthwise/widthwise',
    rules: pages.map(({ code, name, summary, whatItDoes, markdown }) => ({
      id: code,
      name,
      shortDescription: { text: summary },
      fullDescription: { text: whatItDoes },
      help: { text: markdown, markdown },
      helpUri: rulePage(code),
      defaultConfiguration: defaultConfiguration(code),
    })),
  };
}

/** As it holds where μP is meant. */
function defaultConfiguration(code: string): object {
  const { shownAs, levels, nursery } = RULES.find((rule) => rule.code === code)!;
  if (levels.mup === 'off') return { enabled: false };
  return { enabled: shownAs === 'finding' && nursery !== true, level: LEVELS[levels.mup] };
}

function notification({ file, why }: Unread, level: 'error' | 'note', report: LintReport): object {
  const location = { physicalLocation: { artifactLocation: artifact(file, report) } };
  return { level, message: { text: messageText(`${file} ${why}`) }, locations: [location] };
}

function resultsOf(file: LintedFile, report: LintReport): readonly object[] {
  const index = lineIndex(file.text);
  const artifactLocation = artifact(file.path, report);
  const place = (span: Span) => ({ artifactLocation, region: region(span, index) });
  return fingerprintsOf(file).map(({ finding, fingerprint }) => ({
    ruleId: finding.code,
    ruleIndex: RULES.findIndex(({ code }) => code === finding.code),
    level: LEVELS[finding.severity],
    message: { text: messageText(findingSentences(finding).join('\n')) },
    locations: [
      {
        physicalLocation: place(finding.span),
        logicalLocations: [{ name: finding.model, kind: 'type' }],
      },
    ],
    relatedLocations: finding.related.map(({ span, message, elsewhere }, id) => ({
      id,
      physicalLocation: elsewhere === undefined ? place(span) : placeElsewhere(elsewhere, report),
      message: { text: messageText(message) },
    })),
    partialFingerprints: { 'widthwiseStatement/v1': fingerprint },
    ...fixesOf(finding, { artifactLocation, index }),
    properties: {
      weights: finding.weights,
      assumptions: finding.assumptions,
      fixes: finding.fixes.map(({ text }) => text),
    },
  }));
}

/** A place in another file than the finding. */
function placeElsewhere(
  { path, line, column }: NonNullable<RelatedPlace['elsewhere']>,
  report: LintReport,
): object {
  return { artifactLocation: artifact(path, report), region: { startLine: line, startColumn: column } };
}

/** Where something of a file is said to stand. */
interface Lines {
  readonly artifactLocation: object;
  readonly index: LineIndex;
}

/** Those that are edits of the file. */
function fixesOf({ fixes }: Finding, { artifactLocation, index }: Lines): { readonly fixes?: object } {
  const edits = fixes.filter((fix) => fix.edits.length > 0);
  if (edits.length === 0) return {};
  return {
    fixes: edits.map((fix) => ({
      description: { text: messageText(fix.text) },
      artifactChanges: [
        {
          artifactLocation,
          replacements: fix.edits.map(({ span, text }) => ({
            deletedRegion: region(span, index),
            insertedContent: { text },
          })),
        },
      ],
      properties: { safety: fix.safety },
    })),
  };
}

/** A name such as `[x](https://…)` is no link where a viewer would make one of it. */
function messageText(text: string): string {
  return text.replaceAll(/\[(?=[^[\]]*\]\()/g, String.raw`\[`);
}

function region({ start, end }: Span, index: LineIndex): object {
  const [from, to] = [index.placeOf(start), index.placeOf(end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/** Below the root of the sources its path from there, as code scanning wants it; elsewhere where it lies. */
function artifact(file: string, { cwd, root }: LintReport): object {
  const absolute = resolve(cwd, file);
  const path = relative(root, absolute);
  if (!liesWithin(root, absolute)) return { uri: pathToFileURL(absolute).href };
  return { uri: path.split(sep).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
