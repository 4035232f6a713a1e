import type { Made } from './check-model.ts';
import { grouped } from './grouped.ts';
import { knownExponent } from './growth/growth.ts';
import { sameQuantity } from './growth/quantity.ts';
import type { WeightRow } from './model-outline.ts';
import type { ObservedModel } from './observe/observed-model.ts';
import type { Model } from './outline/model.ts';
import type { Weight } from './outline/weights.ts';
import { isSamePlace, placeKey } from './syntax/span.ts';
import type { Place } from './workspace/workspace.ts';

/** A model of the file, with what is found of it. */
export interface Checked {
  readonly model: Model;
  readonly made: readonly Made[];
}

/** The same with whether any code makes it. */
export interface Used extends Checked {
  readonly isMade: boolean;
}

/** How the models of a file are read as if no other file trained them. */
export interface ReadAlone {
  observe(place: Place): readonly ObservedModel[];
  judge(observed: ObservedModel): Model | undefined;
  check(model: Model): readonly Made[];
}

/** Rules about how weights start, and about attention whose queries and keys start as they do. */
const OF_STARTS = /^MUP(?:1\d\d|202)$/;

/** What is assumed of the weights of a finding: that none is started anew. */
const assumption = ({ length }: readonly string[]): string =>
  `Assumes that code of other files which is not read leaves ${length === 1 ? 'this start as it is' : 'these starts as they are'}.`;

/**
 * What is wrong with the starts that the code of a file writes, where files that train its models leave it open how
 * these start or what they compute. Whatever they do: who runs the line has what it says. Nothing of a weight of which more is known
 * with them, and it is otherwise.
 */
export function checkAlone(
  checked: readonly Used[],
  place: Place | null,
  alone: ReadAlone,
): readonly Checked[] {
  const open = checked.filter(({ model, isMade }) => isMade && isLeftOpen(model));
  if (open.length === 0 || place === null || !mayBeTrained(place, open)) return [];
  return alone.observe(withoutCallers(place)).flatMap((observed) => {
    const whole = open.find(({ model: { outline } }) => outline.span.start === observed.span.start);
    const model = whole === undefined ? undefined : alone.judge(observed);
    if (whole === undefined || model === undefined) return [];
    const rows = weightsOf(model);
    const around = weightsOf(whole.model);
    const made = alone
      .check(model)
      .filter(
        (one) =>
          one.shownAs === 'finding' &&
          OF_STARTS.test(one.finding.code) &&
          !whole.made.some((known) => isSameFinding(known, one)) &&
          one.finding.weights.every((name) => mayBeSo(rows.get(name), around.get(name))),
      )
      .map(({ shownAs, finding }) => ({
        shownAs,
        finding: { ...finding, assumptions: [...finding.assumptions, assumption(finding.weights)] },
      }));
    return [{ model, made }];
  });
}

/** Whether any script may train one of the models. */
function mayBeTrained({ path, workspace }: Place, models: readonly Checked[]): boolean {
  const names = models.map(({ model }) => model.outline.name);
  return (workspace.callers?.(path, names) ?? []).length > 0;
}

/** A file among others that do not train its models. */
function withoutCallers({ workspace, ...place }: Place): Place {
  return {
    ...place,
    workspace: {
      find: (name, from) => workspace.find(name, from),
      read: (path) => workspace.read(path),
    },
  };
}

/** Whether it is not known of some weight what it is, how it starts or what it is multiplied by. */
function isLeftOpen({ hasBaseShapes, outline }: Model): boolean {
  return !hasBaseShapes && outline.weights.some(isOpen);
}

function isOpen({ role, a, b }: WeightRow): boolean {
  return role === null || a === null || b === null;
}

interface Known {
  readonly row: WeightRow;
  readonly weights: readonly Weight[];
}

/** The first row of each name, as several rows of one differ by where they are made, with the weights it shows. */
function weightsOf(model: Model): ReadonlyMap<string, Known> {
  const weights = grouped(model.weights, (weight) => model.rowName(weight));
  return new Map(
    model.outline.weights
      .toReversed()
      .map((row) => [row.name, { row, weights: weights.get(row.name) ?? [] }]),
  );
}

/**
 * Whether a weight is open among other files since code that is not read was handed it, which does not say that it starts
 * anything, and else is as the file alone has it.
 */
function mayBeSo(alone: Known | undefined, among: Known | undefined): boolean {
  if (alone === undefined || among === undefined) return false;
  const { role, a, b } = among.row;
  const isAsAlone =
    a === null ? role === null || role === alone.row.role : role === alone.row.role && a === alone.row.a;
  return isAsAlone && b === null && among.weights.every((weight) => isHandedOn(weight, alone));
}

function isHandedOn({ inits }: Weight, { weights }: Known): boolean {
  const starts = weights.flatMap((weight) => weight.inits);
  return inits.every((one) => one.write.mayBeLeft === true || starts.some((own) => isSameStart(own, one)));
}

type Start = Weight['inits'][number];

/** Whether two starts are one, or stand in one place and go with the width alike, as what a script gives a size has another name. */
function isSameStart(own: Start, other: Start): boolean {
  if (!isSamePlace(own.write.span, other.write.span)) return false;
  const exponent = knownExponent(own.std);
  const isAlike = exponent !== null && exponent === knownExponent(other.std);
  return sameQuantity(own.write.std, other.write.std) || (isAlike && own.write.by === other.write.by);
}

function isSameFinding({ finding: one }: Made, { finding: other }: Made): boolean {
  return one.code === other.code && placeKey(one.span) === placeKey(other.span);
}
