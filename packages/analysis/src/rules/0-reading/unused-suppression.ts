import { defineRule, type Rule } from '../rule.ts';

/** A comment that asks for a silence which nothing breaks, or of a rule that there is not. No model shows it: its file does. */
export const unusedSuppression: Rule = defineRule<never>({
  code: 'MUP003',
  name: 'unused-suppression',
  shownAs: 'finding',
  levels: { mup: 'hint', advisory: 'hint' },
  check: () => [],
  say: (state) => state,
  fixes: () => [],
});
