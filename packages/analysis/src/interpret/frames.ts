import { Heap } from './heap.ts';
import type { Frame } from './interpreter.ts';
import { either, type Value } from './value.ts';

/** A copy that goes its own way. */
export function forked(frame: Frame): Frame {
  return { ...frame, locals: new Map(frame.locals), heap: new Heap(frame.heap) };
}

/** Runs each of several ways, of which one is taken, on a state of its own; the frame is then as any may leave it. */
export function eachWay<Way, Result>(
  ways: readonly Way[],
  frame: Frame,
  run: (way: Way, frame: Frame) => Result,
): readonly Result[] {
  const [only, ...others] = ways;
  if (only !== undefined && others.length === 0) return [run(only, frame)];
  const taken = ways.map((way) => {
    const fork = forked(frame);
    return { fork, result: run(way, fork) };
  });
  rejoin(
    frame,
    taken.map(({ fork }) => fork),
  );
  return taken.map(({ result }) => result);
}

/** Makes a frame what it may be after any of its forks. */
export function rejoin(frame: Frame, forks: readonly Frame[]): void {
  const [first, ...rest] = forks;
  if (first === undefined) return;
  const locals = new Map<string, Value>(first.locals);
  for (const fork of rest) {
    for (const [name, theirs] of fork.locals) {
      const mine = locals.get(name);
      locals.set(name, mine === undefined || mine === theirs ? theirs : either([mine, theirs]));
    }
  }
  for (const [name, value] of locals) frame.locals.set(name, value);
  frame.heap.join(forks.map((fork) => fork.heap));
}

/** Lets every name and attribute that holds a list or dict have what has become of it: they hold the one object. */
export function replace(before: Value, after: Value, frame: Frame): void {
  if (before === after) return;
  for (const [name, value] of frame.locals) if (value === before) frame.locals.set(name, after);
  frame.heap.replace(before, after);
}
