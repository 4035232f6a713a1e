import type { Analysis } from './analysis.ts';
import { readDirectives } from './directives.ts';
import type { Finding, RuleLevel } from './finding.ts';
import { mentionsModels } from './interpret/library.ts';
import { LIBRARIES } from './libraries/index.ts';
import { observeModels } from './observe/run-file.ts';
import type { AnalysisOptions, Profile } from './options.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import type { Model } from './outline/model.ts';
import { judgeModel } from './outline/weight-table.ts';
import { profileOf } from './profile.ts';
import { RULES } from './rules/index.ts';
import type { NamesAt, Rule } from './rules/rule.ts';
import { namesAt } from './syntax/names-at.ts';
import { loadPythonParser, type ParserWasm } from './syntax/python/python-parser.ts';

export interface Analyser {
  /** Any text has an analysis; one that holds no model code has an empty one. Never throws. */
  analyse(text: string, options?: AnalysisOptions): Analysis;
}

/** Loads the parser. The analyser may be kept for the life of the process. */
export async function loadAnalyser(wasm: ParserWasm): Promise<Analyser> {
  const parser = await loadPythonParser(wasm);
  return {
    analyse(given, options = DEFAULT_OPTIONS) {
      const text = withLineFeeds(given);
      if (!mayHoldModels(text)) return { profile: advised(options.profile), ...NOTHING };
      const module = parser.parse(text);
      const directives = readDirectives(module.comments, text);
      const widths = [...options.widths, ...directives.widths];
      const profile = profileOf(options, { text, module, declaresWidth: directives.widths.length > 0 });
      const observations = observeModels(module);
      const models = (observations ?? []).flatMap((observed) => {
        const model = judgeModel(observed, { ...options, widths });
        return model === undefined ? [] : [{ model, broken: observed.broken }];
      });
      const checking = { profile, severities: options.rules, namesAt: (at: number) => namesAt(module, at) };
      const made = models.flatMap(({ model, broken }) => (broken ? [] : check(model, checking)));
      const kept = made.filter(({ finding: { code, span } }) => !directives.isSuppressed(code, span));
      return {
        profile,
        broken: module.broken,
        exhausted: observations === null,
        findings: inOrder(kept, 'finding'),
        notes: inOrder(kept, 'lens'),
        models: models.map(({ model }) => model.outline),
      };
    },
  };
}

/** A carriage return alone ends a line in Python, and the grammar does not know; every offset stays what it was. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text;
}

const mayHoldModels = mentionsModels(LIBRARIES);

const NOTHING = { broken: false, exhausted: false, findings: [], notes: [], models: [] } as const;

function advised(profile: AnalysisOptions['profile']): Profile {
  return profile === 'auto' ? 'advisory' : profile;
}

interface Made {
  readonly shownAs: Rule['shownAs'];
  readonly finding: Finding;
}

/** What rules are checked with, of one file. */
interface Checking {
  readonly profile: Profile;
  readonly severities: AnalysisOptions['rules'];
  readonly namesAt: NamesAt;
}

function check(model: Model, { profile, severities, namesAt }: Checking): readonly Made[] {
  return RULES.flatMap((rule) => {
    const severity: RuleLevel = severities[rule.code] ?? rule.levels[profile];
    if (severity === 'off') return [];
    return rule.check(model, namesAt).map((report) => ({
      shownAs: rule.shownAs,
      finding: { code: rule.code, name: rule.name, severity, model: model.outline.name, ...report },
    }));
  });
}

function inOrder(made: readonly Made[], shownAs: Rule['shownAs']): readonly Finding[] {
  const shown = made.filter((one) => one.shownAs === shownAs).map((one) => one.finding);
  // A line that several models inherit is wrong once.
  const first = shown.filter((one, index) => shown.findIndex((other) => isSame(one, other)) === index);
  return first.sort((left, right) => left.span.start - right.span.start);
}

function isSame(left: Finding, right: Finding): boolean {
  return left.code === right.code && left.span.start === right.span.start;
}
