import type { Frame } from '../machine/interpreter.ts';
import type { ModuleScope } from '../machine/module-scope.ts';
import { either } from '../values/either.ts';
import type { Capture, Closure, Value } from '../values/value.ts';
import type { Variables } from '../values/variables.ts';

/** The names around a function as they are when it is called: those that were written to since it was made have moved. */
export function namesAround({ locals, capture }: Closure, frame: Frame): Variables<Value> {
  const isHere = capture[0]?.names === frame.names;
  const around = (isHere ? frame.locals : locals).fork();
  for (const [level, { names, from }] of capture.entries()) {
    if ((isHere && level === 0) || names.writes.length === from) continue;
    const within = capture.slice(0, level);
    frame.interpreter.budget.spend(names.writes.length - from + countIn(within));
    const hidden = namesOf(within);
    for (const [name, written] of names.writes.slice(from)) {
      if (hidden.has(name)) continue;
      const before = around.get(name);
      around.set(name, before === undefined ? written : either([before, written]));
    }
  }
  return around;
}

/**
 * Runs a function that the top of its module calls, where that may go several ways: it sees the names of the module as they
 * are on this one.
 */
export function withNamesHere<Made>(frame: Frame, callee: ModuleScope, run: () => Made): Made {
  const { module, locals } = frame;
  if (module !== callee || locals === module.globals || !isTop(frame)) return run();
  const { globals } = module;
  module.globals = locals;
  try {
    return run();
  } finally {
    module.globals = globals;
  }
}

/** Whether a frame is one of the top of a module, and neither of a function nor of a comprehension. */
function isTop({ stack, names, locals }: Frame): boolean {
  return stack.length === 0 && names.of === null && names.outer.length === 0 && locals.has('__name__');
}

/** The names that functions have as their own, which hide those around them. */
function namesOf(capture: Capture): ReadonlySet<string> {
  const own = capture.flatMap(({ names: { of, writes } }) => [
    ...(of?.parameters.map(({ name }) => name) ?? []),
    ...writes.map(([name]) => name),
  ]);
  return new Set(own);
}

/** How often names were written to in some functions. */
function countIn(capture: Capture): number {
  return capture.reduce((count, { names }) => count + names.writes.length, 0);
}
