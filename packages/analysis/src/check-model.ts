import { type Budget, OutOfBudget, Unwanted } from './budget.ts';
import type { Finding, RuleLevel, Severity } from './finding.ts';
import type { CodeAround } from './fixes/code-around.ts';
import type { AnalysisOptions, Profile } from './options.ts';
import type { Model } from './outline/model.ts';
import { RULES } from './rules/index.ts';
import type { Report, Rule } from './rules/rule.ts';
import { decidedAt, placeKey } from './syntax/span.ts';
import type { Unread } from './unread.ts';
import { isHere } from './workspace/source-modules.ts';

/** A finding, and where it is shown. */
export interface Made {
  readonly shownAs: Rule['shownAs'];
  readonly finding: Finding;
}

/** What rules are checked with, of one file. */
export interface Checking {
  readonly profile: Profile;
  readonly severities: AnalysisOptions['rules'];
  readonly code: CodeAround;
  /** Where a rule that fails is noted: the others' findings stand. */
  readonly unread: Unread[];
  readonly budget: Budget;
}

/** What all rules take for a parameter and a tensor of a model, and what saying and mending takes for a finding. */
const WORK_OF_PARAMETER = 20;
const WORK_OF_TENSOR = 4;
const WORK_OF_FINDING = 200;

/** All that the rules find of one model, as loud as the profile has it and whoever asked for them. */
export function check(model: Model, checking: Checking): readonly Made[] {
  const readings = model.readings.map((alike) => ofAll(alike.map((one) => checkOne(one, checking))));
  return [...checkOne(model, checking), ...underReadings(readings, model.widths)];
}

function checkOne(
  model: Model,
  { profile, severities, code: around, unread, budget }: Checking,
): readonly Made[] {
  budget.spend(WORK_OF_PARAMETER * model.weights.length + WORK_OF_TENSOR * model.pass.tensors.length);
  return RULES.flatMap((rule) => {
    const asked = severities[rule.code];
    const level = levelOf(rule, { profile, severities });
    // Nothing is wrong in a network whose sizes are numbers: nobody scales it as it is written.
    if (level === 'off' || (model.widths.areNumbers && rule.shownAs === 'finding')) return [];
    return reports(rule, { model, code: around, unread }).map(({ atMost = level, ...report }) => {
      budget.spend(WORK_OF_FINDING);
      const away = isHere(decidedAt(report.span)) ? level : (rule.atMostElsewhere ?? level);
      const severity = asked === undefined ? quieterOf(quieterOf(level, atMost), away) : level;
      const { code, name } = rule;
      const shownAs = asked === undefined ? rule.shownAs : 'finding';
      return { shownAs, finding: { code, name, severity, model: model.outline.name, ...report } };
    });
  });
}

/** What is found whichever of some names is the width, all of which scale the same. Which of them a fix should name is open. */
function ofAll([first = [], ...others]: readonly (readonly Made[])[]): readonly Made[] {
  const ofEach = first.filter((made) =>
    others.every((other) => other.some((one) => isOfOnePlace(one, made))),
  );
  return others.length === 0 ? ofEach : ofEach.map(withDecision);
}

function withDecision({ shownAs, finding }: Made): Made {
  const fixes = finding.fixes.map((fix) => ({ ...fix, safety: 'needs-decision' as const }));
  return { shownAs, finding: { ...finding, fixes } };
}

/** What is found where one of several names is the width: no more than information of a part, or where it is not found for each. */
function underReadings(readings: readonly (readonly Made[])[], { isPart }: Model['widths']): readonly Made[] {
  const isOfEach = (made: Made) =>
    !isPart && readings.every((reading) => reading.some((one) => isOfOnePlace(one, made)));
  return readings.flat().flatMap((made) => {
    const { shownAs, finding } = made;
    if (shownAs !== 'finding') return [];
    const severity = isOfEach(made) ? finding.severity : quieterOf(finding.severity, 'information');
    return [{ shownAs, finding: { ...finding, severity } }];
  });
}

function isOfOnePlace({ finding: one }: Made, { finding: other }: Made): boolean {
  return one.code === other.code && placeKey(one.span) === placeKey(other.span);
}

/** How loud a rule is in a file. */
export function levelOf(
  rule: Rule,
  { profile, severities }: Pick<Checking, 'profile' | 'severities'>,
): RuleLevel {
  return severities[rule.code] ?? (rule.nursery ? 'off' : rule.levels[profile]);
}

function quieterOf(one: Severity, other: Severity): Severity {
  return LOUDNESS.indexOf(one) < LOUDNESS.indexOf(other) ? one : other;
}

const LOUDNESS: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

function reports(
  rule: Rule,
  { model, code, unread }: Pick<Checking, 'code' | 'unread'> & { readonly model: Model },
): readonly Report[] {
  try {
    return rule.reports(model, code);
  } catch (error) {
    if (error instanceof OutOfBudget || error instanceof Unwanted) throw error;
    unread.push({ kind: 'rule', code: rule.code, model: model.outline.name, problem: problemOf(error) });
    return [];
  }
}

/** What is shown in one way, in the order of the text. */
export function inOrder(made: readonly Made[], shownAs: Rule['shownAs']): readonly Finding[] {
  const shown = made.filter((one) => one.shownAs === shownAs).map((one) => one.finding);
  // A line that several models inherit is wrong once; one that calls several that are wrong, once for each.
  const first = new Map<string, Finding>();
  for (const one of shown) {
    const { calls, path, offset } = one.elsewhere ?? {};
    const place = `${one.code} ${one.span.start} ${calls === undefined ? '' : `${offset} ${path}`}`;
    if (!first.has(place)) first.set(place, one);
  }
  return [...first.values()].sort((left, right) => left.span.start - right.span.start);
}

export function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
