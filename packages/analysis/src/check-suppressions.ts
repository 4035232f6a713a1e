import { codeSpan, didYouMean } from '@widthwise/core';
import { type Checking, levelOf, type Made } from './check-model.ts';
import { DIRECTIVES, type Directives, type UnknownDirective, type WrittenSuppression } from './directives.ts';
import type { Finding, Severity } from './finding.ts';
import type { Model } from './outline/model.ts';
import { unusedSuppression } from './rules/0-reading/unused-suppression.ts';
import { RULES } from './rules/index.ts';
import type { Comment } from './syntax/ast.ts';

/** More comments are not gone through: a file that has them was made by a program. */
const MOST_TOLD = 100;

/** What a file's comments are held to. */
interface CheckSuppressions {
  readonly directives: Directives;
  /** All that is found of its models, told or not. */
  readonly made: readonly Made[];
  readonly models: readonly Model[];
  readonly checking: Checking;
}

/**
 * Comments that silence a rule which there is not, or nothing that is found. The second is told only of rules that are
 * on, and where all of the file is read.
 */
export function checkSuppressions({
  directives,
  made,
  models,
  checking,
}: CheckSuppressions): readonly Made[] {
  const level = levelOf(unusedSuppression, checking);
  const [first] = models;
  if (level === 'off' || first === undefined) return [];
  const modelAt = ({ span }: Comment) =>
    models.findLast(({ outline }) => outline.span.start <= span.start) ?? first;
  const told = (comment: Comment, problem: Problem | null): readonly Made[] =>
    problem === null ? [] : [madeOf(problem, { comment, model: modelAt(comment), level })];
  return [
    ...directives.unknown.slice(0, MOST_TOLD).flatMap((one) => told(one.comment, problemOfWord(one))),
    ...directives.suppressions.slice(0, MOST_TOLD).flatMap((suppression) => {
      const { widths } = modelAt(suppression.comment);
      // Without a word of μP the rules are off whose silence is asked for.
      const isRead = checking.profile === 'mup' && widths.names.length > 0 && !widths.areNumbers;
      const unused = isRead ? unusedIn(suppression, { directives, made, checking }) : null;
      return told(suppression.comment, unknownIn(suppression) ?? unused);
    }),
  ];
}

interface Place {
  readonly comment: Comment;
  readonly model: Model;
  readonly level: Severity;
}

function madeOf(problem: Problem, { comment, model, level }: Place): Made {
  const { code, name } = unusedSuppression;
  const finding: Finding = {
    code,
    name,
    severity: level,
    span: comment.span,
    model: model.outline.name,
    ...problem,
    assumptions: [],
    weights: [],
    related: [],
  };
  return { shownAs: 'finding', finding };
}

type Problem = Pick<Finding, 'message' | 'fixes'>;

const CODES: readonly string[] = RULES.map(({ code }) => code);

function problemOfWord({ word, lacks }: UnknownDirective): Problem {
  if (lacks !== null) {
    const message = `the list behind ${codeSpan(word)} has no closing ${codeSpan(lacks)}, so this comment has no effect`;
    return { message, fixes: [] };
  }
  const meant = didYouMean(word, DIRECTIVES);
  const known = meant === '' ? ': what does is `ignore[…]`, `off`, `on` and `width(…)`' : '';
  const message = `${codeSpan(word)} asks for nothing${meant}, so this comment has no effect${known}`;
  return { message, fixes: [] };
}

/** The codes of a comment that are this linter's; another's `noqa` has others, too. */
function ownCodes({ codes, isOwn }: WrittenSuppression): readonly string[] {
  return isOwn ? codes : codes.filter((code) => /^MUP\d+$/.test(code));
}

function unknownIn(suppression: WrittenSuppression): Problem | null {
  const unknown = ownCodes(suppression).find((code) => !CODES.includes(code));
  if (unknown === undefined) return null;
  const meant = RULES.find(({ name }) => name.toUpperCase() === unknown)?.code;
  const message = `no rule has the code ${codeSpan(unknown)}, so this comment does not silence it`;
  const text = `Write ${codeSpan(meant ?? '')}.`;
  return { message, fixes: meant === undefined ? [] : [{ text, safety: 'identical-at-base', edits: [] }] };
}

function unusedIn(
  suppression: WrittenSuppression,
  { directives, made, checking }: Omit<CheckSuppressions, 'models'>,
): Problem | null {
  const codes = ownCodes(suppression);
  const isAll = suppression.codes.length === 0;
  if (checking.unread.length > 0 || checking.code.module.broken || (codes.length === 0 && !isAll))
    return null;
  const isOff = RULES.some((rule) =>
    isAll
      ? checking.severities[rule.code] === 'off'
      : codes.includes(rule.code) && levelOf(rule, checking) === 'off',
  );
  const isUsed = made.some(
    ({ finding: { code, span } }) => (isAll || codes.includes(code)) && directives.covers(suppression, span),
  );
  if (isOff || isUsed) return null;
  const what = isAll ? 'nothing' : `nothing of ${codes.map((code) => codeSpan(code)).join(', ')}`;
  return {
    message: `${what} is found here, so this comment has no effect`,
    fixes: [{ text: 'Remove the comment.', safety: 'identical-at-base', edits: [] }],
  };
}
