import type { Finding } from './finding.ts';
import type { ModelOutline } from './model-outline.ts';
import type { Profile } from './options.ts';
import type { Span } from './syntax/span.ts';
import type { Unread } from './unread.ts';

/** Everything one text gives, as plain data that can be sent elsewhere. */
export interface Analysis {
  readonly profile: Profile;
  /** Whether the text does not parse, as while somebody types. */
  readonly broken: boolean;
  /** What of the text was not read, and why; empty for nearly every text. */
  readonly unread: readonly Unread[];
  /** What an editor underlines and `lint` prints, in the order of the text. */
  readonly findings: readonly Finding[];
  /** What only a lens shows: the verdict rules and `no-width-declared`. */
  readonly notes: readonly Finding[];
  /** The paths of the files of the workspace that it rests on, beside its own. */
  readonly imported: readonly string[];
  /** Its classes of modules of which no layers are read: abstract ones, and those that are not followed. */
  readonly bare: readonly string[];
  /** The model classes, in the order of the text. */
  readonly models: readonly ModelOutline[];
  /** The models of other files that its code trains. */
  readonly trained: readonly TrainedModel[];
  /** Names that its comments declare widths and that no layer has of any model that it has or trains. */
  readonly unfound: readonly UnfoundWidth[];
}

/** A name that is declared a width and is none, and the comment that declares it. */
export interface UnfoundWidth {
  readonly name: string;
  readonly span: Span;
}

/** A model that stands in another file, with its weights as they are trained here. */
export type TrainedModel = Pick<ModelOutline, 'name' | 'weights'>;
