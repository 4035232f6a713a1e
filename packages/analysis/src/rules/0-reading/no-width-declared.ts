import type { Rule } from '../rule.ts';

/** A model of which nothing is known to scale: nothing can be said about it until somebody says what does. */
export const noWidthDeclared: Rule = {
  code: 'MUP001',
  name: 'no-width-declared',
  shownAs: 'lens',
  levels: { mup: 'hint', advisory: 'hint' },
  check({ widths, outline }) {
    if (widths.names.length > 0) return [];
    return [
      {
        span: outline.span,
        message: 'No width is declared or evident, so nothing is known to scale',
        assumptions: [],
        fixes: ['Say what scales: `# widthwise: width(NAME)`.'],
        weights: [],
        related: [],
      },
    ];
  },
};
