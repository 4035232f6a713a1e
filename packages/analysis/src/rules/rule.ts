import type { Finding, RelatedPlace, RuleCode, RuleLevel } from '../finding.ts';
import type { Profile } from '../options.ts';
import type { Model } from '../outline/model.ts';
import type { Span } from '../syntax/span.ts';

/** What a rule reports before severity and the rule's own name are added. */
export type Report = Pick<Finding, 'message' | 'assumptions' | 'fixes' | 'weights'> & {
  readonly span: Span;
  readonly related: readonly RelatedPlace[];
};

/** The names that code at an offset may use, each of which means one thing there. */
export type NamesAt = (offset: number) => ReadonlySet<string>;

/** One thing that can be wrong with a model, as a consequence of the theory. */
export interface Rule {
  readonly code: RuleCode;
  /** Readable after "allow …", never containing the fix. */
  readonly name: string;
  /** Where it is shown: as a finding, or in a lens alone. */
  readonly shownAs: 'finding' | 'lens';
  readonly levels: Readonly<Record<Profile, RuleLevel>>;
  check(model: Model, namesAt: NamesAt): readonly Report[];
}
