import type { Finding, Fix, RelatedPlace, RuleCode, RuleLevel, Severity } from '../finding.ts';
import type { CodeAround } from '../fixes/code-around.ts';
import type { Profile } from '../options.ts';
import type { Model } from '../outline/model.ts';
import type { Span } from '../syntax/span.ts';

/** What a rule is called, and how loud it is. */
export interface RuleMetadata {
  readonly code: RuleCode;
  /** Readable after "allow …", never containing the fix. */
  readonly name: string;
  /** Where it is shown: as a finding, or in a lens alone. */
  readonly shownAs: 'finding' | 'lens';
  readonly levels: Readonly<Record<Profile, RuleLevel>>;
  /** How loud it is at most at a model whose cause stands in a file that only uses it. */
  readonly atMostElsewhere?: Severity;
  /** Off until somebody asks for it, as what it says of real code is not measured yet. */
  readonly nursery?: true;
}

/** What is said of one place. */
export type Said = Pick<Finding, 'message' | 'assumptions' | 'weights'> & {
  readonly span: Span;
  readonly related: readonly RelatedPlace[];
  /** How loud it is at most, where that is less than the rule is. */
  readonly atMost?: Severity;
};

/** What a rule reports before severity and the rule's own name are added. */
export type Report = Said & Pick<Finding, 'fixes'>;

/** One thing that can be wrong with a model: found as states, each of which is put into words and mended. */
export interface RuleDefinition<State> extends RuleMetadata {
  /** The places where it is wrong, as a consequence of the theory. */
  check(model: Model): readonly State[];
  say(state: State, model: Model): Said;
  /** A nearer place than the one that is said, where the file's own code shows it. */
  place?(state: State, code: CodeAround): Span | null;
  /** What else is wrong for the same reason, which the file's own code shows and the model does not. */
  also?(state: State, code: CodeAround): readonly RelatedPlace[];
  fixes(state: State, model: Model, code: CodeAround): readonly Fix[];
}

/** A rule whose states nobody else has to know. */
export interface Rule extends RuleMetadata {
  reports(model: Model, code: CodeAround): readonly Report[];
}

export function defineRule<State>({
  check,
  say,
  place,
  also,
  fixes,
  ...metadata
}: RuleDefinition<State>): Rule {
  return {
    ...metadata,
    reports: (model, code) =>
      check(model).map((state) => {
        const said = say(state, model);
        const related = [...(also?.(state, code) ?? []), ...said.related];
        const span = place?.(state, code) ?? said.span;
        return { ...said, span, related, fixes: fixes(state, model, code) };
      }),
  };
}
