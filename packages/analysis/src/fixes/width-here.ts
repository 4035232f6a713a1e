import type { WidthSymbol } from '../growth/symbol.ts';
import type { BaseNumbers } from '../outline/widths/given-numbers.ts';
import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
  NumberExpression,
  PythonModule,
  Statement,
} from '../syntax/ast.ts';
import { type Node, nodesIn } from '../syntax/nodes-in.ts';
import type { CodeAround } from './code-around.ts';
import { argumentOf, chainText, functionAround, nodesWith } from './nodes.ts';

/** Who says the base width: the setting `base-width`, all that makes models, or no more than a default or a name. */
export type BaseFrom = 'setting' | 'calls' | 'default';

/** How code at some place can say how wide the model is, and how wide the one was that its numbers were chosen for. */
export interface WidthHere {
  readonly width: string;
  /** Null where the file has neither a name nor a number for it. */
  readonly base: string | null;
  readonly from: BaseFrom;
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
  readonly given: (symbol: WidthSymbol) => BaseNumbers;
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
  const [self] = made.parameters;
  const maker = owner === null ? undefined : constructorOf(owner);
  const inMaker = (chain: string) =>
    rootOf(chain) === self?.name ? `${maker?.parameters[0]?.name}${chain.slice(self.name.length)}` : chain;
  const read = chainsIn(made).find(
    (chain) =>
      chain.endsWith(`.${name}`) &&
      names.has(rootOf(chain)) &&
      isSetAt(chain, made, offset) &&
      keepsName(made, chain, name) &&
      (maker === undefined || keepsName(maker, inMaker(chain), name)),
  );
  if (read !== undefined) return read;
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
  const chains = chainsIn(maker);
  for (const { attribute, chain, value } of chainsKeptIn(maker)) {
    const kept = `${instance}.${attribute}`;
    const isNumber = value === name || value.endsWith(`.${name}`);
    if (isNumber && keepsName(maker, chain, name)) return kept;
    if (!isNumber && chains.includes(`${value}.${name}`)) return `${kept}.${name}`;
  }
  return null;
}

interface KeptChain {
  readonly attribute: string;
  /** `self.width`. */
  readonly chain: string;
  /** A name, or a chain of them. */
  readonly value: string;
}

/** What a constructor keeps in attributes of what it makes, as it is. */
function chainsKeptIn(maker: FunctionStatement): readonly KeptChain[] {
  const [own] = maker.parameters;
  return nodesIn(maker).flatMap((node) => {
    if (node.kind !== 'assign' || node.value === null || node.targets.length !== 1) return [];
    const [target] = node.targets;
    const value = chainText(node.value);
    if (target?.kind !== 'attribute' || value === undefined || chainText(target.object) !== own?.name)
      return [];
    return [{ attribute: target.attribute, chain: `${own?.name}.${target.attribute}`, value }];
  });
}

interface Wanted {
  readonly offset: number;
  readonly symbol: WidthSymbol;
  readonly width: string;
}

/**
 * The width that a model was tuned at: a name for it, else what the author says, else the number that the code makes all its models with, or has for
 * what it makes them with, else the one that the file has where nobody gives one. Models of several widths have none: no
 * number leaves all of them as they are.
 */
function baseOf(
  code: CodeAround,
  { offset, symbol, width, given }: Wanted & Pick<WidthWanted, 'given'>,
): Pick<WidthHere, 'base' | 'from'> {
  const named = namedBase(code, { offset, width });
  if (named !== null) return { base: named, from: 'default' };
  const { numbers, isSaid } = given(symbol);
  if (numbers.length === 0) return { base: fallbackOf(code, symbol), from: 'default' };
  const bases = numbers.map((one) => (typeof one === 'number' ? String(one) : one && defaultOf(code, one)));
  const [only = null, ...others] = new Set(bases);
  const areNumbers = numbers.every((one) => typeof one === 'number');
  const from = isSaid ? 'setting' : areNumbers ? 'calls' : 'default';
  return { base: others.length > 0 ? null : only, from };
}

/** A name for the width that a model was tuned at. */
function namedBase(
  { module, namesAt }: CodeAround,
  { offset, width }: Omit<Wanted, 'symbol'>,
): string | null {
  const isBase = (name: string) => isBaseWidth(name, width);
  const named = [...namesAt(offset)].find(isBase);
  if (named !== undefined) return named;
  const beside = width.includes('.') ? width.slice(0, width.lastIndexOf('.') + 1) : null;
  if (beside === null) return null;
  const around = functionAround(module, offset);
  if (around === undefined) return null;
  const { made } = around;
  const isOne = (chain: string) =>
    chain.startsWith(beside) && isBase(chain.slice(beside.length)) && isSetAt(chain, made, offset);
  return chainsIn(made).find(isOne) ?? null;
}

/** The number that a name of a function or of the command line is, in this file, unless somebody gives another. */
function defaultOf({ module }: CodeAround, { name, owner }: WidthSymbol): string | null {
  const options = nodesWith('add_argument', module).flatMap((node) =>
    node.kind === 'call' && isOption(node, name) ? wholeNumber(argumentOf(node, 'default', -1), module) : [],
  );
  const parameters = nodesWith(name, module).flatMap((node) =>
    node.kind === 'function' && node.name === owner?.name ? numbersFor(node, name, module) : [],
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

/**
 * The number that a file has for a name where nobody gives one. What a parameter of another function falls back to is none:
 * that has the same name for something else.
 */
function fallbackOf({ module }: CodeAround, { name, owner }: WidthSymbol): string | null {
  const nodes = nodesWith(name, module);
  const makers = nodes.flatMap((node) =>
    node.kind === 'class' && node.name === owner?.name ? (constructorOf(node) ?? []) : [],
  );
  const isOwn = (node: Node) =>
    node.kind !== 'function' || node.name === owner?.name || makers.includes(node);
  const numbers = new Set(nodes.filter(isOwn).flatMap((node) => numbersFor(node, name, module)));
  const [only] = numbers;
  return numbers.size === 1 && only !== undefined ? only : null;
}

const BASE = /^_?(?:mup_)?base_?(width|dim|size|d_?model|n_?embd|hidden(?:_?\w+)?)$/i;

/** A name may phrase a fix; no verdict hangs on it. `base_size` may be that of a picture, unless the width is called a size. */
function isBaseWidth(name: string, width: string): boolean {
  const of = BASE.exec(name)?.[1]?.toLowerCase();
  return of === 'dim' || of === 'size'
    ? /mup/i.test(name) || width.toLowerCase().endsWith(of)
    : of !== undefined;
}

/** The numbers that a file gives to a name: as what it is assigned, or as what a parameter falls back to. */
function numbersFor(node: Node, name: string, module: PythonModule): readonly string[] {
  if (node.kind === 'assign') {
    const isNamed = node.targets.some((target) => target.kind === 'name' && target.name === name);
    return isNamed ? wholeNumber(node.value, module) : [];
  }
  if (node.kind !== 'function') return [];
  return node.parameters.flatMap((one) => (one.name === name ? wholeNumber(one.fallback, module) : []));
}

/** A number, also by a name that the top of the module gives it once and for all. */
function wholeNumber(value: Expression | null | undefined, { body }: PythonModule): readonly string[] {
  if (value?.kind === 'name') {
    const { name } = value;
    const given = body.flatMap((one) =>
      one.kind === 'assign' && one.targets.some((target) => chainText(target) === name) ? [one.value] : [],
    );
    const [only, ...others] = given;
    return only?.kind === 'number' && others.length === 0 ? numberIn(only) : [];
  }
  return value?.kind === 'number' ? numberIn(value) : [];
}

function numberIn({ value, text }: NumberExpression): readonly string[] {
  return Number.isInteger(value) && value > 0 ? [text] : [];
}

/** Whether an attribute that a function sets has been set at an offset. */
function isSetAt(chain: string, made: FunctionStatement, offset: number): boolean {
  const sets = setsIn(made, chain);
  return sets.length === 0 || sets.some(({ span }) => span.end <= offset);
}

/** Whether all that a function sets an attribute to is the number of a name: no multiple of it. */
function keepsName(made: FunctionStatement, chain: string, name: string): boolean {
  return setsIn(made, chain).every(({ kind, value }) => {
    const kept = kind === 'assign' && value !== null ? chainText(value) : undefined;
    return kept === name || kept?.endsWith(`.${name}`) === true;
  });
}

/** The statements of a function that set an attribute. */
function setsIn(made: FunctionStatement, chain: string): readonly SetStatement[] {
  return nodesIn(made).filter((node): node is SetStatement => {
    if (node.kind === 'augmented') return chainText(node.target) === chain;
    return node.kind === 'assign' && node.targets.some((target) => chainText(target) === chain);
  });
}

type SetStatement = Extract<Statement, { kind: 'assign' | 'augmented' }>;

/** All attributes that a function writes as chains of names. */
function chainsIn(made: FunctionStatement): readonly string[] {
  return nodesIn(made).flatMap((node) => (node.kind === 'attribute' ? (chainText(node) ?? []) : []));
}

function rootOf(chain: string): string {
  return chain.slice(0, chain.indexOf('.'));
}
