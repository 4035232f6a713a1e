import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Guard } from '../../network/guard.ts';

/** Hands out guards, and numbers for what they are known by. */
export class Guards {
  private readonly byKey = new Map<string, Guard>();
  private readonly numbers = new WeakMap<object, number>();
  /** Names that stand for something else in each round of a loop. */
  private readonly varying = new WeakSet<WidthSymbol>();
  private readonly names = new Map<number, WidthSymbol>();
  private last = 0;

  of(key: string, text: string): Guard {
    const guard = this.byKey.get(key) ?? { text, ofCall: isOfCall(key), asks: this.askedIn(key) };
    this.byKey.set(key, guard);
    return guard;
  }

  numberOf(thing: object): number {
    const number = this.numbers.get(thing) ?? ++this.last;
    this.numbers.set(thing, number);
    return number;
  }

  /** What a name is known by in the key of a condition. */
  keyOfName(symbol: WidthSymbol): string {
    const number = this.numberOf(symbol);
    this.names.set(number, symbol);
    return `name ${number}`;
  }

  private askedIn(key: string): Guard['asks'] {
    if (COMPUTED.test(key)) return null;
    return [...key.matchAll(NAME)].flatMap(([, number]) => this.names.get(Number(number)) ?? []);
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

const NAME = /\bname (\d+)/g;

/** An attribute that is computed, what a tensor has in it, and the mode. */
const COMPUTED = /\b(?:attribute|tensor) \d|\btraining\b/;

/** Whether a test is of tensors and of the mode alone, and of nothing that a model is built with. */
function isOfCall(key: string): boolean {
  return /\btraining\b|\btensor \d/.test(key) && !/\b(?:attribute|name) \d/.test(key);
}
