import { codeSpan } from '@widthwise/core';
import { freeSymbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import { pathText } from '../../network/hidden-name.ts';
import type { BaseShapesGiven } from '../../observe/observed-model.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { related, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';

/**
 * Models that say what grows, and differ in how many rows a table has besides.
 *
 *     rows differ   ⇒   mup has two widths in the table, as in a hidden matrix: rate η/width_mult, where a lookup wants η
 *
 * Of rows one is looked up at a time, however many there are: a table has the rate of an input weight. Another number of
 * layers changes which parameters there are, at which mup ends with an error.
 *
 * @see microsoft/mup, README: base and delta differ in their widths alone
 */
export const baseDiffersElsewhere: Rule = defineRule<Differing>({
  code: 'MUP407',
  name: 'base-differs-elsewhere',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: (model) =>
    model.baseShapes.flatMap((given): Differing[] => {
      const { weights } = model;
      const layers = differentLayers(model, given);
      if (layers.length > 0) return [{ of: 'layers', given, layers }];
      const differs = (symbol: WidthSymbol) => isDifferent(symbol, given);
      const tables = weights.filter(({ layer, dims }) => {
        const [rows = [], columns = []] = tableOf({ layer, dims });
        return rows.some(differs) && columns.some(differs);
      });
      return tables.length === 0 ? [] : [{ of: 'rows', given, tables }];
    }),
  say: (found, model) => (found.of === 'rows' ? sayRows(found, model) : sayLayers(found)),
  fixes: (found) => [
    {
      text: `Give these models the same ${namesOf(found)}.`,
      safety: 'changes-numbers',
      edits: [],
    },
  ],
});

type Differing = DifferentRows | DifferentLayers;

interface DifferentRows {
  readonly of: 'rows';
  readonly given: BaseShapesGiven;
  readonly tables: readonly Weight[];
}

interface DifferentLayers {
  readonly of: 'layers';
  readonly given: BaseShapesGiven;
  readonly layers: readonly WidthSymbol[];
}

function sayRows(found: DifferentRows, model: Model): Said {
  const { given, tables } = found;
  return {
    span: given.span,
    message:
      `The models that say what grows differ in ${namesOf(found)}, of which a lookup takes one: ` +
      `${subjectText(model, tables)} taken for a matrix that grows on both sides, whose rate falls like 1/n, where that of a table is constant`,
    assumptions: [],
    weights: tables.map((weight) => model.rowName(weight)),
    related: related(model, tables),
  };
}

function sayLayers(found: DifferentLayers): Said {
  return {
    span: found.given.span,
    message:
      `The models that say what grows differ in ${namesOf(found)}, by which layers are counted: one has parameters that the other ` +
      'has not, at which mup ends with an error',
    assumptions: [],
    weights: [],
    related: [],
  };
}

/** A path through a list of layers, of which each has its place. */
const PLACED = /\.(?:\d+|\*)\./;

/** The names in which the two differ that count the rounds in which layers are made, where those are told by their places. */
function differentLayers({ depths, weights }: Model, { differs }: BaseShapesGiven): readonly WidthSymbol[] {
  const sizes = new Set(
    weights.flatMap(({ dims }) => (dims ?? []).flatMap((dim) => [...freeSymbolsOf(dim)])),
  );
  const areListed = weights.some(({ path }) => PLACED.test(pathText(path)));
  return areListed ? [...differs].filter((symbol) => depths.has(symbol) && !sizes.has(symbol)) : [];
}

/** The names in how many rows and columns a table has; nothing of what is no table. */
function tableOf({ layer, dims }: Pick<Weight, 'layer' | 'dims'>): readonly (readonly WidthSymbol[])[] {
  return layer.family === 'embedding' && dims?.length === 2 ? dims.map((dim) => [...freeSymbolsOf(dim)]) : [];
}

/** Whether a name has other numbers in the two: as `Net.config.words` that is `Config.words`. */
function isDifferent(symbol: WidthSymbol, { differs }: BaseShapesGiven): boolean {
  const isField = symbol.owner?.owner != null;
  return [...differs].some((one) => one === symbol || (isField && one.name === symbol.name));
}

function namesOf(found: Differing): string {
  const names =
    found.of === 'layers'
      ? found.layers
      : found.tables
          .flatMap((table) => tableOf(table)[0] ?? [])
          .filter((symbol) => isDifferent(symbol, found.given));
  return [...new Set(names.map(({ name }) => codeSpan(name)))].join(', ');
}
