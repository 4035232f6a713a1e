import { defineRule, type Rule } from '../rule.ts';

/** A model of which nothing is known to scale: nothing can be said about it until somebody says what does. */
export const noWidthDeclared: Rule = defineRule({
  code: 'MUP001',
  name: 'no-width-declared',
  shownAs: 'lens',
  levels: { mup: 'hint', advisory: 'hint' },
  check: ({ widths }) => (widths.names.length > 0 && !widths.areNumbers ? [] : ['none']),
  say: (_, { outline: { span } }) => ({
    span,
    message: 'No width is declared or evident, so nothing is known to scale',
    assumptions: [],
    weights: [],
    related: [],
  }),
  fixes: () => [
    { text: 'Say what scales: `# widthwise: width(NAME)`.', safety: 'needs-decision', edits: [] },
  ],
});
