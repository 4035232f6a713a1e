import type { BuiltCheckReport, PlaceInCode } from './built-check-report.ts';
import { type BuiltCheckRow, builtCheckRows } from './check-words.ts';

/** One row, as the editor reads it out of the JSON (`ModelCheckRow` of the protocol). */
interface CheckTableRow extends PlaceInCode, Omit<BuiltCheckRow, 'path'> {
  /** What would mend it; empty where it is not blamed, or nothing is known of that. */
  readonly mending: string;
  /** The line that is blamed. */
  readonly blamed: PlaceInCode['code'];
}

/** A row a place, those alike in one: what it is in the code, what was measured, and what would mend it. */
export function checkTable(report: BuiltCheckReport): readonly CheckTableRow[] {
  return builtCheckRows(report).map(({ path, ...row }) => {
    const { code = null, init = null, rate = null } = report.places.get(path) ?? {};
    const suspects = report.suspects.filter(({ layers }) => layers.includes(path));
    const [first] = suspects;
    const line = first?.line ?? null;
    return {
      ...row,
      code,
      init,
      rate,
      mending: suspects.flatMap(({ mending }) => (mending === '' ? [] : [mending])).join('. '),
      blamed: line === null ? null : { file: line.file, line: line.line },
    };
  });
}
