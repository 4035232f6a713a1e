import { RULES, type RuleLevel } from '@widthwise/analysis';

export const RULE_CODES: readonly string[] = RULES.map(({ code }) => code);

/** How short what the codes of several rules begin with may be: `MUP`. */
const SHORTEST = 3;

/** What rules are named by: a code, or what several codes begin with, such as `MUP5`. */
export const RULE_SELECTORS: readonly string[] = [
  ...new Set(
    RULE_CODES.flatMap((code) =>
      Array.from({ length: code.length - SHORTEST + 1 }, (_, more) => code.slice(0, SHORTEST + more)),
    ),
  ),
].sort();

/** Severities by code: of the selectors that name a rule, the longest holds. */
export function levelsByCode(
  levels: Readonly<Record<string, RuleLevel>>,
): Readonly<Record<string, RuleLevel>> {
  const shortestFirst = Object.keys(levels).sort((left, right) => left.length - right.length);
  return Object.fromEntries(
    RULE_CODES.flatMap((code) => {
      const selector = shortestFirst.findLast((beginning) => code.startsWith(beginning));
      return selector === undefined ? [] : [[code, levels[selector]!] as const];
    }),
  );
}
