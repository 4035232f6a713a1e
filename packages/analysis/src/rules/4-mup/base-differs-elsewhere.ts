import { codeSpan } from '@widthwise/core';
import { freeSymbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { BaseShapesGiven } from '../../observe/observed-model.ts';
import type { Weight } from '../../outline/weights.ts';
import { related, subjectText } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * Models that say what grows, and differ in how many rows a table has besides.
 *
 *     rows differ   ⇒   mup has two widths in the table, as in a hidden matrix: rate η/width_mult, where a lookup wants η
 *
 * Of rows one is looked up at a time, however many there are: a table has the rate of an input weight. Other differences
 * change which parameters there are, at which mup ends with an error.
 *
 * @see microsoft/mup, README: base and delta differ in their widths alone
 */
export const baseDiffersElsewhere: Rule = defineRule<DifferentRows>({
  code: 'MUP407',
  name: 'base-differs-elsewhere',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  check: ({ baseShapes, weights }) =>
    baseShapes.flatMap((given) => {
      const differs = (symbol: WidthSymbol) => isDifferent(symbol, given);
      const tables = weights.filter(({ layer, dims }) => {
        const [rows = [], columns = []] = tableOf({ layer, dims });
        return rows.some(differs) && columns.some(differs);
      });
      return tables.length === 0 ? [] : [{ given, tables }];
    }),
  say: ({ given, tables }, model) => ({
    span: given.span,
    message:
      `The models that say what grows differ in ${namesOf(tables, given)}, of which a lookup takes one: ` +
      `${subjectText(model, tables)} taken for a matrix that grows on both sides, whose rate falls like 1/n, where that of a table is constant`,
    assumptions: [],
    weights: tables.map((weight) => model.rowName(weight)),
    related: related(model, tables),
  }),
  fixes: ({ given, tables }: DifferentRows) => [
    {
      text: `Give these models the same ${namesOf(tables, given)}.`,
      safety: 'changes-numbers',
      edits: [],
    },
  ],
});

interface DifferentRows {
  readonly given: BaseShapesGiven;
  readonly tables: readonly Weight[];
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

function namesOf(tables: readonly Weight[], given: BaseShapesGiven): string {
  const rows = tables.flatMap((table) => tableOf(table)[0] ?? []);
  const names = rows.filter((symbol) => isDifferent(symbol, given));
  return [...new Set(names.map(({ name }) => codeSpan(name)))].join(', ');
}
