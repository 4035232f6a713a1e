import type { Frame } from '../../interpret/machine/interpreter.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { agreed, truthOf, truthValue } from '../../interpret/values/truth.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { isCallable } from './callables.ts';
import { isInstance, isSubclassOf } from './instances.ts';
import { isTakenForNumber } from './one-number.ts';

/** What code asks of a value: of which class it is, whether it can be called, whether it counts as true. */
export function truthCall(qualified: string, values: readonly Value[], frame: Frame): Value | undefined {
  const [first = UNKNOWN, second = UNKNOWN] = values;
  const ofAll = (holds: (option: Value) => boolean | null) => truthValue(agreed(optionsOf(first).map(holds)));
  switch (qualified) {
    case 'builtins.isinstance':
      return ofAll((option) => {
        const answer = isInstance(frame.interpreter, option, second);
        return answer === null && isTakenForNumber(option, second, frame) ? false : answer;
      });
    case 'builtins.issubclass':
      return ofAll((option) => isSubclassOf(frame.interpreter, option, second));
    case 'builtins.callable':
      return ofAll((option) => isCallable(option, frame));
    case 'builtins.bool': {
      const truth = values.length === 1 ? truthOf(first) : null;
      return truth === null ? undefined : truthValue(truth);
    }
    default:
      return undefined;
  }
}
