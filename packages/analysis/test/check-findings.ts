import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Analyser } from '../src/analyse.ts';
import type { Analysis } from '../src/analysis.ts';
import type { Finding } from '../src/finding.ts';
import type { ModelOutline, WeightRow } from '../src/model-outline.ts';
import type { AnalysisOptions } from '../src/options.ts';
import { DEFAULT_OPTIONS } from '../src/options.ts';
import { lineIndex } from '../src/syntax/line-index.ts';
import { missingText } from '../src/words/missing-text.ts';
import type { Place } from '../src/workspace/workspace.ts';
import { loadTestAnalyser } from './load-analyser.ts';

const analyser: Analyser = await loadTestAnalyser();

/** The analysis of a fixture as a project would have it that means μP. */
export function analyse(
  source: string,
  options: Partial<AnalysisOptions> = {},
  place: Place | null = null,
): Analysis {
  return analyser.analyse(source, { ...DEFAULT_OPTIONS, profile: 'mup', ...options }, place);
}

/**
 * Expects exactly the findings that carets point at, below the code they are about:
 *
 *     nn.init.normal_(self.mix.weight, std=0.02)
 *     #       ^^^^^^^ MUP101
 */
export function checkFindings(source: string, options: Partial<AnalysisOptions> = {}): void {
  expect(placesOf(analyse(source, options).findings, source)).toEqual(annotations(source));
}

/** The findings of one rule. */
export function findingsOf(
  code: string,
  source: string,
  options: Partial<AnalysisOptions> = {},
): readonly Finding[] {
  return analyse(source, options).findings.filter((finding) => finding.code === code);
}

/** The same of one rule, whatever others find. */
export function checkRule(code: string): typeof checkFindings {
  return (source, options) =>
    expect(placesOf(findingsOf(code, source, options), source)).toEqual(annotations(source));
}

function placesOf(findings: readonly Finding[], source: string): readonly string[] {
  const index = lineIndex(source);
  return findings.map(({ code, span }) => {
    const [start, end] = [index.placeOf(span.start), index.placeOf(span.end)];
    return `${start.line}:${start.column}-${end.line === start.line ? end.column : '…'} ${code}`;
  });
}

function annotations(source: string): readonly string[] {
  let code = 0;
  return source.split('\n').flatMap((line, number) => {
    const [, before = '', carets = '', rest = ''] = /^(\s*#\s*)(\^+)(…?\s*MUP\d+)$/.exec(line) ?? [];
    if (carets === '') {
      code = number + 1;
      return [];
    }
    const start = before.length + 1;
    const end = rest.startsWith('…') ? '…' : start + carets.length;
    return [`${code}:${start}-${end} ${rest.replace(/^…?\s*/, '')}`];
  });
}

/** The only model of a fixture. */
export function onlyModel(source: string, options: Partial<AnalysisOptions> = {}): ModelOutline {
  const [model, ...more] = analyse(source, options).models;
  if (model === undefined || more.length > 0) throw new Error(`expected one model, found ${more.length + 1}`);
  return model;
}

/** What is missing of a model, in sentences. */
export function missingIn(model: ModelOutline | undefined): readonly string[] {
  return (model?.missing ?? []).map(missingText);
}

/** The matrices of a weight table in short: `mix hidden 0 ½ 1 adam` has role, a, b, c and optimizer. */
export function tableOf(model: ModelOutline): readonly string[] {
  return matricesOf(model).map(({ name, role, a, b, c, optimizer }) =>
    [name.replace(/\.weight$/, ''), role ?? '?', ...[a, b, c, optimizer].map((cell) => cell ?? '?')].join(
      ' ',
    ),
  );
}

/** The rows of weights that are no biases and no gains. */
export function matricesOf({ weights }: ModelOutline): readonly WeightRow[] {
  return weights.filter(({ shape }) => shape.includes('×') || shape === '?');
}

/** The model of a folder of examples/. */
export function exampleText(name: string): string {
  return readFileSync(new URL(`../../../examples/${name}/model.py`, import.meta.url), 'utf8');
}
