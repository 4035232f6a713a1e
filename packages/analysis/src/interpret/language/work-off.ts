import type { Expression } from '../../syntax/ast.ts';
import type { Frame } from '../machine/interpreter.ts';
import type { LoopEnds, RunRound } from '../machine/rounds.ts';
import { isPart } from '../values/likeness.ts';
import { truthOf } from '../values/truth.ts';
import { UNKNOWN } from '../values/value.ts';

/** As many rounds as a model that is read has modules. */
const MOST_ROUNDS = 400;

/**
 * A loop that goes round as long as a list has items, each of which is a part of a model: `while queue: queue.pop()`. Null for
 * any other, and where it comes to a list of which not all is known.
 */
export function workOff(condition: Expression | null, frame: Frame, run: RunRound): LoopEnds | null {
  if (condition?.kind !== 'name' || !holdsParts(condition, frame)) return null;
  const breaks: Frame[] = [];
  let now: Frame | null = frame.fork();
  for (let count = 0; now !== null; count++) {
    const truth = truthOf(now.evaluate(condition));
    if (truth === null || count === MOST_ROUNDS) return null;
    if (!truth) break;
    const round = run([UNKNOWN], now);
    breaks.push(...round.breaks);
    now = round.next;
  }
  const broken = breaks.length === 0 ? null : frame.fork();
  broken?.join(breaks);
  return { exhausted: now, broken };
}

function holdsParts(queue: Expression, frame: Frame): boolean {
  const left = frame.evaluate(queue);
  return left.kind === 'list' && !left.open && left.items.some(isPart);
}
