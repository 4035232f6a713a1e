import { powerText, rateText, rowProblems, type WeightRow } from '@widthwise/analysis';
import { nameText } from '@widthwise/core';
import type { StaticReading } from './against-static.ts';
import type { BuiltModel } from './built-model.ts';
import type { BuiltParameter } from './built-parameter.ts';

/** What is wrong with some parameters of a built model. */
export interface BuiltFinding {
  readonly kind:
    | 'no-group'
    | 'several-groups'
    | 'no-values'
    | 'lookup-orthogonalized'
    | 'readout-orthogonalized'
    | 'fused-orthogonalized'
    | 'moves-less'
    | 'update'
    | 'tied'
    | 'start'
    | 'rate';
  /** One clause that is said of a parameter. */
  readonly problem: string;
  readonly parameters: readonly string[];
}

/** Those that the width decides; the others are wrong at every width. */
export const BREAKS_TRANSFER: readonly BuiltFinding['kind'][] = [
  'lookup-orthogonalized',
  'readout-orthogonalized',
  'update',
  'tied',
  'start',
  'rate',
];

/** So many times smaller is no choice of a constant. */
const MUCH_SMALLER = 8;

/**
 * What its groups do that nobody means, whatever the architecture, read off the built model; and which steps grow or fade
 * with the width, where the code shows that nothing else multiplies the weight.
 *
 * @param judged what the calculus holds right for each parameter, by the exponents that were built
 */
export function builtFindings(
  model: BuiltModel,
  readings: ReadonlyMap<string, StaticReading>,
  judged: ReadonlyMap<string, WeightRow> = new Map(),
): readonly BuiltFinding[] {
  const found = new Map<string, BuiltFinding>();
  for (const parameter of model.parameters) {
    const update = updateProblems(parameter, readings.get(parameter.name));
    const others = calculusProblems(parameter, judged.get(parameter.name), update.length > 0);
    for (const { kind, problem } of [...problemsOf(parameter, model), ...others, ...update]) {
      const key = `${kind} ${problem}`;
      const one = found.get(key);
      found.set(key, { kind, problem, parameters: [...(one?.parameters ?? []), parameter.name] });
    }
  }
  return [...found.values()];
}

type Problem = Pick<BuiltFinding, 'kind' | 'problem'>;

function problemsOf(parameter: BuiltParameter, model: BuiltModel): readonly Problem[] {
  return [
    ...startProblems(parameter),
    ...groupProblems(parameter, model),
    ...matrixProblems(parameter),
    ...sizeProblems(parameter, model),
  ];
}

function startProblems({ lost }: BuiltParameter): readonly Problem[] {
  return lost === null ? [] : [{ kind: 'no-values', problem: lost }];
}

function groupProblems(
  { groups, isTrained, aliases }: BuiltParameter,
  model: BuiltModel,
): readonly Problem[] {
  if (!model.isOptimized || !isTrained) return [];
  if (groups.length === 0) {
    return [{ kind: 'no-group', problem: 'it is in no group of an optimizer, so it is never trained' }];
  }
  if (groups.length === 1) return [];
  const tied = aliases.length === 0 ? '' : ` (it is ${aliases.map(nameText).join(' and ')}, too)`;
  return [
    {
      kind: 'several-groups',
      problem: `it is in ${groups.length} groups, so every step changes it ${groups.length} times${tied}`,
    },
  ];
}

/** What steps on matrices as such do to what is none. */
function matrixProblems({ isOrthogonalized, isLookup, isFused, role }: BuiltParameter): readonly Problem[] {
  if (!isOrthogonalized) return [];
  if (isLookup) {
    const problem =
      'its update is orthogonalized as that of a matrix, and its rows are looked up one by one: AdamW moves each at its own rate';
    return [{ kind: 'lookup-orthogonalized', problem }];
  }
  if (role === 'output') {
    const problem =
      'it is a readout or router, and its update is orthogonalized as that of a hidden matrix: as width grows it moves otherwise';
    return [{ kind: 'readout-orthogonalized', problem }];
  }
  if (!isFused) return [];
  const problem =
    'query, key and value are one matrix here, and their updates are orthogonalized together: split it in three';
  return [{ kind: 'fused-orthogonalized', problem }];
}

/** A weight that moves much less than all others of its role and shape, in a group of its own, has lost its rate. */
function sizeProblems(parameter: BuiltParameter, { parameters, groups }: BuiltModel): readonly Problem[] {
  const own = parameter.updates.at(-1);
  if (own == null || parameter.groups.length !== 1 || parameter.role !== 'hidden') return [];
  const alike = parameters.filter(
    (other) =>
      other.role === 'hidden' &&
      other.groups[0] !== parameter.groups[0] &&
      String(other.shape) === String(parameter.shape),
  );
  const others = alike.flatMap(({ updates }) => updates.at(-1) ?? []);
  const least = Math.min(...others);
  if (others.length < 2 || own === 0 || least < MUCH_SMALLER * own) return [];
  const times = Math.floor(least / own);
  const group = groups[parameter.groups[0]!]?.optimizer ?? 'its group';
  const problem = `a step of ${nameText(group)} changes it ${times} times less than any other weight of its shape in another group`;
  return [{ kind: 'moves-less', problem }];
}

const ROUNDING = 1e-6;

/**
 * Whether one step of a weight is right as it was measured; null where that is not known. Something that multiplies it
 * in the forward pass, or a second use, makes another exponent right, and the code has to show that there is none.
 */
export function isRightUpdate(
  { update, role, aliases }: BuiltParameter,
  reading: StaticReading | undefined,
): boolean | null {
  const row = reading?.row;
  if (row === undefined || role === null || role === 'finite' || typeof update.exponent !== 'number')
    return null;
  if (row.a !== 0 || row.isTied || aliases.length > 0 || row.role !== role) return null;
  return update.exponent === 0;
}

/** A step that grows or fades with the width, where the calculus of the code wants the same change of its rate. */
function updateProblems(parameter: BuiltParameter, reading: StaticReading | undefined): readonly Problem[] {
  const { update, c } = parameter;
  if (isRightUpdate(parameter, reading) !== false) return [];
  const wanted = reading?.row.wants?.c ?? null;
  if (typeof update.exponent !== 'number' || typeof c.exponent !== 'number' || wanted === null) return [];
  if (Math.abs(c.exponent + update.exponent - wanted) > ROUNDING) return [];
  const change = update.exponent > 0 ? 'grows' : 'fades';
  const problem = `learning rate is ${rateText(c.exponent)}, μP wants ${rateText(wanted)}: one step of it, as measured, ${change} like ${powerText(-update.exponent)}`;
  return [{ kind: 'update', problem }];
}

const KINDS = { use: 'tied', 'init std': 'start', multiplier: null, 'learning rate': 'rate' } as const;

/** What the calculus holds wrong, as `explain` says it of the code: of rates only one that a group has and no step told. */
function calculusProblems(
  { c }: BuiltParameter,
  row: WeightRow | undefined,
  isTold: boolean,
): readonly Problem[] {
  if (row === undefined) return [];
  const hasRate = !isTold && row.c !== null && row.c === c.exponent;
  return rowProblems(row).flatMap(({ of, problem }) => {
    const kind = KINDS[of];
    return kind === null || (kind === 'rate' && !hasRate) ? [] : [{ kind, problem }];
  });
}
