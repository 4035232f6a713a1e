import type { FixSafety, TextEdit } from '../finding.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { BaseNumbers } from '../outline/widths/given-numbers.ts';
import type { CodeAround } from './code-around.ts';
import { type NoEdit, noEdit } from './no-edit.ts';
import { type BaseFrom, type ModelHere, widthHere } from './width-here.ts';

/** A factor as code, 1 at the base width. */
export interface ScalingFactor {
  /** `(768 / config.n_embd) ** 0.5`. */
  readonly text: string;
  /** `768 / config.n_embd`. */
  readonly ratio: string;
  /** The width at which it is 1, as code. */
  readonly base: string;
  readonly width: string;
  readonly from: BaseFrom;
  /** Puts a name for the base width at the top of the file, whose value only its author knows. */
  readonly declares: TextEdit | null;
}

/** Edits that change nothing at some width, and how sure that is. */
export interface ScaledEdits {
  readonly edits: readonly TextEdit[];
  readonly safety: FixSafety;
  readonly factor: ScalingFactor;
}

export interface FactorWanted {
  readonly offset: number;
  /** Names of the width, the best first. */
  readonly symbols: Iterable<WidthSymbol>;
  /** A model that code at the offset has, whose attributes may say how wide it is. */
  readonly owner?: ModelHere;
  /** What else the code there may write for a width, as a layer that it has in hand knows it. */
  readonly sizes?: ReadonlyMap<WidthSymbol, string>;
  /** The numbers that the code gives a width where it makes models. */
  readonly given: (symbol: WidthSymbol) => BaseNumbers;
  /** Of base ÷ width; below 0 it is width ÷ base. */
  readonly power: number;
}

/** Writes (base ÷ width)^power with names that the file has at an offset; why not where it has none for the width. */
export function scalingFactor(
  code: CodeAround,
  { offset, symbols, power, owner, sizes, given }: FactorWanted,
): ScalingFactor | NoEdit {
  const here = widthHere(code, { offset, symbols, owner, sizes, given });
  if (here === null || power === 0) return noEdit('the code there has no name for the width');
  const { width, from } = here;
  const declares = here.base === null ? declaredBase(code) : null;
  const base = here.base ?? (declares === null ? null : BASE_NAME);
  if (base === null)
    return noEdit(
      `no number in sight is the width that these numbers were chosen at, and ${BASE_NAME} cannot be put behind the imports`,
    );
  const ratio = power > 0 ? `${base} / ${width}` : `${width} / ${base}`;
  const size = Math.abs(power);
  return {
    text: size === 1 ? `(${ratio})` : `(${ratio}) ** ${numberText(size)}`,
    ratio,
    base,
    width,
    from,
    declares,
  };
}

/** Edits that use the factor, and how safe they are: where the base has to be declared first, a number has to be decided. */
export function sameAt(factor: ScalingFactor, edits: readonly TextEdit[]): ScaledEdits {
  const { declares } = factor;
  return {
    edits: declares === null ? edits : [declares, ...edits],
    safety: declares === null ? 'identical-at-base' : 'needs-decision',
    factor,
  };
}

function numberText(size: number): string {
  const third = Math.round(size * 3);
  return Number.isInteger(size * 8) ? String(size) : `(${third} / 3)`;
}

const BASE_NAME = 'BASE_WIDTH';

/** Any width at all: what stands there has to be replaced. */
const PLACEHOLDER = 256;

/** A constant behind the imports, for a number that the file does not have; null where its name is taken. */
function declaredBase({ text, module }: CodeAround): TextEdit | null {
  if (new RegExp(`\\b${BASE_NAME}\\b`).test(text)) return null;
  const lead = module.body.findIndex(({ kind }) => kind === 'class' || kind === 'function');
  const before = module.body.slice(0, lead < 0 ? module.body.length : lead);
  const last = before.findLast(({ kind }) => kind === 'import');
  if (last === undefined) return null;
  const { end } = last.span;
  const lineEnd = /\r\n|\r|\n/.exec(text.slice(end));
  if (lineEnd === null || text.slice(end, end + lineEnd.index).includes(';')) return null;
  const at = end + lineEnd.index + lineEnd[0].length;
  const constant = `${BASE_NAME} = ${PLACEHOLDER}  # the width that these numbers were chosen at: put yours here`;
  return { span: { start: at, end: at }, text: `${constant}${lineEnd[0]}` };
}
