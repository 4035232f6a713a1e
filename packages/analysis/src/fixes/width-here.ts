import type { WidthSymbol } from '../growth/symbol.ts';
import type { GivenNumbers } from '../outline/widths/given-numbers.ts';
import type { CallExpression, ClassStatement, Expression, FunctionStatement } from '../syntax/ast.ts';
import { type Node, nodesIn } from '../syntax/nodes-in.ts';
import type { CodeAround } from './code-around.ts';
import { argumentOf, chainText, functionAround, nodesWith } from './nodes.ts';

/** How code at some place can say how wide the model is, and how wide the one was that its numbers were chosen for. */
export interface WidthHere {
  readonly width: string;
  /** Null where the file has neither a name nor a number for it. */
  readonly base: string | null;
  /** Whether that is the number that the code makes its models with. */
  readonly isGiven: boolean;
}

/** A model that code has under some name. */
export interface ModelHere {
  readonly className: string;
  /** `model`. */
  readonly instance: string;
  /** Where its layers have their sizes: `model.fc1.in_features`. */
  readonly sizes: ReadonlyMap<WidthSymbol, string>;
}

interface WidthWanted {
  readonly offset: number;
  readonly symbols: Iterable<WidthSymbol>;
  readonly owner: ModelHere | undefined;
  /** What else the code may write for a width. */
  readonly sizes: ReadonlyMap<WidthSymbol, string> | undefined;
  /** The numbers that the code gives a width where it makes models. */
  readonly given: (symbol: WidthSymbol) => GivenNumbers;
}

/** Writes the width at an offset with names that the file has there; null where it has none. */
export function widthHere(code: CodeAround, wanted: WidthWanted): WidthHere | null {
  for (const symbol of wanted.symbols) {
    const width = widthText(code, symbol, wanted);
    if (width !== null) return { width, ...baseOf(code, { ...wanted, symbol, width }) };
  }
  return null;
}

function widthText(
  code: CodeAround,
  symbol: WidthSymbol,
  { offset, owner, sizes }: Pick<WidthWanted, 'offset' | 'owner' | 'sizes'>,
): string | null {
  const { name } = symbol;
  const kept = IDENTIFIER.test(name)
    ? (nameHere(code, offset, name) ?? (owner ? nameIn(code, owner, name) : null))
    : null;
  return kept ?? owner?.sizes.get(symbol) ?? sizes?.get(symbol) ?? null;
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** An expression for a number that is known by a name: the name itself, or what has it as its attribute. */
function nameHere({ module, namesAt }: CodeAround, offset: number, name: string): string | null {
  const names = namesAt(offset);
  if (names.has(name)) return name;
  const around = functionAround(module, offset);
  if (around === undefined) return null;
  const { made, owner } = around;
  const read = chainsIn(made).find((chain) => chain.endsWith(`.${name}`) && names.has(rootOf(chain)));
  if (read !== undefined) return read;
  const [self] = made.parameters;
  const maker = owner === null ? undefined : constructorOf(owner);
  if (self === undefined || maker === undefined || maker === made) return null;
  return keptBy(maker, name, self.name);
}

/** A number as an attribute of a model. */
function nameIn({ module }: CodeAround, { className, instance }: ModelHere, name: string): string | null {
  const made = nodesWith(className, module).find((node) => node.kind === 'class' && node.name === className);
  const maker = made?.kind === 'class' ? constructorOf(made) : undefined;
  return maker === undefined ? null : keptBy(maker, name, instance);
}

function constructorOf({ body }: ClassStatement): FunctionStatement | undefined {
  const maker = body.find((one) => one.kind === 'function' && one.name === '__init__');
  return maker?.kind === 'function' ? maker : undefined;
}

/** What the constructor keeps a number by, or what it is an attribute of: `self.width`, `self.config.width`. */
function keptBy(maker: FunctionStatement, name: string, instance: string): string | null {
  const [own] = maker.parameters;
  const chains = chainsIn(maker);
  for (const node of nodesIn(maker)) {
    if (node.kind !== 'assign' || node.value === null || node.targets.length !== 1) continue;
    const [target] = node.targets;
    if (target?.kind !== 'attribute' || chainText(target.object) !== own?.name) continue;
    const value = chainText(node.value);
    if (value === undefined) continue;
    const kept = `${instance}.${target.attribute}`;
    if (value === name || value.endsWith(`.${name}`)) return kept;
    if (chains.includes(`${value}.${name}`)) return `${kept}.${name}`;
  }
  return null;
}

interface Wanted {
  readonly offset: number;
  readonly symbol: WidthSymbol;
  readonly width: string;
}

/**
 * The width that a model was tuned at: a name for it, else the number that the code makes all its models with, or has for
 * what it makes them with, else the one that the file has where nobody gives one. Models of several widths have none: no
 * number leaves all of them as they are.
 */
function baseOf(
  code: CodeAround,
  { offset, symbol, width, given }: Wanted & Pick<WidthWanted, 'given'>,
): Pick<WidthHere, 'base' | 'isGiven'> {
  const named = namedBase(code, { offset, width });
  if (named !== null) return { base: named, isGiven: false };
  const numbers = given(symbol);
  if (numbers.length === 0) return { base: fallbackOf(code, symbol.name), isGiven: false };
  const bases = numbers.map((one) => (typeof one === 'number' ? String(one) : one && defaultOf(code, one)));
  const [only = null, ...others] = new Set(bases);
  const isGiven = numbers.every((one) => typeof one === 'number');
  return { base: others.length > 0 ? null : only, isGiven };
}

/** A name for the width that a model was tuned at. */
function namedBase(
  { module, namesAt }: CodeAround,
  { offset, width }: Omit<Wanted, 'symbol'>,
): string | null {
  const named = [...namesAt(offset)].find(isBaseWidth);
  if (named !== undefined) return named;
  const beside = width.includes('.') ? width.slice(0, width.lastIndexOf('.') + 1) : null;
  const around = functionAround(module, offset);
  return (around && chainsIn(around.made).find((chain) => isBesideWidth(chain, beside))) ?? null;
}

/** The number that a name of a function or of the command line is, in this file, unless somebody gives another. */
function defaultOf({ module }: CodeAround, { name, owner }: WidthSymbol): string | null {
  const options = nodesWith('add_argument', module).flatMap((node) =>
    node.kind === 'call' && isOption(node, name) ? wholeNumber(argumentOf(node, 'default', -1)) : [],
  );
  const parameters = nodesWith(name, module).flatMap((node) =>
    node.kind === 'function' && node.name === owner?.name ? numbersFor(node, name) : [],
  );
  const numbers = [...options, ...parameters];
  const [only = null, ...others] = new Set(numbers);
  return others.length > 0 ? null : only;
}

/** `parser.add_argument('--width', default=512)`, by the option's name or the one that it is kept by. */
function isOption(call: CallExpression, name: string): boolean {
  if (call.callee.kind !== 'attribute' || call.callee.attribute !== 'add_argument') return false;
  const kept = argumentOf(call, 'dest', -1);
  if (kept !== undefined) return kept.kind === 'text' && kept.value === name;
  return call.args.some(
    ({ name: keyword, value }) =>
      keyword === null &&
      value.kind === 'text' &&
      value.value?.replace(/^-+/, '').replaceAll('-', '_') === name,
  );
}

/** The number that a file has for a name where nobody gives one. */
function fallbackOf({ module }: CodeAround, name: string): string | null {
  const numbers = new Set(nodesWith(name, module).flatMap((node) => numbersFor(node, name)));
  const [only] = numbers;
  return numbers.size === 1 && only !== undefined ? only : null;
}

function isBesideWidth(chain: string, beside: string | null): boolean {
  return beside !== null && chain.startsWith(beside) && isBaseWidth(chain.slice(beside.length));
}

/** A name may phrase a fix; no verdict hangs on it. */
function isBaseWidth(name: string): boolean {
  return /^_?(?:mup_)?base_?(?:width|dim|size|d_?model|n_?embd|hidden(?:_?\w+)?)$/i.test(name);
}

/** The numbers that a file gives to a name: as what it is assigned, or as what a parameter falls back to. */
function numbersFor(node: Node, name: string): readonly string[] {
  if (node.kind === 'assign') {
    const isNamed = node.targets.some((target) => target.kind === 'name' && target.name === name);
    return isNamed ? wholeNumber(node.value) : [];
  }
  if (node.kind !== 'function') return [];
  return node.parameters.flatMap((one) => (one.name === name ? wholeNumber(one.fallback) : []));
}

function wholeNumber(value: Expression | null | undefined): readonly string[] {
  return value?.kind === 'number' && Number.isInteger(value.value) && value.value > 0 ? [value.text] : [];
}

/** All attributes that a function writes as chains of names. */
function chainsIn(made: FunctionStatement): readonly string[] {
  return nodesIn(made).flatMap((node) => (node.kind === 'attribute' ? (chainText(node) ?? []) : []));
}

function rootOf(chain: string): string {
  return chain.slice(0, chain.indexOf('.'));
}
