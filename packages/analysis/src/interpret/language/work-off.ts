import type { Expression } from '../../syntax/ast.ts';
import type { Frame } from '../machine/interpreter.ts';
import { isOfModel } from '../machine/joined-rounds.ts';
import type { LoopEnds, Round, RunRound } from '../machine/rounds.ts';
import { adopt, traced } from '../machine/trace.ts';
import { isPart } from '../values/likeness.ts';
import { truthOf } from '../values/truth.ts';
import { UNKNOWN } from '../values/value.ts';

/** As many rounds as a model that is read has modules. */
const MOST_ROUNDS = 400;

/**
 * A loop whose end is reached, round by round: a list of parts of a model that is worked off (`while queue: queue.pop()`),
 * or what is asked of each round is known. Null for any other, of which nothing is then noted; so for one that trains.
 */
export function workOff(condition: Expression | null, frame: Frame, run: RunRound): LoopEnds | null {
  if (condition === null) return null;
  const { interpreter } = frame;
  const isQueue = condition.kind === 'name' && holdsParts(condition, frame);
  if (!isQueue && !isOfModel(frame)) return null;
  const { trace, result } = traced(interpreter, () => untilItEnds(condition, { frame, run, isQueue }));
  if (result !== null) adopt(interpreter, trace);
  return result;
}

interface Working {
  readonly frame: Frame;
  readonly run: RunRound;
  /** Whether it is a list of parts, which is gone through though it may be left early. */
  readonly isQueue: boolean;
}

function untilItEnds(condition: Expression, { frame, run, isQueue }: Working): LoopEnds | null {
  const breaks: Frame[] = [];
  let now: Frame | null = frame.fork();
  for (let count = 0; now !== null; count++) {
    const truth = truthOf(now.fork().evaluate(condition));
    if (truth === null || count === MOST_ROUNDS) return null;
    if (!truth) {
      now.evaluate(condition);
      break;
    }
    const round = run([UNKNOWN], now);
    breaks.push(...round.breaks);
    if (!isQueue && (mayBeLeft(round) || trains(frame))) return null;
    now = round.next;
  }
  const broken = breaks.length === 0 ? null : frame.fork();
  broken?.join(breaks);
  return now === null && broken === null ? null : { exhausted: now, broken, times: null };
}

function mayBeLeft({ next, breaks }: Round): boolean {
  return next !== null && breaks.length > 0;
}

function trains({ interpreter: { trace } }: Frame): boolean {
  return trace.steps.length > 0 || trace.optimizers.length > 0;
}

function holdsParts(queue: Expression, frame: Frame): boolean {
  const left = frame.evaluate(queue);
  return left.kind === 'list' && !left.open && left.items.some(isPart);
}
