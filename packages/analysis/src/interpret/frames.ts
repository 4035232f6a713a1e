import type { Frame } from './interpreter.ts';
import type { Value } from './value.ts';

/** Runs each of several ways, of which one is taken, on a state of its own; the frame is then as any may leave it. */
export function eachWay<Way, Result>(
  ways: readonly Way[],
  frame: Frame,
  run: (way: Way, frame: Frame) => Result,
): readonly Result[] {
  const [only, ...others] = ways;
  if (only !== undefined && others.length === 0) return [run(only, frame)];
  const taken = ways.map((way) => {
    const fork = frame.fork();
    return { fork, result: run(way, fork) };
  });
  frame.join(taken.map(({ fork }) => fork));
  return taken.map(({ result }) => result);
}

/** Lets every name and attribute that holds a list or dict have what has become of it: they hold the one object. */
export function replace(before: Value, after: Value, frame: Frame): void {
  if (before === after) return;
  for (const [name, value] of frame.locals) if (value === before) frame.locals.set(name, after);
  frame.heap.replace(before, after);
}
