import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Guard } from '../../network/guard.ts';

/** Hands out guards, and numbers for what they are known by. */
export class Guards {
  private readonly byKey = new Map<string, Guard>();
  private readonly numbers = new WeakMap<object, number>();
  /** Names that stand for something else in each round of a loop. */
  private readonly varying = new WeakSet<WidthSymbol>();
  private last = 0;

  of(key: string, text: string): Guard {
    const guard = this.byKey.get(key) ?? { text, ofCall: isOfCall(key) };
    this.byKey.set(key, guard);
    return guard;
  }

  numberOf(thing: object): number {
    const number = this.numbers.get(thing) ?? ++this.last;
    this.numbers.set(thing, number);
    return number;
  }

  vary(symbol: WidthSymbol): void {
    this.varying.add(symbol);
  }

  varies(symbol: WidthSymbol): boolean {
    for (let one: WidthSymbol | null = symbol; one !== null; one = one.owner) {
      if (this.varying.has(one)) return true;
    }
    return false;
  }
}

/** Whether a test is of tensors and of the mode alone, and of nothing that a model is built with. */
function isOfCall(key: string): boolean {
  return /\btraining\b|\btensor \d/.test(key) && !/\b(?:attribute|name) \d/.test(key);
}
