/** A name of the code by which a number, or something that numbers are part of, is known. */
export interface WidthSymbol {
  /** As the code spells it, without what it belongs to. */
  readonly name: string;
  /** The class, function or other name that it belongs to; null for one of the file itself. */
  readonly owner: WidthSymbol | null;
  /** Set for another file of the project: names that it owns are constants as those of the file itself are. */
  readonly isModule?: true;
  /** Set for a number that the code gives a name in the body of a class or in a dict at the top of a file. */
  readonly isConstant?: true;
}

interface Definition {
  readonly name: string;
  readonly span: { readonly start: number; readonly end: number };
}

type Member = WidthSymbol & { isConstant?: true };

/** Hands out symbols: the same name of the same owner is the same object, and no other is. */
export class SymbolTable {
  private readonly members = new Map<WidthSymbol | null, Map<string, Member>>();
  private readonly definitions = new Map<Definition, WidthSymbol>();

  /** A name that belongs to `owner`; its place in the text keeps two variables of one name apart. */
  of(owner: WidthSymbol | null, name: string, place?: number): WidthSymbol {
    return this.memberOf(owner, place === undefined ? name : `${name}@${place}`, name);
  }

  /** A name that the code gives a number for all who use it. */
  constant(owner: WidthSymbol, name: string): WidthSymbol {
    const symbol = this.memberOf(owner, name);
    symbol.isConstant = true;
    return symbol;
  }

  /** The names that belong to `owner`, as far as somebody asked for them. */
  fieldsOf(owner: WidthSymbol): readonly WidthSymbol[] {
    return [...(this.members.get(owner)?.values() ?? [])];
  }

  private memberOf(owner: WidthSymbol | null, key: string, name = key): Member {
    let members = this.members.get(owner);
    if (members === undefined) {
      members = new Map();
      this.members.set(owner, members);
    }
    const known = members.get(key);
    if (known !== undefined) return known;
    const symbol: Member = { name, owner };
    members.set(key, symbol);
    return symbol;
  }

  /** The name of a class or function: two definitions of one name are two. */
  ofDefinition(definition: Definition): WidthSymbol {
    const known = this.definitions.get(definition);
    if (known !== undefined) return known;
    const symbol = { name: definition.name, owner: null };
    this.definitions.set(definition, symbol);
    return symbol;
  }

  /** The definitions whose names own some symbols. */
  definitionsOf(symbols: Iterable<WidthSymbol>): readonly Definition[] {
    const owners = new Set([...symbols].map(({ owner }) => owner));
    return [...this.definitions].flatMap(([definition, symbol]) => (owners.has(symbol) ? [definition] : []));
  }
}

/** Whether a name stands at the top of a file, of the analysed one or of another of the project. */
export function isOfFile({ owner, isConstant }: WidthSymbol): boolean {
  return owner === null || owner.isModule === true || isConstant === true;
}

/** What an item of a list is called, by its list's name: `sizes[0]`. */
export function itemName({ name }: WidthSymbol, index: number): string {
  return `${name}[${index}]`;
}

/** Whether a name is that of an item of a list. */
export function isItemName({ name, owner }: WidthSymbol): boolean {
  return owner !== null && name.startsWith(`${owner.name}[`);
}

/** What the number of a list's items is called: `len(sizes)`. */
export function lengthName({ name }: WidthSymbol): string {
  return `len(${name})`;
}

/** Whether a name stands for how many items a list has, as stages or axes: no model gets wider by more of them. */
export function isLengthName({ name }: WidthSymbol): boolean {
  return name.startsWith('len(');
}

/** What all items of a list make as factors of one number: `prod(sides)`. */
export function productName({ name }: WidthSymbol): string {
  return `prod(${name})`;
}

/** Whether a name is that of the product of a list's items. */
export function isProductName({ name, owner }: WidthSymbol): boolean {
  return owner !== null && name === productName(owner);
}

/** Whether a name stands for what a list has in it: an item, or the product of all. */
export function isOfItems(symbol: WidthSymbol): boolean {
  return isItemName(symbol) || isProductName(symbol);
}

/** Whether a name stands for which round of a loop it is: no model gets wider by later ones. */
export function isRoundName({ name }: WidthSymbol): boolean {
  return ROUND.test(name);
}

const ROUND = /^(?:(?:first|last) round|a round between|round \d+(?: before the (?:end|last))?)$/;

/** The names from the outermost owner to the symbol itself: `GPT`, `config`, `n_embd`. */
export function pathOf(symbol: WidthSymbol): readonly string[] {
  const { name, owner } = symbol;
  if (owner === null) return [name];
  // An item has its list's name in its own: `Net`, `sizes[0]`.
  const hasOwners = isOfItems(symbol) || isLengthName(symbol);
  return [...(hasOwners ? pathOf(owner).slice(0, -1) : pathOf(owner)), name];
}
