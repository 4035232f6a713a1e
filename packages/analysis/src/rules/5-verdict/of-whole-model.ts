import type { RuleCode } from '../../finding.ts';
import type { Verdict } from '../../model-outline.ts';
import type { Model } from '../../outline/model.ts';
import { defineRule, type Rule } from '../rule.ts';

interface VerdictRule {
  readonly code: RuleCode;
  readonly name: string;
  readonly regime: Verdict['regime'];
  message(model: Model): string;
  readonly advice: string;
}

/** A rule that says a verdict at the model that it is about. */
export function ofWholeModel({ code, name, regime, message, advice }: VerdictRule): Rule {
  return defineRule({
    code,
    name,
    shownAs: 'lens',
    levels: { mup: 'hint', advisory: 'hint' },
    check: ({ verdict }) => (verdict?.regime === regime ? [regime] : []),
    say: (_, model) => ({
      span: model.outline.span,
      message: message(model),
      assumptions: model.outline.assumptions,
      weights: [],
      related: [],
    }),
    fixes: () => [{ text: advice, safety: 'needs-decision', edits: [] }],
  });
}
