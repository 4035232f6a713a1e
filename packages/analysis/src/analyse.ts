import type { Analysis } from './analysis.ts';
import { Budget, Unwanted, type Watch } from './budget.ts';
import { checkAlone } from './check-alone.ts';
import { type Checking, check, inOrder, problemOf } from './check-model.ts';
import { checkSuppressions } from './check-suppressions.ts';
import { checkTrained, checkWhole, trainingMatters } from './check-trained.ts';
import { detached } from './detached.ts';
import { readDirectives } from './directives.ts';
import type { NamesAt, StartInWhole } from './fixes/code-around.ts';
import { startsIn } from './fixes/started-in-wholes.ts';
import { findingHere, outlineHere, trainedHere } from './here.ts';
import { mentionsModels } from './interpret/machine/library.ts';
import { LIBRARIES } from './libraries/index.ts';
import { codeMayTrain, mayStart, mayTrain } from './may-train.ts';
import { nothingOf } from './nothing-of.ts';
import { KeptObservations } from './observe/kept-observations.ts';
import { KnownScripts } from './observe/known-scripts.ts';
import type { ObservedModel } from './observe/observed-model.ts';
import type { AnalysisOptions } from './options.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { ofBrokenText } from './outline/broken-model.ts';
import { KeptJudgements } from './outline/kept-judgements.ts';
import type { Model } from './outline/model.ts';
import { unfoundOf } from './outline/unfound-widths.ts';
import { partWidths } from './outline/widths/part-widths.ts';
import { profileOf } from './profile.ts';
import type { PythonModule } from './syntax/ast.ts';
import { lineIndex } from './syntax/line-index.ts';
import { namesIn } from './syntax/names-at.ts';
import type { Standpoint } from './syntax/python/kept-stretches.ts';
import { loadPythonParser, type ParserWasm, type PythonParser } from './syntax/python/python-parser.ts';
import type { Unread } from './unread.ts';
import { judged, observed, withinBudget } from './within-budget.ts';
import { starsIn } from './workspace/bindings.ts';
import { isHere, SourceModules } from './workspace/source-modules.ts';
import type { Place } from './workspace/workspace.ts';

export interface Analyser {
  /**
   * Any text has an analysis; one that holds no model code has an empty one.
   *
   * @throws Unwanted, and nothing else, where the watch says so
   */
  analyse(text: string, options?: AnalysisOptions, place?: Place | null): Analysis;
  /** Lets nothing be kept of the texts that were analysed: the next one costs what it costs by itself, and says the same. */
  forget(): void;
}

/**
 * Loads the parser. The analyser may be kept for the life of the process.
 *
 * @param watch by which an analysis is stopped that takes far longer than its work should, or that nobody wants
 * @param told of the units of work that each analysis has taken
 */
export async function loadAnalyser(
  wasm: ParserWasm,
  watch: Watch = {},
  told: (units: number) => void = () => {},
): Promise<Analyser> {
  const parser = await loadPythonParser(wasm);
  const modules = new SourceModules(parser);
  const scripts = new KnownScripts(watch);
  let kept = nothingKept();
  return {
    analyse(given, { hasEarlier = false, isTried = false, ...options } = DEFAULT_OPTIONS, place = null) {
      const budget = new Budget(watch);
      try {
        // What is kept of the text moves with it: what is given away stays as it is.
        return detached(
          analyseText(given, options, {
            parser,
            modules,
            scripts,
            ...kept,
            budget,
            place,
            hasEarlier,
            isTried,
          }),
        );
      } catch (error) {
        if (error instanceof Unwanted) throw error;
        return nothingOf(options, { kind: 'failed', problem: problemOf(error) });
      } finally {
        told(budget.spent);
      }
    },
    forget() {
      parser.forget();
      kept = nothingKept();
    },
  };
}

function nothingKept(): Pick<Tools, 'observations' | 'observationsAlone' | 'judgements'> {
  return {
    observations: new KeptObservations(),
    observationsAlone: new KeptObservations(),
    judgements: new KeptJudgements(),
  };
}

/** More text than is parsed in the time that somebody who types waits. */
const MOST_TEXT = 2_000_000;

interface Tools {
  readonly parser: PythonParser;
  readonly modules: SourceModules;
  readonly scripts: KnownScripts;
  readonly observations: KeptObservations;
  /** Of texts without the files that use them. */
  readonly observationsAlone: KeptObservations;
  readonly judgements: KeptJudgements;
  readonly budget: Budget;
  readonly place: Place | null;
  readonly hasEarlier: boolean;
  readonly isTried: boolean;
}

function analyseText(given: string, options: AnalysisOptions, tools: Tools): Analysis {
  if (!mayHoldModels(given)) return withoutModels(given, options, tools);
  if (given.length > MOST_TEXT) {
    return nothingOf(options, { kind: 'too-long', length: given.length, most: MOST_TEXT });
  }
  const text = withLineFeeds(given);
  const { parser, budget } = tools;
  const unread: Unread[] = [];
  budget.ofParsing();
  const [module] = withinBudget(text, unread, () => [parser.parseAgain(text, budget, standpointOf(tools))]);
  if (module === undefined) return nothingOf(options, ...unread);
  budget.renew();
  budget.ofText(lineIndex(text).count);
  const brokenLine = module.brokenAt === null ? null : lineIndex(text).placeOf(module.brokenAt).line;
  if (brokenLine !== null) unread.push({ kind: 'syntax', line: brokenLine });
  const directives = readDirectives(module.comments, text);
  const widths = [...options.widths, ...directives.widths.map(({ name }) => name)];
  const profile = profileOf(options, { text, module, declaresWidth: directives.widths.length > 0 });
  if (brokenLine !== null && tools.hasEarlier)
    return { ...nothingOf(options, ...unread), profile, broken: true };
  const checking: Checking = {
    profile,
    severities: options.rules,
    code: {
      text,
      module,
      namesAt: namesHere(module),
      textAround: (span) => tools.modules.around(span)?.text,
    },
    unread,
    budget,
  };
  const reading = { text, unread, budget };
  const trains = tools.place !== null && (mayTrain(text) || mayStart(text)) && codeMayTrain(module);
  const surroundings = {
    ...tools,
    scripts: tools.place?.isStill === true ? tools.scripts.forFile() : null,
    manner: JSON.stringify([profile, options, trains]),
    stars: starsIn(module.body),
    trains: trains ? trainingMatters(tools.modules, options, profile) : null,
  };
  const { models: seen, trained, wholes, configured, imported } = observed(module, reading, surroundings);
  budget.renew();
  // Models stand behind their parts, and are judged before them.
  const inWholes = new Set<string>();
  const startedInWholes: StartInWhole[] = [];
  const models = judged(seen, reading, (one) => {
    const read = tools.judgements.judge(one, { ...options, inWhole: [...inWholes], widths }, budget);
    if (read === undefined) return [];
    for (const size of partWidths(one, read)) inWholes.add(size);
    if (!isWorthShowing(one, read)) return [];
    const isMade = one.calls.length > 0;
    if (one.broken || brokenLine !== null)
      return [{ model: ofBrokenText(read, brokenLine), made: [], isMade }];
    const code = { ...checking.code, startedInWholes: [...startedInWholes] };
    if (one.isSizedOutside && one.chain === null) startedInWholes.push(...startsIn(read));
    return [{ model: read, made: check(read, { ...checking, code }), isMade }];
  });
  const { classifications } = tools.judgements;
  const elsewhere = { options: { ...options, widths }, budget, classifications, checking };
  const checked = (others: readonly ObservedModel[], checkOne: typeof checkTrained) =>
    others.flatMap(
      (one) =>
        budget.within(Number.POSITIVE_INFINITY, () =>
          checkOne(one, { ...elsewhere, modules: tools.modules }),
        ) ?? [],
    );
  const imports = checked(trained, checkTrained);
  const around = [...checked(wholes, checkWhole), ...checked(configured, checkTrained)];
  // What there is no more work for is not found: all else is.
  const alone = withinBudget(text, [], () =>
    checkAlone(models, tools.place, {
      observe: (place) => {
        budget.renew();
        const beside = { ...surroundings, place, scripts: null, trains: null };
        return tools.observationsAlone.observe(module, budget, { ...surroundings, around: beside }).models;
      },
      judge: (one) => tools.judgements.judge(one, { ...options, inWhole: [...inWholes], widths }, budget),
      check: (model) => check(model, { ...checking, unread: [] }),
    }),
  );
  const found = [...models, ...alone, ...imports, ...around].flatMap(({ model: { outline }, made }) =>
    made.map((one) => ({ ...one, finding: findingHere(one.finding, outline, tools.modules) })),
  );
  const silent = checkSuppressions({
    directives,
    made: found,
    models: models.map(({ model }) => model),
    checking,
  });
  const kept = [...found, ...silent].filter(
    ({ finding: { code, span } }) => !directives.isSuppressed(code, span) || code === 'MUP003',
  );
  return {
    profile,
    broken: module.broken,
    unread,
    findings: inOrder(kept, 'finding'),
    notes: inOrder(kept, 'lens'),
    imported,
    bare: seen.flatMap(({ name, chain, parameters }) =>
      chain === null && parameters.length === 0 ? [name] : [],
    ),
    models: models.map(({ model }) => outlineHere(model.outline, { text, modules: tools.modules })),
    trained: imports.map(({ model }) => trainedHere(model.outline, { text, modules: tools.modules })),
    unfound: unread.length > 0 ? [] : unfoundOf(directives.widths, [...models, ...imports, ...around]),
  };
}

/** Of a text that names no package of models only that it cannot be parsed, where somebody asks for it. */
function withoutModels(given: string, options: AnalysisOptions, tools: Tools): Analysis {
  if (options.isNamed !== true || given.length > MOST_TEXT) return nothingOf(options);
  const text = withLineFeeds(given);
  const { parser, budget } = tools;
  budget.ofParsing();
  const [module] = withinBudget(text, [], () => [parser.parseAgain(text, budget, standpointOf(tools))]);
  const at = module?.brokenAt ?? null;
  if (at === null) return nothingOf(options);
  return nothingOf(options, { kind: 'syntax', line: lineIndex(text).placeOf(at).line });
}

/** Whether a model is one that somebody trains or scales: a chain of layers that is neither may be a part of any. */
function isWorthShowing({ chain, optimizers }: ObservedModel, { widths }: Model): boolean {
  return chain === null || optimizers.length > 0 || (widths.names.length > 0 && !widths.areNumbers);
}

function standpointOf({ place, isTried }: Tools): Standpoint {
  return { file: place?.path ?? '', isTried };
}

/** A carriage return alone ends a line in Python, and the grammar does not know; every offset stays what it was. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text;
}

const mayHoldModels = mentionsModels(LIBRARIES);

/** Names of another file are none that this one may use. */
function namesHere(module: PythonModule): NamesAt {
  const names = namesIn(module);
  return (offset) => (isHere({ start: offset, end: offset }) ? names(offset) : new Set());
}
