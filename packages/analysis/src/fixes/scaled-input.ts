import type { Application } from '../outline/factors.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { Expression } from '../syntax/ast.ts';
import { type Node, nodesIn } from '../syntax/nodes-in.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { multiplied } from './multiplied.ts';
import { type NoEdit, noEdit } from './no-edit.ts';
import { callAt, chainText, functionAround } from './nodes.ts';
import { ownSizes } from './own-sizes.ts';
import { type ScaledEdits, sameAt, scalingFactor } from './scaling-factor.ts';
import { joinedEdits } from './text-edits.ts';
import { widthsOf } from './widths-of.ts';

/** Places where a weight is applied, and by which power of (base ÷ width) what it is applied to is multiplied. */
export interface ScaledInput {
  readonly applications: readonly Application[];
  readonly weight: Weight;
  readonly power: number;
}

/** Multiplies what a weight is applied to, at every one of the places; why not where the file does not show how at one. */
export function scaledInput(
  { applications, weight, power }: ScaledInput,
  model: Model,
  code: CodeAround,
): ScaledEdits | NoEdit {
  const places = placesOf(applications, code);
  if (places === null) return noEdit('no call in this file shows what the weight is applied to');
  const symbols = widthsOf([weight], model);
  const each: ScaledEdits[] = [];
  for (const { given } of places) {
    const factor = scalingFactor(code, {
      offset: given.span.start,
      symbols,
      power,
      given: model.widths.given,
      sizes: ownSizes(model, code, given.span.start),
    });
    if ('why' in factor) return factor;
    each.push(sameAt(factor, multiplied(given, factor.text)));
  }
  const edits = joinedEdits(each.map((one) => one.edits));
  const whole = each.find(({ safety }) => safety === 'needs-decision') ?? each[0];
  return whole === undefined || edits === undefined
    ? noEdit('the places where the weight is applied lie within each other')
    : { ...whole, edits };
}

/** Where code applies something: `self.head(hidden)`. */
interface Place {
  /** `hidden`. */
  readonly given: Expression;
  /** What is written around that. */
  readonly around: string;
}

/** The places, and all others of the same class that are written alike: of two ways that do the same, one was seen. */
function placesOf(applications: readonly Application[], code: CodeAround): readonly Place[] | null {
  const places = new Map<number, Place>();
  for (const one of applications) {
    const span = spanOf(one);
    const made = span !== null && isHere(span) ? callAt(code.module, span) : undefined;
    const place = made && placeOf(made, code);
    const around = made && functionAround(code.module, made.span.start);
    if (place === undefined || around === undefined) return null;
    for (const node of nodesIn(around.owner ?? around.made)) {
      const alike = placeOf(node, code);
      if (alike?.around === place.around) places.set(alike.given.span.start, alike);
    }
  }
  return [...places.values()];
}

/** Where a weight is applied; null where the same code makes what it is applied to, as a container of layers does. */
function spanOf({ tensor: { span }, side }: Application): Span | null {
  const before = side?.other.span ?? null;
  return before !== null && before.start === span?.start && before.end === span.end ? null : span;
}

/** A function of what a weight is applied to, and of the weight. */
const PRODUCT = /(?:^|\.)linear$/;

/** A layer, or a product, and what it is given. */
function placeOf(node: Node, { text }: CodeAround): Place | undefined {
  const given = givenTo(node);
  if (given === undefined) return undefined;
  const { start, end } = node.span;
  return { given, around: `${text.slice(start, given.span.start)} ${text.slice(given.span.end, end)}` };
}

function givenTo(node: Node): Expression | undefined {
  if (node.kind !== 'call') return undefined;
  const [given, ...others] = node.args;
  const isProduct = PRODUCT.test(chainText(node.callee) ?? '');
  if (given === undefined || given.spread || (others.length > 0 && !isProduct)) return undefined;
  return isProduct && given.name !== null ? undefined : given.value;
}
