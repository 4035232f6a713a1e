import type { Budget } from '../budget.ts';
import { isConstant } from '../growth/growth-of.ts';
import { freeSymbolsOf } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { GrowingProduct, ModelOutline, UnderAdam, WeightRow } from '../model-outline.ts';
import { pathText } from '../network/hidden-name.ts';
import type { ObservedModel } from '../observe/observed-model.ts';
import type { AnalysisOptions } from '../options.ts';
import { placeKey } from '../syntax/span.ts';
import { problemsOf } from '../words/row-judgement.ts';
import {
  constantAssumption,
  headAssumption,
  methodAssumptions,
  numbersOf,
  widthAssumption,
} from './assumptions.ts';
import { withBuilt } from './built-exponents.ts';
import { type ForwardPass, readForwardPass } from './forward/forward-pass.ts';
import type { Judgement } from './judgement.ts';
import { readTwin } from './mlp-twin.ts';
import type { Model } from './model.ts';
import { undecidedHeads } from './open-heads.ts';
import { readingsOf } from './readings.ts';
import { trainedByAdam } from './under-adam.ts';
import type { VerdictReading } from './verdict.ts';
import { type RowSources, readRows } from './weight-rows.ts';
import { readWeights, type Weight } from './weights.ts';
import type { WidthDeclarations } from './widths/declarations.ts';
import { nameNumbers } from './widths/named-numbers.ts';
import { findWidths, type WidthSources, type Widths } from './widths.ts';

/** What judging a model takes beside its parts, and what reading a parameter, its row, and handing that on take. */
const WORK_OF_MODEL = 1500;
const WORK_OF_ROW = 100;

/** A model without an optimizer whose judgement takes more is not judged once more with one. */
const MOST_FORETOLD = 250_000;

/** A model of which a name is supposed to be the width and whose judgement takes more is not judged so. */
const MOST_SUPPOSED = 250_000;

/** What a model is judged with. */
export type Judging = Pick<RowSources, 'budget' | 'classifications'>;

/** What people and the factories of theirs say of a model. */
type Declarations = WidthDeclarations & Pick<AnalysisOptions, 'built'>;

/** Works out the table and verdict of one model; undefined for a class without parameters. */
export function judgeModel(
  observed: ObservedModel,
  declarations: Declarations,
  judging: Judging,
): Model | undefined {
  if (observed.parameters.length === 0) return undefined;
  const model = judged(observed, declarations, judging);
  const { budget } = judging;
  const readings = readingsOf(model.widths.mayBe, (supposed) =>
    budget.within(MOST_SUPPOSED, () => judged(observed, { ...declarations, supposed }, judging)),
  );
  return { ...model, readings, outline: underOnly(model.outline, readings) };
}

/** Where one name alone may be the width, what the table says if it is, without a verdict. */
function underOnly(outline: ModelOutline, readings: Model['readings']): ModelOutline {
  const [alike = [], ...others] = readings;
  const [only, ...more] = alike;
  if (only === undefined || others.length + more.length > 0) return outline;
  const { weights, read, total, assumptions, widths } = only.outline;
  return { ...outline, weights, read, total, assumptions, supposed: widths };
}

function judged(
  observed: ObservedModel,
  declarations: Declarations & Pick<WidthSources, 'supposed'>,
  { budget, classifications }: Judging,
): Model {
  // Kept judgements are told apart by this.
  const mayForetell = budget.hasPlenty && !observed.hasBaseShapes && declarations.supposed === undefined;
  budget.spend(WORK_OF_MODEL + WORK_OF_ROW * observed.parameters.length);
  const { pass, widths, weights: read } = readModel(observed, declarations, budget);
  const weights = withBuilt(read, declarations.built ?? []);
  const reading: RowSources = { pass, widths, budget, classifications };
  const before = budget.spent;
  const { judgement, groups, rows, judged: found } = readRows(weights, reading);
  const growing = found.verdict?.regime === 'unstable' ? growingIn(judgement) : [];
  const verdict = isExplained(found.verdict, { rows, growing }) ? found.verdict : null;
  const underAdam =
    mayForetell && verdict === null && budget.spent - before < MOST_FORETOLD
      ? (budget.within(MOST_FORETOLD, () => foretold(weights, rows, reading)) ?? null)
      : null;
  const undecided = undecidedHeads({ pass, weights, widths });
  const outline: ModelOutline = {
    name: observed.name,
    span: observed.span,
    ...(observed.chain !== null && { chain: observed.chain }),
    weights: rows,
    read: rows.filter(isRead).length,
    total: rows.length,
    widths: widths.names,
    candidates: widths.candidates,
    unfound: widths.unfound,
    supposed: [],
    verdict,
    growing,
    missing: found.missing,
    goesOn: observed.unseen.goesOn,
    assumptions: [
      ...widthAssumption(widths),
      ...methodAssumptions(observed),
      ...constantAssumption(
        [...numbersOf(weights), ...(judgement?.hangsOnHeads ? [] : widths.splits)],
        widths,
        undecided,
      ),
      ...(judgement?.hangsOnHeads ? [] : headAssumption(undecided)),
      ...(underAdam?.assumptions ?? found.assumptions),
    ],
    twin: readTwin({ pass, weights, widths }),
    headline: verdict && found.headline,
    underAdam: underAdam && { verdict: underAdam.verdict, problems: underAdam.problems },
  };
  const names = new Map(groups.flatMap(({ name, members }) => members.map((one) => [one, name])));
  return {
    weights,
    widths,
    judgement,
    pass,
    verdict,
    hasBaseShapes: observed.hasBaseShapes,
    baseShapes: observed.baseShapes,
    depths: observed.depths,
    outline,
    readings: [],
    rowName: (weight) => names.get(weight) ?? pathText(weight.path),
  };
}

/** Where features times features grow. */
function growingIn(judgement: Judgement | null): readonly GrowingProduct[] {
  const products = judgement?.growingProducts ?? [];
  const spans = new Map(
    products.flatMap(({ span }) => (span === null ? [] : [[placeKey(span), span] as const])),
  );
  return [...spans.values()].map((span) => ({ span }));
}

/** Whether a part of a model that makes it unstable can be named, where others are not known. */
function isExplained(
  verdict: ModelOutline['verdict'],
  { rows, growing }: { readonly rows: readonly WeightRow[]; readonly growing: readonly GrowingProduct[] },
): boolean {
  if (verdict?.regime !== 'unstable' || !verdict.whateverTheRest) return true;
  return growing.length > 0 || problemsOf(rows).length > 0;
}

/** What Adam at one rate would make of a model without an optimizer; null where that is not known. */
function foretold(
  weights: readonly Weight[],
  asTheyAre: readonly WeightRow[],
  reading: RowSources,
): (UnderAdam & Pick<VerdictReading, 'assumptions'>) | null {
  const trained = reading.widths.areNumbers ? null : trainedByAdam(weights);
  if (trained === null) return null;
  const { rows, judged } = readRows(trained, reading);
  const { verdict, assumptions } = judged;
  const before = new Set(problemsOf(asTheyAre));
  const problems = problemsOf(rows).filter((problem) => !before.has(problem));
  return verdict && { verdict, assumptions, problems };
}

/** A model as it is judged. */
interface ReadModel {
  readonly pass: ForwardPass;
  readonly widths: Widths;
  readonly weights: readonly Weight[];
}

/**
 * Its forward pass, widths and weights. Where numbers are the sizes of features, those may be widths; constants of the
 * file are read as names where they are widths or may be.
 */
function readModel(
  observed: ObservedModel,
  { supposed, ...declarations }: WidthDeclarations & Pick<WidthSources, 'supposed'>,
  budget: Budget,
): ReadModel {
  const written = readForwardPass(observed.forward, budget);
  const read = (isName: (constant: WidthSymbol) => boolean) => {
    const named = nameNumbers(observed, written, { declared: declarations.widths, isName, budget });
    const { model, pass } = named ?? { model: observed, pass: written };
    const numbers: ReadonlySet<WidthSymbol> = named?.names ?? new Set();
    const widths = findWidths({ model, pass, declarations, numbers, ...(supposed && { supposed }) }, budget);
    return { model, pass, widths, constants: named?.constants ?? [] };
  };
  let found = read(() => true);
  const { constants } = found;
  const concerned = constants.length === 0 ? constants : constants.filter(besideWidths(found));
  if (concerned.length < constants.length) found = read((constant) => concerned.includes(constant));
  return { pass: found.pass, widths: found.widths, weights: readWeights(found) };
}

/** Whether a name may grow, or stands in one length with one that may, as the number of heads does. */
function besideWidths({ pass, widths }: Pick<ReadModel, 'pass' | 'widths'>): (name: WidthSymbol) => boolean {
  if (widths.names.length === 0) return () => false;
  const mayGrow = (symbol: WidthSymbol) =>
    !isConstant(widths.growthOf({ op: 'symbol', symbol, value: null }));
  const lengths = pass.tensors.flatMap(({ shape }) => (shape?.dims ?? []).map(freeSymbolsOf));
  const concerned = new Set(lengths.flatMap((names) => ([...names].some(mayGrow) ? [...names] : [])));
  return (name) => concerned.has(name) || mayGrow(name);
}

/** Role, multiplier and init are known, whoever trains it. */
function isRead({ role, a, b }: WeightRow): boolean {
  return role !== null && a !== null && b !== null;
}
