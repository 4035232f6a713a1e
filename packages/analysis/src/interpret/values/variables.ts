/** Hears how many entries are copied, before they are. */
type Copying = (count: number) => void;

const UNCOUNTED: Copying = () => undefined;

/** What the names of a call or of a module stand for. A fork shares them with what it is forked off until one of the two is written to. */
export class Variables<Meaning> implements ReadonlyMap<string, Meaning> {
  private map: Map<string, Meaning>;
  /** Of a map that others have, too, what is told where it is copied. */
  private shared: Copying | null;

  constructor(entries: Iterable<readonly [string, Meaning]> | null = null) {
    this.map = new Map(entries);
    this.shared = null;
  }

  /** The same names, of which either may be written to without the other. */
  fork(copying: Copying = UNCOUNTED): Variables<Meaning> {
    const made = new Variables<Meaning>();
    made.map = this.map;
    made.shared = copying;
    this.shared = copying;
    return made;
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
    if (this.shared !== null) {
      this.shared(this.map.size);
      this.map = new Map(this.map);
      this.shared = null;
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
