import { exactValue, literal } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ClassStatement, Expression } from '../../syntax/ast.ts';
import { isNone } from '../../syntax/is-none.ts';
import { lineage } from '../machine/classes.ts';
import { type Arguments, argument } from '../machine/given-arguments.ts';
import type { Frame, Interpreter } from '../machine/interpreter.ts';
import { fieldOf, noteGiven, notePreset } from '../machine/names.ts';
import { noteFieldOf, noteSetting } from '../machine/settings-given.ts';
import { optionsOf } from '../values/either.ts';
import { heldBy } from '../values/holders.ts';
import { isMade, isNumeric } from '../values/numbers.ts';
import { NONE, number, type ObjectValue, type OpaqueValue, text, type Value } from '../values/value.ts';
import { givenWhenMade } from './class-hooks.ts';

/** Gives an object of a class without a constructor its fields. */
export function setFields({ id, definition }: ObjectValue, args: Arguments, frame: Frame): void {
  const { interpreter, module, heap } = frame;
  const owner = interpreter.symbols.ofDefinition(definition);
  // A class that only a function sees is the configuration of nobody else: its fields are what they are given.
  const isOwn = module.globals.get(definition.name)?.kind !== 'class';
  // Fields of a base come before its own.
  const isAlone = lineage(interpreter, definition).length === 1;
  const holders = new Set([id]);
  const givenFields = new Map(args.named);
  interpreter.givenFields.set(id, givenFields);
  for (const [index, { name, written }] of fieldsOf(interpreter, definition).entries()) {
    const given = argument(args, { name, index: isAlone ? index : -1 });
    if (given === undefined && isGivenToClass(definition, name, frame)) continue;
    if (given !== undefined) givenFields.set(name, given);
    const value = isItself(given, isOwn) ? given : fieldValue({ owner, name, written, given }, frame);
    const symbol = interpreter.symbols.of(owner, name);
    if (written !== null) notePreset(symbol, written, frame);
    if (given !== undefined || !args.open) noteSetting(symbol, given, interpreter);
    noteForBases(definition, { name, given, value }, interpreter);
    noteInsteadOfNone(symbol, { written, given }, frame);
    heap.setAttribute(id, name, { value: heldBy(value, holders), span: null });
  }
}

/** Notes for the bases of a class what its objects have for a field, as a class with another default for it is one of these. */
function noteForBases(
  definition: ClassStatement,
  { name, given, value }: { readonly name: string; readonly given: Value | undefined; readonly value: Value },
  interpreter: Interpreter,
): void {
  const [, base] = lineage(interpreter, definition);
  const has = given ?? (value.kind === 'opaque' ? value.fallback : value);
  if (has !== null && base !== undefined) noteFieldOf(base, { name, value: has }, interpreter);
}

function noteInsteadOfNone(
  symbol: WidthSymbol,
  { written, given }: { readonly written: Expression | null; readonly given: Value | undefined },
  frame: Frame,
): void {
  if (isNone(written) && given !== undefined) noteGiven(symbol, given, frame);
}

function isGivenToClass(definition: ClassStatement, name: string, frame: Frame): boolean {
  return lineage(frame.interpreter, definition).some((one) => givenWhenMade(one, name, frame) !== undefined);
}

/** Whether a field is what it is given, and no setting. */
function isItself(given: Value | undefined, isOwn: boolean): given is Value {
  return given !== undefined && (isOwn || isPart(given) || isMade(given));
}

/** What a field is that goes by its name, whatever it is given. */
function fieldValue(
  { owner, name, written, given }: Field & { readonly owner: WidthSymbol; readonly given: Value | undefined },
  frame: Frame,
): Value {
  return (
    partOf(written, frame) ??
    computedField(written, frame) ??
    absentField(written, given) ??
    settingOf(fieldOf(owner, name, frame), { written, given }, frame)
  );
}

/** Kinds of values that are no settings but have some, or make something, or that a forward pass gives back. */
const PARTS: ReadonlySet<Value['kind']> = new Set([
  'tensor',
  'object',
  'layer',
  'class',
  'function',
  'partial',
  'reference',
]);

const MAY_BE_PART: ReadonlySet<Expression['kind']> = new Set(['call', 'name', 'attribute', 'lambda']);

function isPart(value: Value | undefined): value is Value {
  return value !== undefined && optionsOf(value).some(({ kind }) => PARTS.has(kind));
}

/** A setting that is a number or text unless it is given another, or is given a number instead of None, is one and not None. */
function settingOf(
  field: Value,
  { written, given }: { readonly written: Expression | null; readonly given: Value | undefined },
  frame: Frame,
): Value {
  if (field.kind !== 'opaque') return field;
  if (written?.kind === 'number') return { ...field, fallback: number(literal(written.value)) };
  if (written?.kind === 'text' && written.value !== null) return { ...field, fallback: text(written.value) };
  if (written?.kind === 'constant' && written.value !== null)
    return { ...field, fallback: { kind: 'truth', value: written.value } };
  if (written?.kind === 'attribute') return memberOr(field, written, frame);
  return isNone(written) && given !== undefined && isNumeric(given) ? { ...field, fallback: given } : field;
}

/** A setting that is a member of an enumeration unless it is given another, as which its text stands: `Kind.plain`. */
function memberOr(field: OpaqueValue, written: Expression, frame: Frame): Value {
  const member = frame.elsewhere(written).evaluate(written);
  return member.kind === 'text' ? { ...field, fallback: member } : field;
}

/** What is None where nobody gives it is taken not to be given: what the code computes instead says how it scales. */
function absentField(written: Expression | null, given: Value | undefined): Value | undefined {
  const isAbsent = given === undefined || given.kind === 'unknown';
  return isAbsent && isNone(written) ? NONE : undefined;
}

/** What a field holds unless it is given: a configuration of its own, a class; undefined for a plain setting. */
function partOf(written: Expression | null, frame: Frame): Value | undefined {
  if (written === null || !MAY_BE_PART.has(written.kind)) return undefined;
  const value = frame.elsewhere(written).evaluate(factoryOf(written) ?? written);
  return isPart(value) ? value : undefined;
}

/** `field(default_factory=Config)` as `Config()`, `field(default=nn.ReLU)` as `nn.ReLU`. */
function factoryOf(written: Expression): Expression | undefined {
  if (written.kind !== 'call') return undefined;
  const given = (name: string) => written.args.find((one) => one.name === name)?.value;
  const factory = given('default_factory');
  if (factory !== undefined) return { kind: 'call', span: written.span, callee: factory, args: [] };
  return given('default');
}

/** A field that is no setting of its own, such as `std = width ** -0.5`: what it is made of may grow. */
function computedField(written: Expression | null, frame: Frame): Value | undefined {
  if (written?.kind !== 'binary') return undefined;
  const value = frame.elsewhere(written).evaluate(written);
  return value.kind === 'number' && exactValue(value.quantity) !== undefined ? undefined : value;
}

interface Field {
  readonly name: string;
  readonly written: Expression | null;
}

/** The names that a class body assigns or annotates, its own before those of its bases that it gives no value itself. */
export function fieldsOf(interpreter: Interpreter, definition: ClassStatement): readonly Field[] {
  const nearer = new Set<string>();
  return lineage(interpreter, definition).flatMap((owner) => {
    const fields = ownFields(owner).filter(({ name }) => !nearer.has(name));
    for (const { name, written } of fields) if (written !== null) nearer.add(name);
    return fields;
  });
}

const OWN_FIELDS = new WeakMap<ClassStatement, readonly Field[]>();

/** Looked for once, as code makes many objects of a class. */
function ownFields(definition: ClassStatement): readonly Field[] {
  const known = OWN_FIELDS.get(definition);
  if (known !== undefined) return known;
  const fields = definition.body.flatMap((statement) =>
    statement.kind === 'assign' && statement.isClassVariable !== true
      ? statement.targets.flatMap((target) =>
          target.kind === 'name' ? [{ name: target.name, written: statement.value }] : [],
        )
      : [],
  );
  OWN_FIELDS.set(definition, fields);
  return fields;
}
