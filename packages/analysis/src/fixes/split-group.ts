import type { TextEdit } from '../finding.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { CallExpression, Expression } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { multiplied } from './multiplied.ts';
import { nameCondition } from './name-condition.ts';
import { callAt, chainText } from './nodes.ts';
import { type ScaledEdits, sameAt, scalingFactor } from './scaling-factor.ts';
import { edited } from './text-edits.ts';
import { widthsOf } from './widths-of.ts';

/** An optimizer, and which of the weights that it trains want another rate. */
export interface SplitGroup {
  /** The call that makes the optimizer. */
  readonly span: Span;
  readonly weights: readonly Weight[];
  /** Their rate is multiplied by (base ÷ width) to this power. */
  readonly power: number;
}

/**
 * Gives some weights of `Adam(model.parameters(), lr=lr)` a parameter group of their own, by their names; null where the
 * call is another, or the file does not show how.
 */
export function splitGroup(
  { span, weights, power }: SplitGroup,
  model: Model,
  code: CodeAround,
): ScaledEdits | null {
  const call = isHere(span) ? callAt(code.module, span) : undefined;
  const parts = call && partsOf(call);
  const others = model.weights.filter((one) => !weights.includes(one));
  const condition = nameCondition(
    weights.map(({ path }) => path),
    others.flatMap((one) => [one.path, ...one.aliases.map(({ path }) => path)]),
  );
  if (parts === undefined || condition === null) return null;
  const symbols = widthsOf(weights, model);
  const { trained, lr } = parts;
  const owner = { className: model.outline.name, instance: trained };
  const factor = scalingFactor(code, { offset: span.start, symbols, power, owner });
  if (factor === null) return null;
  const rate = scaledText(code.text, lr, factor.text);
  const edit = {
    span: parts.parameters.span,
    text: groupsText(code.text, span, { trained, condition, rate }),
  };
  return sameAt(factor, [edit]);
}

interface Parts {
  /** `model.parameters()`. */
  readonly parameters: Expression;
  readonly trained: string;
  readonly lr: Expression;
}

function partsOf({ args }: CallExpression): Parts | undefined {
  if (args.some(({ spread }) => spread)) return undefined;
  const positional = args.filter(({ name }) => name === null).map(({ value }) => value);
  const named = (wanted: string) => args.find(({ name }) => name === wanted)?.value;
  const parameters = named('params') ?? positional[0];
  const lr = named('lr') ?? positional[1];
  if (parameters?.kind !== 'call' || lr === undefined || parameters.args.length > 0) return undefined;
  const trained = /^(.*)\.parameters$/.exec(chainText(parameters.callee) ?? '')?.[1];
  return trained === undefined ? undefined : { parameters, trained, lr };
}

/** An expression of the text with a factor behind it. */
function scaledText(text: string, expression: Expression, factor: string): string {
  const { start, end } = expression.span;
  const edits = multiplied(expression, factor).map(({ span, text: instead }): TextEdit => {
    return { span: { start: span.start - start, end: span.end - start }, text: instead };
  });
  return edited(text.slice(start, end), edits);
}

interface Groups {
  readonly trained: string;
  readonly condition: string;
  readonly rate: string;
}

/** Two groups, a line each, indented as the statement is. */
function groupsText(text: string, { start }: Span, { trained, condition, rate }: Groups): string {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1);
  const [indent = ''] = /^[ \t]*/.exec(line) ?? [];
  const end = /\r\n|\n/.exec(text)?.[0] ?? '\n';
  const step = indent.startsWith('\t') ? '\t' : '    ';
  const named = `p for name, p in ${trained}.named_parameters() if`;
  const groups = [
    `{'params': [${named} ${condition}], 'lr': ${rate}},`,
    `{'params': [${named} ${negated(condition)}]},`,
  ];
  return ['[', ...groups.map((group) => `${indent}${step}${group}`), `${indent}]`].join(end);
}

function negated(condition: string): string {
  if (condition.startsWith('name in ')) return condition.replace('name in ', 'name not in ');
  return condition.startsWith('name == ') ? condition.replace('==', '!=') : `not ${condition}`;
}
