import type { InitWrite } from '../network/init.ts';
import type { PythonModule } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';

/** The names that code at an offset may use, each of which means one thing there. */
export type NamesAt = (offset: number) => ReadonlySet<string>;

/** What of the file's own code a fix may be made of. */
export interface CodeAround {
  readonly text: string;
  readonly module: PythonModule;
  readonly namesAt: NamesAt;
  /** What starts weights of models that are handed others, of which the one at hand may be one. */
  readonly startedInWholes?: readonly StartInWhole[];
  /** The text of the file in which a place stands that is not in this one, as long as it is kept. */
  textAround?(span: Span): string | undefined;
}

/** A start of a weight of a model that is handed others, and where the weight's layer is made. */
export interface StartInWhole {
  readonly write: InitWrite;
  readonly layer: Span;
}
