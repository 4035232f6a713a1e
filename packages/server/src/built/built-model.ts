import { type BuiltParameter, builtParameter } from './built-parameter.ts';
import type { GroupRecord, ParameterRecord, WidthRecord } from './probe-record.ts';

/** Parameters that share optimizer and group at every width. */
export interface BuiltGroup {
  readonly optimizer: string;
  /** A width each. */
  readonly settings: readonly GroupRecord[];
  readonly parameters: readonly string[];
}

/** A model and its optimizers over some widths. */
export interface BuiltModel {
  readonly name: string;
  readonly source: readonly [file: string, line: number] | null;
  readonly widths: readonly number[];
  /** Whether the factory returned an optimizer. */
  readonly isOptimized: boolean;
  readonly parameters: readonly BuiltParameter[];
  readonly groups: readonly BuiltGroup[];
  /** What holds for the whole, a sentence each. */
  readonly notes: readonly string[];
}

/** @param records what was built, at two widths or more, the narrowest first */
export function builtModel(records: readonly WidthRecord[]): BuiltModel {
  const [narrowest, ...others] = records;
  if (narrowest === undefined)
    throw new RangeError('builtModel: expected records of two widths or more, got none');
  const later = others.map(({ parameters }) => new Map(parameters.map((one) => [one.name, one])));
  const rows = narrowest.parameters.flatMap((first) => {
    const each = [first, ...later.flatMap((named) => named.get(first.name) ?? [])];
    const isWhole = each.length === records.length;
    return isWhole && each.every(({ shape }) => shape.length === first.shape.length) ? [each] : [];
  });
  const widths = records.map(({ width }) => width);
  const places = new GroupPlaces(records);
  const parameters = rows.map((each) => builtParameter(each, places.of(each), records));
  return {
    name: narrowest.model,
    source: narrowest.source,
    widths,
    isOptimized: records.every(({ groups }) => groups.length > 0),
    parameters,
    groups: places.groups(parameters),
    notes: notesOf(records, rows.length),
  };
}

/** Groups that are one at every width, in the order in which parameters come. */
class GroupPlaces {
  private readonly known = new Map<string, readonly GroupRecord[]>();
  private readonly records: readonly WidthRecord[];

  constructor(records: readonly WidthRecord[]) {
    this.records = records;
  }

  /** The groups of a parameter, of which each width has a record. */
  of(each: readonly ParameterRecord[]): readonly number[] {
    const most = Math.max(...each.map(({ groups }) => groups.length));
    return Array.from({ length: most }, (_, nth) => {
      const places = each.map(({ groups }) => groups[nth] ?? null);
      const key = places.join(' ');
      const settings = places.map((place, width) =>
        place === null ? null : this.records[width]?.groups[place],
      );
      if (!this.known.has(key))
        this.known.set(
          key,
          settings.flatMap((one) => one ?? []),
        );
      return [...this.known.keys()].indexOf(key);
    });
  }

  settings(place: number): readonly GroupRecord[] {
    return [...this.known.values()][place] ?? [];
  }

  groups(parameters: readonly BuiltParameter[]): readonly BuiltGroup[] {
    return [...this.known.values()].map((settings, place) => ({
      optimizer: settings[0]?.optimizer ?? '',
      settings,
      parameters: parameters.flatMap(({ name, groups }) => (groups.includes(place) ? [name] : [])),
    }));
  }
}

function notesOf(records: readonly WidthRecord[], matched: number): readonly string[] {
  const [first, last] = [records[0]!, records.at(-1)!];
  const most = Math.max(...records.map(({ parameters }) => parameters.length));
  const strangers = Math.max(...records.map(({ strangers: count }) => count));
  const steps = Math.max(...records.map(({ warmedUp }) => warmedUp));
  return [
    ...(most > matched
      ? [
          most - matched === 1
            ? '1 parameter is not the same at every width, and left out'
            : `${most - matched} parameters are not the same at every width, and are left out`,
        ]
      : []),
    ...(strangers > 0
      ? [
          `${strangers} parameters of the optimizer are not the model's, as where it was made before the model was copied or moved`,
        ]
      : []),
    ...(steps > 0
      ? [`rates are those after ${steps} steps of the schedule, the first at which none is 0`]
      : []),
    ...(first.groups.length === 0
      ? ['the factory returns no optimizer, so nothing is known of rates and updates']
      : []),
    ...(first.groups.length !== last.groups.length && ![...first.groups, ...last.groups].some(isMeasured)
      ? [
          `there ${first.groups.length === 1 ? 'is one group' : `are ${first.groups.length} groups`} at ${first.width}, and ${last.groups.length} at ${last.width}`,
        ]
      : []),
  ];
}

/** Whether its rate was measured, as where leaves that move alike are taken for a group: at one width other ones do. */
function isMeasured({ rateError }: GroupRecord): boolean {
  return rateError !== undefined;
}
