import type { Finding } from './finding.ts';
import type { ModelOutline } from './model-outline.ts';
import type { Profile } from './options.ts';

/** Everything one text gives. */
export interface Analysis {
  readonly profile: Profile;
  /** Whether the text does not parse, as while somebody types. */
  readonly broken: boolean;
  /** Whether the text takes more steps to read than any model needs, so that none of its models is known. */
  readonly exhausted: boolean;
  /** What an editor underlines and `lint` prints, in the order of the text. */
  readonly findings: readonly Finding[];
  /** What only a lens shows: the verdict rules and `no-width-declared`. */
  readonly notes: readonly Finding[];
  /** The model classes, in the order of the text. */
  readonly models: readonly ModelOutline[];
}
