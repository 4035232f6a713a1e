import { Budget, type Watch } from '../budget.ts';
import { createInterpreter } from '../interpret/language/create-interpreter.ts';
import type { ScriptsAround, Surroundings } from '../interpret/language/loaded-modules.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { CallingModule, ScriptSeen, ScriptShown } from '../interpret/machine/other-modules.ts';
import { LIBRARIES } from '../libraries/index.ts';
import type { Span } from '../syntax/span.ts';
import type { FoundModule, Workspace } from '../workspace/workspace.ts';
import { givenUpIn } from './beside-models.ts';
import { MOST_WORK, openScript } from './run-callers.ts';
import { type Run, runModule } from './run-module.ts';
import { mayStart } from './started-here.ts';

/** Something that was asked of the files around a script, and whether it has the same answer. */
type Question = (now: Workspace) => boolean;

/** More scripts than most folders have. */
const MOST_KEPT = 512;

interface Known {
  readonly seen: ScriptSeen;
  readonly questions: readonly Question[];
}

/**
 * What scripts show, each of which is run once by itself for all files that it uses: of most of them it makes and trains
 * nothing. It stands as long as the files do.
 */
export class KnownScripts {
  private readonly known = new Map<string, Known>();
  private readonly watch: Watch;

  constructor(watch: Watch) {
    this.watch = watch;
  }

  /** For one file, which may be the first to ask for some. */
  forFile(): ScriptsAround {
    const budget = new Budget(this.watch);
    return { seen: (script, around) => this.seen(script, around, budget) };
  }

  private seen(script: FoundModule, { place, modules }: Surroundings, budget: Budget): ScriptSeen | null {
    if (place === null) return null;
    const { workspace } = place;
    const before = this.known.get(script.path);
    if (before?.questions.every((question) => question(workspace)) === true) return before.seen;
    budget.renew();
    if (!budget.hasLeft(0)) return null;
    const questions: Question[] = [];
    const seen = runAlone(script, { modules, budget, workspace: heard(workspace, questions) });
    if (seen !== null) this.keep(script.path, { seen, questions });
    return seen;
  }

  /** The scripts that were run last, as each is run once for a folder. */
  private keep(path: string, known: Known): void {
    this.known.delete(path);
    this.known.set(path, known);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KEPT && oldest !== undefined) this.known.delete(oldest);
  }
}

/** The same files, of which it is noted what is asked. */
function heard(workspace: Workspace, questions: Question[]): Workspace {
  return {
    find: (name, from) => {
      const found = workspace.find(name, from);
      questions.push((now) => now.find(name, from)?.path === found?.path);
      return found;
    },
    read: (path) => {
      const text = workspace.read(path);
      questions.push((now) => now.read(path) === text);
      return text;
    },
  };
}

interface Alone extends Pick<Surroundings, 'modules'> {
  readonly workspace: Workspace;
  readonly budget: Budget;
}

/** Runs a script as if no file was analysed; null where there is not work enough to know what it takes. */
function runAlone(script: FoundModule, { workspace, budget, modules }: Alone): ScriptSeen | null {
  const place = { path: '', workspace: { ...workspace, callers: () => [script] } };
  const around = { place, modules, stars: [], trains: null };
  const interpreter = createInterpreter({ rebound: new Set(), libraries: LIBRARIES, budget, around });
  const { imports } = interpreter;
  const [caller] = imports?.callers([]) ?? [];
  if (caller === undefined) return null;
  const before = budget.counted;
  // One that may come to anything is given up for whatever file.
  const isLast = (run: Run) => givenUpIn(run, caller)?.isOpen === true;
  const runs = budget.within(
    MOST_WORK,
    () => runModule(caller.body, openScript(interpreter, caller), isLast).runs,
  );
  const units = budget.counted - before;
  if (runs === undefined && units <= MOST_WORK) return null;
  const pathOf = ({ span }: { readonly span: Span }) => modules.around(span)?.path ?? '';
  // Of one that takes too much no more counts than the settings that it gives.
  return {
    shown: shownBy(runs ?? [], { caller, interpreter, pathOf }),
    units,
    paths: [...(imports?.paths ?? [])],
  };
}

interface Around {
  readonly caller: CallingModule;
  readonly interpreter: Interpreter;
  readonly pathOf: (part: { readonly span: Span }) => string;
}

function shownBy(all: readonly Run[], { caller, interpreter, pathOf }: Around): ScriptShown {
  const { symbols, settingsGiven } = interpreter;
  const runs = all.filter(({ givenUp }) => givenUp === undefined);
  const made = runs.flatMap(({ trace }) => trace.constructions.map(({ definition }) => definition));
  return {
    makes: new Set([...made, ...symbols.definitionsOf(settingsGiven.keys())].map(pathOf)),
    trains: new Set(runs.flatMap((run) => trainingIn(run, interpreter)).map(pathOf)),
    isTraining: runs.some(({ trace }) => trace.optimizers.length > 0 && trace.constructions.length > 0),
    givenUp: all.flatMap((run) => givenUpIn(run, caller) ?? []),
  };
}

/** By what a run may train a model, or start one: the functions that make its optimizers, and those of its code that set weights. */
function trainingIn(
  { trace: { entered, optimizers, constructions } }: Run,
  { makersOfOptimizers }: Interpreter,
): readonly { readonly span: Span }[] {
  const making = optimizers.flatMap((one) => [one, ...(makersOfOptimizers.get(one) ?? [])]);
  return constructions.length === 0 ? making : [...making, ...[...entered].filter(mayStart)];
}
