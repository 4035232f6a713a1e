import type { Meanings } from './interpreter.ts';

/** What a library means to the interpreter: the one place that knows its names. */
export interface Library extends Partial<Omit<Meanings, 'described' | 'isOptimizer' | 'scalesByWidth'>> {
  /** The packages it answers for: `torch`, `mup`. */
  readonly roots: readonly string[];
  /** Modules of these packages, described in Python: what models are made of, in as few words as say the same. */
  readonly described?: ReadonlyMap<string, string>;
  /** The optimizers that it knows, by their qualified names. */
  readonly optimizers?: readonly string[];
  /** Whether these scale the rates of a model by its width. */
  readonly scalesByWidth?: true;
}

const MEANINGS = new WeakMap<readonly Library[], Meanings>();

/** Several libraries as one: a name is looked up by its root, a value by who knows what to do with it. */
export function meaningsOf(libraries: readonly Library[]): Meanings {
  const known = MEANINGS.get(libraries);
  if (known !== undefined) return known;
  const made = together(libraries);
  MEANINGS.set(libraries, made);
  return made;
}

function together(libraries: readonly Library[]): Meanings {
  const byRoot = new Map(libraries.flatMap((library) => library.roots.map((root) => [root, library])));
  const of = (qualified: string) => byRoot.get(rootOf(qualified));
  const optimizers = new Set(libraries.flatMap((library) => library.optimizers ?? []));
  const withMethods = libraries.filter(({ method }) => method !== undefined);
  const withAttributes = libraries.filter(({ attribute }) => attribute !== undefined);
  return {
    covers: (qualified) => {
      const library = of(qualified);
      return library !== undefined && (library.covers?.(qualified) ?? library.described === undefined);
    },
    described: (module) => of(module)?.described?.get(module),
    isOptimizer: (qualified) => optimizers.has(qualified),
    scalesByWidth: (qualified) => optimizers.has(qualified) && of(qualified)?.scalesByWidth === true,
    copied: (relative) => {
      for (const library of libraries) {
        const module = library.copied?.(relative);
        if (module !== undefined) return module;
      }
      return undefined;
    },
    call: (qualified, site) => of(qualified)?.call?.(qualified, site),
    needed: (qualified) => of(qualified)?.needed?.(qualified) ?? [],
    raises: (qualified, args) => of(qualified)?.raises?.(qualified, args) ?? null,
    constant: (qualified) => of(qualified)?.constant?.(qualified),
    module: (qualified) => of(qualified)?.module?.(qualified),
    classOfSetting: (parameter, definition, interpreter) => {
      for (const library of libraries) {
        const answer = library.classOfSetting?.(parameter, definition, interpreter);
        if (answer !== undefined) return answer;
      }
      return undefined;
    },
    isInstance: (value, qualified) => of(qualified)?.isInstance?.(value, qualified) ?? null,
    leavesDecorated: (qualified) =>
      libraries.some((library) => library.leavesDecorated?.(qualified) ?? false),
    leavesModel: (qualified) => {
      for (const library of libraries) {
        const answer = library.leavesModel?.(qualified) ?? null;
        if (answer !== null) return answer;
      }
      return null;
    },
    keepsNoGradient: (name) => libraries.some((library) => library.keepsNoGradient?.(name) ?? false),
    method: (receiver, name, site) => {
      for (const library of withMethods) {
        const answer = library.method?.(receiver, name, site);
        if (answer !== undefined) return answer;
      }
      return undefined;
    },
    attribute: (owner, name, frame) => {
      for (const library of withAttributes) {
        const answer = library.attribute?.(owner, name, frame);
        if (answer !== undefined) return answer;
      }
      return undefined;
    },
    setAttribute: (owner, change, frame) =>
      libraries.some((library) => library.setAttribute?.(owner, change, frame) ?? false),
  };
}

function rootOf(qualified: string): string {
  const dot = qualified.indexOf('.');
  return dot < 0 ? qualified : qualified.slice(0, dot);
}

/** The packages that models are made of. */
export function modelRoots(libraries: readonly Library[]): readonly string[] {
  return libraries.flatMap(({ roots, module }) => (module === undefined ? [] : roots));
}

/**
 * Whether a text names a package that models are made of or trained with, or a layer or an optimizer as projects name it that
 * import these from a module of their own; one that names none holds no model, and trains none, that could be read.
 */
export function mentionsModels(libraries: readonly Library[]): (text: string) => boolean {
  const described = libraries.flatMap((library) => (library.described === undefined ? [] : library.roots));
  const trained = libraries.flatMap(({ optimizers = [] }) => optimizers.map(rootOf));
  const names = new Set([
    ...modelRoots(libraries),
    ...described,
    ...trained,
    String.raw`(?:nn|optim)\.[A-Z]\w*`,
  ]);
  const pattern = new RegExp(`\\b(?:${[...names].join('|')})\\b`);
  return (text) => pattern.test(text);
}

/** What tells of training beside the names of optimizers. */
const TRAINING: readonly string[] = [
  String.raw`\boptim\b`,
  '[Oo]ptimizer',
  'Trainer',
  'param_groups',
  String.raw`\.backward\(`,
  String.raw`\.step\(`,
];

/** `TrainLoop(…)`, `train(…)`, `trainer.fit(…)`, and not `model.train()`. */
const CALLS_TRAINING = /(?<![.\w])\w*[Tt]rain\w*\(|\.(?:fit|run_loop|train_\w+)\(/;

/** Whether a text hands something to code that may train it, by what it calls. */
export function callsTraining(text: string): boolean {
  return CALLS_TRAINING.test(text);
}

/** Whether a text may train a model, by what it names: read before it is parsed. */
export function mentionsTraining(libraries: readonly Library[]): (text: string) => boolean {
  const names = libraries.flatMap(({ optimizers = [] }) =>
    optimizers.map((qualified) => qualified.slice(qualified.lastIndexOf('.') + 1)),
  );
  // A project's own are often named after them: `NorMuon`.
  const pattern = new RegExp([...new Set([...TRAINING, ...names])].join('|'));
  return (text) => pattern.test(text);
}
