/** What the names of a call or of a module stand for. A fork shares them with what it is forked off until one of the two is written to. */
export class Variables<Meaning> implements ReadonlyMap<string, Meaning> {
  private map: Map<string, Meaning>;
  private isShared: boolean;

  /** @param shared a map that others have, too, instead of entries */
  constructor(
    entries: Iterable<readonly [string, Meaning]> | null = null,
    shared: Map<string, Meaning> | null = null,
  ) {
    this.map = shared ?? new Map(entries);
    this.isShared = shared !== null;
  }

  /** The same names, of which either may be written to without the other. */
  fork(): Variables<Meaning> {
    this.isShared = true;
    return new Variables<Meaning>(null, this.map);
  }

  /** Whether nothing has been written to either since one was forked off the other, or both off a third. */
  isSameAs(other: Variables<Meaning>): boolean {
    return this.map === other.map;
  }

  /** Gives each name of others what it stands for there. */
  take(others: Variables<Meaning>): void {
    if (this.isSameAs(others)) return;
    others.map.forEach((meaning, name) => {
      if (this.map.get(name) !== meaning) this.set(name, meaning);
    });
  }

  set(name: string, meaning: Meaning): void {
    this.own().set(name, meaning);
  }

  delete(name: string): void {
    this.own().delete(name);
  }

  /** The map that nobody else has. */
  private own(): Map<string, Meaning> {
    if (this.isShared) {
      this.map = new Map(this.map);
      this.isShared = false;
    }
    return this.map;
  }

  get size(): number {
    return this.map.size;
  }

  get(name: string): Meaning | undefined {
    return this.map.get(name);
  }

  has(name: string): boolean {
    return this.map.has(name);
  }

  keys(): MapIterator<string> {
    return this.map.keys();
  }

  values(): MapIterator<Meaning> {
    return this.map.values();
  }

  entries(): MapIterator<[string, Meaning]> {
    return this.map.entries();
  }

  forEach(visit: (meaning: Meaning, name: string, all: ReadonlyMap<string, Meaning>) => void): void {
    this.map.forEach(visit);
  }

  [Symbol.iterator](): MapIterator<[string, Meaning]> {
    return this.map.entries();
  }
}
