import { codeSpan } from '@widthwise/core';
import { type Checking, check, type Made } from './check-model.ts';
import { readDirectives } from './directives.ts';
import type { TrainingMatters } from './interpret/language/loaded-modules.ts';
import type { ObservedModel } from './observe/observed-model.ts';
import type { AnalysisOptions, Profile } from './options.ts';
import type { Model } from './outline/model.ts';
import { type Judging, judgeModel } from './outline/weight-table.ts';
import { meansMup } from './profile.ts';
import { isSamePlace, type Span } from './syntax/span.ts';
import { isHere, moduleIndexOf, type SourceModules } from './workspace/source-modules.ts';
import { DESCRIBED } from './workspace/workspace.ts';

interface CheckTrained extends Judging {
  readonly options: AnalysisOptions;
  /** With what the file is checked that trains the model. */
  readonly checking: Checking;
  readonly modules: SourceModules;
}

/** Without a word of μP nothing is said of rates, unless somebody asks or whole matrices are trained. */
export function trainingMatters(
  modules: SourceModules,
  { rules, profile: asked }: AnalysisOptions,
  profile: Profile,
): TrainingMatters {
  return (model, byMatrices) =>
    byMatrices ||
    profile === 'mup' ||
    Object.keys(rules).length > 0 ||
    (asked === 'auto' && meansWidth(modules, model));
}

/** Whether the file of a model means μP, or declares what its width is. */
function meansWidth(modules: SourceModules, model: Span): boolean {
  const text = modules.around(model)?.text ?? '';
  return meansMup(text) || widthsDeclaredAt(modules, model, text).length > 0;
}

function widthsDeclaredAt(modules: SourceModules, model: Span, text: string): readonly string[] {
  return readDirectives(modules.commentsAround(model), text).widths.map(({ name }) => name);
}

/** A model of another file that the analysed one trains, with what is found of that here alone. */
export function checkTrained(
  observed: ObservedModel,
  { options, budget, classifications, checking, modules }: CheckTrained,
): readonly { readonly model: Model; readonly made: readonly Made[] }[] {
  const home = modules.around(observed.span);
  if (home === undefined || home.path.startsWith(DESCRIBED)) return [];
  const declared = widthsDeclaredAt(modules, observed.span, home.text);
  const widths = [...options.widths, ...declared];
  const model = judgeModel(observed, { ...options, widths }, { budget, classifications });
  if (model === undefined || observed.broken) return [];
  const isMup = options.profile === 'auto' && meansWidth(modules, observed.span);
  const made = check(model, isMup ? { ...checking, profile: 'mup' } : checking);
  // How a layer starts by default is the affair of whoever makes it.
  const isMade = (place: Span) => model.weights.some(({ spans }) => isSamePlace(spans.constructor, place));
  const isShown = ({ shownAs, finding: { span } }: Made) =>
    shownAs === 'finding' && (isHere(span) || (standsHere(span, observed.span) && !isMade(span)));
  return [{ model, made: made.filter(isShown) }];
}

/** A model of another file that is made of what the analysed one has, with what is found of that here. */
export function checkWhole(
  observed: ObservedModel,
  given: CheckTrained,
): readonly { readonly model: Model; readonly made: readonly Made[] }[] {
  const home = given.modules.around(observed.span)?.name;
  return checkTrained(observed, given).map(({ model, made }) => ({
    model,
    made: made.map(({ shownAs, finding }) => {
      const assumption = `Assumes it is a part of ${codeSpan(observed.name)}${home ? ` of ${codeSpan(home)}` : ''}.`;
      return { shownAs, finding: { ...finding, assumptions: [...finding.assumptions, assumption] } };
    }),
  }));
}

/** Whether the file itself has something done to a model of another: what that model's own file does, it does for all. */
function standsHere(span: Span, model: Span): boolean {
  if (isHere(span)) return true;
  return (
    span.calledAt !== undefined &&
    (span.isMadeThere === true || moduleIndexOf(span) !== moduleIndexOf(model)) &&
    standsHere(span.calledAt, model)
  );
}
