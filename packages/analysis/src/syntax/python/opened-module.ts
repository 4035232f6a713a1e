import { Budget } from '../../budget.ts';
import type { ModulePart, OpenedModule, Statement } from '../ast.ts';
import { type LoweredStretch, reboundIn } from './lowered-stretch.ts';
import type { Stretch } from './stretches.ts';
import { surfaceOf } from './surface.ts';

/** Far more work than a character of any code takes, and than the shortest part does. */
const WORK_OF_CHARACTER = 5;
const WORK_OF_PART = 5000;

/** A module whose parts are lowered when they are asked for; one that takes too much work is empty. */
export function openModule(
  given: string,
  base: number,
  lower: (stretch: Stretch, budget: Budget) => LoweredStretch,
): OpenedModule {
  const { comments, junk, misindented, stretches } = surfaceOf(given);
  const parts = stretches.map((stretch): ModulePart => {
    let body: readonly Statement[] | null = null;
    return {
      defines: stretch.defines,
      statements() {
        body ??= bodyOf(
          { ...stretch, start: base + stretch.start },
          lower,
          junk.length + misindented.length > 0,
        );
        return body;
      },
    };
  });
  return {
    comments,
    rebound: new Set(stretches.flatMap(({ text }) => reboundIn(text))),
    parts,
  };
}

function bodyOf(
  stretch: Stretch,
  lower: (stretch: Stretch, budget: Budget) => LoweredStretch,
  isJunk: boolean,
): readonly Statement[] {
  const budget = new Budget();
  const most = WORK_OF_PART + WORK_OF_CHARACTER * stretch.text.length;
  const { body, broken } = budget.within(most, () => lower(stretch, budget)) ?? { body: [], broken: false };
  return broken || isJunk ? body.flatMap(unread) : body;
}

/** Of what does not parse a class is known to be there; all else is as if it were in a file that is not found. */
function unread(statement: Statement): readonly Statement[] {
  return statement.kind === 'class' ? [{ ...statement, broken: true }] : [];
}
