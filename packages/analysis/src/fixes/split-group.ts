import { codeSpan } from '@widthwise/core';
import type { TextEdit } from '../finding.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { CallExpression, Expression } from '../syntax/ast.ts';
import { isName } from '../syntax/keywords.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import { inOneLine } from './broken-lines.ts';
import type { CodeAround } from './code-around.ts';
import { countsGroups, mayCountGroups } from './counts-groups.ts';
import { type FilteredParameters, filteredParameters } from './filtered-parameters.ts';
import { coupledDecay, type GroupNumber } from './group-decay.ts';
import { type GroupEntry, groupEntry, groupText, lineStyle } from './group-text.ts';
import { type Wrapper, wrapperOf } from './held-by-wrapper.ts';
import { listedGroup } from './listed-group.ts';
import { nameCondition, negated } from './name-condition.ts';
import { COMMENTED, ELSEWHERE, type NoEdit, noEdit } from './no-edit.ts';
import { argumentOf, callAt, functionAround } from './nodes.ts';
import {
  type FactorWanted,
  type ScaledEdits,
  type ScalingFactor,
  sameAt,
  scalingFactor,
} from './scaling-factor.ts';
import { splitListed } from './split-listed.ts';
import { OF_GROUPS, starsMayGive } from './starred-arguments.ts';
import { beginsWith, partsOfModel, pathsIn, type SummedParameters } from './summed-parameters.ts';
import { timesText } from './times-text.ts';
import { type WholeGroup, wholeGroup, withNumbers } from './whole-group.ts';
import type { ModelHere } from './width-here.ts';
import { widthsOf } from './widths-of.ts';
import { isGivenBetween, writtenOnce } from './written-once.ts';

/** An optimizer, and which of the weights that it trains want another rate. */
export interface SplitGroup {
  readonly optimizer: ObservedOptimizer;
  readonly weights: readonly Weight[];
  /** Their rate is multiplied by (base ÷ width) to this power. */
  readonly power: number;
  /** Whether code gives the groups their rates anew. */
  readonly isWritten: boolean;
}

/** A group that was made of another, as edits. */
export interface SplitEdits extends ScaledEdits {
  /** Whether the code has a group for these weights alone. */
  readonly isWhole: boolean;
  readonly lr: GroupNumber;
  /** The decay that is multiplied by as much as the rate is divided by; null where it stays as it is. */
  readonly decay: { readonly was: GroupNumber; readonly factor: ScalingFactor } | null;
}

/**
 * Gives some weights of `Adam(model.parameters(), lr=lr)`, or of one group of a list, a parameter group of their own, by
 * their names; why not where the call is another, or the file does not show how. A decay that each step multiplies by the rate
 * goes against it, so that a step takes as much of the weights as before.
 */
export function splitGroup(wanted: SplitGroup, model: Model, code: CodeAround): SplitEdits | NoEdit {
  const { optimizer, weights, power } = wanted;
  const { span } = optimizer;
  const call = callOf(optimizer, code);
  if ('why' in call) return call;
  if (model.weights.some(({ which }) => which === null))
    return noEdit('the model has parts that are not read, whose parameters may want the same');
  const whole = wholeGroup(call, { ...wanted, model }, code);
  if (whole !== null) return scaledGroup(whole, wanted, { model, code });
  const parts = partsOf(call, wanted, { model, code }) ?? listedGroup(call, { ...wanted, model }, code);
  if ('why' in parts) return parts;
  const { trained, lr } = parts;
  const named = namedIn(parts, wanted, { model, code });
  if ('why' in named) return named;
  const { condition } = named;
  const instance = instanceOf(trained ?? selfIn(model, span, code), named);
  const scaling: FactorWanted = {
    offset: 'group' in parts ? parts.group.span.start : span.start,
    symbols: widthsOf(weights, model),
    power,
    given: model.widths.given,
    ...(instance !== null && { owner: ownerOf(instance, weights, model) }),
  };
  const factor = scalingFactor(code, scaling);
  const decay = decayAgainst(parts.decay, scaling, code);
  if ('why' in factor) return factor;
  const changed = [
    groupEntry('lr', timesText(lr, factor.text, code.text)),
    ...(wanted.isWritten ? [groupEntry('lr_scale', factor.text)] : []),
    ...(decay ? [groupEntry('weight_decay', timesText(decay.was, decay.factor.text, code.text))] : []),
  ];
  const told = { condition, changed };
  const edit = 'group' in parts ? splitListed(code, parts, told) : splitAll(code, parts, told);
  return edit === null ? noEdit(COMMENTED) : { ...sameAt(factor, [edit]), isWhole: false, lr, decay };
}

/** Multiplies the rate of a group that has the weights to itself. */
function scaledGroup(
  whole: WholeGroup,
  { weights, power, isWritten, optimizer: { span } }: SplitGroup,
  { model, code }: { readonly model: Model; readonly code: CodeAround },
): SplitEdits | NoEdit {
  const { group, lr } = whole;
  const instance = selfIn(model, span, code);
  const scaling: FactorWanted = {
    offset: group.span.start,
    symbols: widthsOf(weights, model),
    power,
    given: model.widths.given,
    ...(instance !== null && { owner: ownerOf(instance, weights, model) }),
  };
  const factor = scalingFactor(code, scaling);
  if ('why' in factor) return factor;
  const decay = decayAgainst(whole.decay, scaling, code);
  const { text } = code;
  const changed = [
    { ...groupEntry('lr', timesText(lr, factor.text, text)), factor: factor.text },
    ...(isWritten ? [{ ...groupEntry('lr_scale', factor.text), factor: factor.text }] : []),
    ...(decay
      ? [
          {
            ...groupEntry('weight_decay', timesText(decay.was, decay.factor.text, text)),
            factor: decay.factor.text,
          },
        ]
      : []),
  ];
  const edits = withNumbers(whole, changed, code);
  return { ...sameAt(factor, edits), isWhole: true, lr, decay };
}

/** The call that makes an optimizer, whose groups may become more. */
function callOf({ span, steps }: ObservedOptimizer, code: CodeAround): CallExpression | NoEdit {
  if (!isHere(span)) return ELSEWHERE;
  const call = callAt(code.module, span);
  if (call === undefined) return noEdit('the optimizer is made by no call that names it');
  if (countsGroups(code.module))
    return noEdit('code of the file counts groups, or tells them by their places');
  const elsewhere = steps.flatMap(({ written }) => (written === null || isHere(written) ? [] : [written]));
  const counts = (written: Span) => mayCountGroups(code.textAround?.(written) ?? '');
  return elsewhere.some(counts)
    ? noEdit('code of another file may count groups, or tell them by their places')
    : call;
}

/** The model itself, by what code calls what has it; null where that is not sure. */
function instanceOf(trained: string | null, { partsBehind }: Pick<Wrapper, 'partsBehind'>): string | null {
  return trained === null || partsBehind === null ? null : `${trained}${partsBehind}`;
}

/** How groups tell the weights by names, and where what is trained has the model's parts. */
function namedIn(
  { trained, name }: { readonly trained: string | null; readonly name: string },
  { optimizer: { span }, weights }: SplitGroup,
  { model, code }: { readonly model: Model; readonly code: CodeAround },
): ({ readonly condition: string } & Pick<Wrapper, 'partsBehind'>) | NoEdit {
  const wrapper = trained === null ? null : wrapperOf(trained, code.module, span.start);
  if (trained !== null && wrapper?.prefixes === false)
    return noEdit(`${codeSpan(trained)} may be a wrapper, which gives the parameters other names`);
  const condition = wrapper === null ? conditionOn(weights, model, name) : endingOn(weights, model, name);
  return condition === null
    ? noEdit('no short condition on their names tells these weights from the others')
    : { condition, partsBehind: wrapper === null ? '' : wrapper.partsBehind };
}

/** A condition on a parameter's name that holds for some weights and no others. */
function conditionOn(weights: readonly Weight[], model: Model, name: string): string | null {
  const others = model.weights.filter((one) => !weights.includes(one));
  return nameCondition(
    weights.map((one) => ({ path: one.path, row: model.rowName(one) })),
    others.flatMap((one) => [one.path, ...one.aliases.map(({ path }) => path)]),
    name,
  );
}

/** The same by how a name ends, which is how it ends behind what a wrapper puts before it, too. */
function endingOn(weights: readonly Weight[], model: Model, name: string): string | null {
  const others = model.weights.filter((one) => !weights.includes(one));
  const paths = others.flatMap((one) => [one.path, ...one.aliases.map(({ path }) => path)]);
  const condition = nameCondition(
    weights.map((one) => ({ path: `0.${one.path}`, row: `*.${model.rowName(one)}` })),
    paths.map((path) => `0.${path}`),
    name,
  );
  const whole = weights.filter(({ path }) => condition?.includes(`'.${path}'`));
  if (condition === null || whole.some(({ path }) => paths.some((other) => other.endsWith(path))))
    return null;
  return whole.reduce((text, { path }) => text.replace(`'.${path}'`, `'${path}'`), condition);
}

/** What a method of the model's own class calls the model; null for code elsewhere. */
function selfIn({ outline }: Model, { start }: Span, { module }: CodeAround): string | null {
  const { made, owner } = functionAround(module, start) ?? {};
  return owner?.name === outline.name ? (made?.parameters[0]?.name ?? null) : null;
}

function ownerOf(instance: string, own: readonly Weight[], { outline, weights }: Model): ModelHere {
  return { className: outline.name, instance, sizes: sizesIn(instance, [...weights, ...own]) };
}

/** What a decay is multiplied by where the rate is divided by it. */
function decayAgainst(was: GroupNumber | null, scaling: FactorWanted, code: CodeAround): SplitEdits['decay'] {
  if (was === null) return null;
  const factor = scalingFactor(code, { ...scaling, power: -scaling.power });
  return 'why' in factor ? null : { was, factor };
}

/**
 * What layers sum over, as attributes of them: of one that the model has by a name of its own, else of the first of a list,
 * which may have no second.
 */
function sizesIn(instance: string, weights: readonly Weight[]): ReadonlyMap<WidthSymbol, string> {
  const sizes = weights.flatMap(({ path, layer, dims }) => {
    const [, into] = dims ?? [];
    if (layer.family !== 'linear' || into?.op !== 'symbol' || !path.endsWith('.weight')) return [];
    const parts = path.split('.').slice(0, -1);
    if (!parts.every((part) => part === '0' || isName(part))) return [];
    const place = parts.join('.').replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]');
    const isIndexed = parts.includes('0');
    return [{ symbol: into.symbol, text: `${instance}.${place}.in_features`, isIndexed }];
  });
  const last = [
    ...sizes.filter(({ isIndexed }) => isIndexed),
    ...sizes.filter(({ isIndexed }) => !isIndexed),
  ];
  return new Map(last.map(({ symbol, text }) => [symbol, text]));
}

/** A call that is given all parameters of a model. */
interface AllParameters extends Pick<FilteredParameters, 'conditions' | 'parameter'> {
  /** `model.parameters()`, or what takes some of them. */
  readonly parameters: Expression;
  readonly trained: string;
  /** What the groups that are made of it call a parameter's name. */
  readonly name: string;
  readonly lr: GroupNumber;
  readonly decay: GroupNumber | null;
}

function partsOf(
  call: CallExpression,
  wanted: SplitGroup,
  { model, code }: { readonly model: Model; readonly code: CodeAround },
): AllParameters | null {
  if (starsMayGive(call, OF_GROUPS, code)) return null;
  const { optimizer } = wanted;
  const parameters = argumentOf(call, 'params', 0);
  const lr = argumentOf(call, 'lr', 1) ?? optimizer.leftOutRate;
  const written = writtenOnce(parameters, code.module, call.span.start);
  if (parameters === undefined || written === undefined || lr === null) return null;
  // A comment would be lost, or would hide what is written behind it.
  if (inOneLine(code.text.slice(parameters.span.start, parameters.span.end)) === null) return null;
  const paths = pathsIn(optimizer.steps.flatMap(({ groups }) => groups));
  const filtered = summed(partsOfModel(written, paths, model)) ?? filteredParameters(written, code);
  if (filtered === null) return null;
  const [root = ''] = filtered.trained.split('.');
  const between = { start: written.span.end, end: call.span.start };
  if (isGivenBetween(root, code.module, between)) return null;
  const name = filtered.name ?? (filtered.parameter === 'name' ? 'key' : 'name');
  return { ...filtered, parameters, name, lr, decay: coupledDecay(wanted, { call, group: null }, model) };
}

function summed(parts: SummedParameters | null): FilteredParameters | null {
  if (parts === null) return null;
  const { trained, prefixes } = parts;
  const conditions = prefixes.length === 0 ? [] : [beginsWith('name', prefixes)];
  return { trained, parameter: 'p', name: 'name', conditions };
}

interface Told {
  readonly condition: string;
  readonly changed: readonly GroupEntry[];
}

/** Two groups of all parameters, a line each, indented as the line is that has them. */
function splitAll(
  code: CodeAround,
  { parameters: { span }, trained, name, parameter, conditions }: AllParameters,
  { condition, changed }: Told,
): TextEdit {
  const style = lineStyle(code, span.start);
  const { step, lineEnd } = style;
  const indent = style.indent + step;
  const named = `${parameter} for ${name}, ${parameter} in ${trained}.named_parameters() if`;
  const members = (told: string) => groupEntry('params', `[${named} ${[...conditions, told].join(' and ')}]`);
  const groups = [[members(condition), ...changed], [members(negated(condition))]].map((group) =>
    groupText(group, { ...style, indent, column: indent.length, behind: 1 }),
  );
  const lines = groups.map((group) => `${indent}${group},`);
  return { span, text: ['[', ...lines, `${style.indent}]`].join(lineEnd) };
}
