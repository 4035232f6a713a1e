/** What the code has made so far, the last first: a list that forks share and nothing copies. */
export interface Made {
  readonly id: number;
  readonly before: Made | null;
  /** How many of it are layers. */
  readonly layers: number;
}

const idsOf = new WeakMap<Made, ReadonlySet<number>>();

/** Whether something has been made. */
export function isMade(made: Made | null, id: number): boolean {
  if (made === null) return false;
  const ids = idsOf.get(made) ?? new Set(entries(made).map((one) => one.id));
  idsOf.set(made, ids);
  return ids.has(id);
}

/** What has been made on either of two ways. */
export function madeOnEither(one: Made | null, other: Made | null): Made | null {
  if (one === other) return one;
  let both = one;
  for (const { id, before, layers } of entries(other).reverse()) {
    if (isMade(one, id)) continue;
    both = { id, before: both, layers: (both?.layers ?? 0) + layers - (before?.layers ?? 0) };
  }
  return both;
}

function entries(made: Made | null): Made[] {
  const all: Made[] = [];
  for (let one = made; one !== null; one = one.before) all.push(one);
  return all;
}
