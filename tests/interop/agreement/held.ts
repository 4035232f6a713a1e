type Value = string | number | null;

interface Parameter {
  readonly name: string;
  readonly role: string | null;
  readonly b: Value;
  readonly c: Value;
  readonly static: { readonly role: string | null; readonly b: Value; readonly c: Value } | null;
}

/** What `explain --python --json` says of a model. */
export interface Explained {
  readonly parameters: readonly Parameter[];
  readonly groups: readonly unknown[];
}

const QUANTITIES = ['role', 'b', 'c'] as const;

interface Count {
  /** Known of both, and the same. */
  readonly same: number;
  readonly different: number;
  /** Of one known alone. */
  readonly built: number;
  readonly read: number;
  readonly neither: number;
}

/** What is read off a model's code, held to what is read off the built model. */
export interface Agreement {
  readonly name: string;
  readonly parameters: number;
  readonly inTable: number;
  readonly counts: Readonly<Record<(typeof QUANTITIES)[number], Count>>;
  /** A line a value that differs. */
  readonly differing: readonly string[];
}

export function held(name: string, { parameters, groups }: Explained): Agreement {
  // A model that comes without an optimizer has no rates to agree on.
  const countOf = (quantity: (typeof QUANTITIES)[number]): Count => {
    const pairs =
      quantity === 'c' && groups.length === 0 ? [] : parameters.map((one) => pairOf(one, quantity));
    const number = (where: (read: Value, built: Value) => boolean): number =>
      pairs.filter(([read, built]) => where(read, built)).length;
    return {
      same: number((read, built) => read !== null && built !== null && isSame(read, built)),
      different: number((read, built) => read !== null && built !== null && !isSame(read, built)),
      built: number((read, built) => read === null && built !== null),
      read: number((read, built) => read !== null && built === null),
      neither: number((read, built) => read === null && built === null),
    };
  };
  return {
    name,
    parameters: parameters.length,
    inTable: parameters.filter((one) => one.static !== null).length,
    counts: { role: countOf('role'), b: countOf('b'), c: countOf('c') },
    differing: parameters.flatMap((one) =>
      QUANTITIES.flatMap((quantity) => {
        const [read, built] = pairOf(one, quantity);
        if (read === null || built === null || isSame(read, built)) return [];
        return quantity === 'c' && groups.length === 0
          ? []
          : [`${one.name}: ${quantity} is read as ${read} and built as ${built}`];
      }),
    ),
  };
}

function pairOf(
  parameter: Parameter,
  quantity: (typeof QUANTITIES)[number],
): readonly [read: Value, built: Value] {
  return [parameter.static?.[quantity] ?? null, parameter[quantity]];
}

function isSame(one: Value, other: Value): boolean {
  if (typeof one === 'number' && typeof other === 'number') return Math.abs(one - other) < 1e-6;
  return one === other;
}

/** Counts of each model as a table of Markdown, and of all. */
export function tableOf(agreements: readonly Agreement[]): string {
  const total = (pick: (one: Agreement) => number): number =>
    agreements.reduce((sum, one) => sum + pick(one), 0);
  // Of a model without an optimizer nothing is known of rates.
  const cell = ({ same, different, built, read, neither }: Count): string => {
    const counts = [same, different, built, read, neither];
    return counts.every((count) => count === 0) ? '–' : counts.join(' / ');
  };
  const all = (quantity: (typeof QUANTITIES)[number]): string =>
    cell({
      same: total(({ counts }) => counts[quantity].same),
      different: total(({ counts }) => counts[quantity].different),
      built: total(({ counts }) => counts[quantity].built),
      read: total(({ counts }) => counts[quantity].read),
      neither: total(({ counts }) => counts[quantity].neither),
    });
  const rows = agreements.map(
    ({ name, parameters, inTable, counts }) =>
      `| ${name} | ${inTable} of ${parameters} | ${cell(counts.role)} | ${cell(counts.b)} | ${cell(counts.c)} |`,
  );
  return [
    '| model | in the table | role | b | c |',
    '|---|---|---|---|---|',
    ...rows,
    `| all ${agreements.length} | ${total(({ inTable }) => inTable)} of ${total(({ parameters }) => parameters)} | ${all('role')} | ${all('b')} | ${all('c')} |`,
  ].join('\n');
}
