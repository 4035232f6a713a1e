import type { WidthSymbol } from '../growth/symbol.ts';
import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { CallExpression, Expression } from '../syntax/ast.ts';
import { isName } from '../syntax/keywords.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { type GroupRate, loweredRate } from './group-rate.ts';
import { heldByWrapper } from './held-by-wrapper.ts';
import { listedGroup, parametersOf } from './listed-group.ts';
import { nameCondition, negated } from './name-condition.ts';
import { callAt } from './nodes.ts';
import { type ScaledEdits, sameAt, scalingFactor } from './scaling-factor.ts';
import { keptFactor, splitListed } from './split-listed.ts';
import { widthsOf } from './widths-of.ts';

/** An optimizer, and which of the weights that it trains want another rate. */
export interface SplitGroup {
  readonly optimizer: ObservedOptimizer;
  readonly weights: readonly Weight[];
  /** Their rate is multiplied by (base ÷ width) to this power. */
  readonly power: number;
  /** Whether code gives the groups their rates anew. */
  readonly isWritten: boolean;
}

/**
 * Gives some weights of `Adam(model.parameters(), lr=lr)`, or of one group of a list, a parameter group of their own, by
 * their names; null where the call is another, or the file does not show how.
 */
export function splitGroup(wanted: SplitGroup, model: Model, code: CodeAround): ScaledEdits | null {
  const { optimizer, weights, power, isWritten } = wanted;
  const { span } = optimizer;
  const call = isHere(span) ? callAt(code.module, span) : undefined;
  if (call === undefined) return null;
  const parts = partsOf(call, optimizer);
  const listed = parts === undefined ? listedGroup(call, wanted, code) : null;
  const others = model.weights.filter((one) => !weights.includes(one));
  const condition = nameCondition(
    weights.map(({ path }) => path),
    others.flatMap((one) => [one.path, ...one.aliases.map(({ path }) => path)]),
    listed?.name,
  );
  const symbols = widthsOf(weights, model);
  const instance = parts?.trained ?? listed?.trained;
  if (instance != null && heldByWrapper(instance, code.module, span.start)) return null;
  const owner = instance != null && {
    className: model.outline.name,
    instance,
    sizes: sizesIn(instance, weights),
  };
  const offset = listed?.group.span.start ?? span.start;
  const factor = scalingFactor(code, {
    offset,
    symbols,
    power,
    given: model.widths.given,
    ...(owner && { owner }),
  });
  if (condition === null || factor === null) return null;
  if (listed !== null) {
    const edit = splitListed(code.text, listed, { condition, factor: factor.text, isWritten });
    return edit && sameAt(factor, [edit]);
  }
  if (parts === undefined) return null;
  const lower = loweredRate(parts.lr, factor.text, code.text);
  const rate = isWritten ? `${lower}${keptFactor(factor.text)}` : lower;
  const text = groupsText(code.text, span, { trained: parts.trained, condition, rate });
  return sameAt(factor, [{ span: parts.parameters.span, text }]);
}

/** What layers sum over, as attributes of them. */
function sizesIn(instance: string, weights: readonly Weight[]): ReadonlyMap<WidthSymbol, string> {
  return new Map(
    weights.flatMap(({ path, layer, dims }) => {
      const [, into] = dims ?? [];
      if (layer.family !== 'linear' || into?.op !== 'symbol' || !path.endsWith('.weight')) return [];
      const parts = path.split('.').slice(0, -1);
      if (!parts.every((part) => /^\d+$/.test(part) || isName(part))) return [];
      const place = parts.join('.').replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]');
      return [[into.symbol, `${instance}.${place}.in_features`] as const];
    }),
  );
}

interface Parts {
  /** `model.parameters()`. */
  readonly parameters: Expression;
  readonly trained: string;
  readonly lr: GroupRate;
}

function partsOf({ args }: CallExpression, { leftOutRate }: ObservedOptimizer): Parts | undefined {
  if (args.some(({ spread }) => spread)) return undefined;
  const positional = args.filter(({ name }) => name === null).map(({ value }) => value);
  const named = (wanted: string) => args.find(({ name }) => name === wanted)?.value;
  const parameters = named('params') ?? positional[0];
  const lr = named('lr') ?? positional[1] ?? leftOutRate;
  if (parameters?.kind !== 'call' || lr === null || parameters.args.length > 0) return undefined;
  const trained = parametersOf(parameters.callee, 'parameters');
  return trained === null ? undefined : { parameters, trained, lr };
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
