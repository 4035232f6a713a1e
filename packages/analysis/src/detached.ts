/** A copy of what JSON can hold, of which nothing is part of what it was copied from. */
export function detached<Data>(data: Data): Data {
  // SAFETY: each kind of data is copied to its own kind.
  return copied(data) as Data;
}

function copied(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(copied);
  const copy: Record<string, unknown> = {};
  // SAFETY: it is a name that the data has. Going through names makes no pairs, and this is most of the work.
  for (const name in data) copy[name] = copied(data[name as keyof typeof data]);
  return copy;
}
