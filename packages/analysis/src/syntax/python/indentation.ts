const TAB = 8;

/** How far a line is indented, with tabs that go to every eighth column and with tabs of one. */
interface Level {
  readonly wide: number;
  readonly narrow: number;
}

const MARGIN: Level = { wide: 0, narrow: 0 };

/**
 * Finds lines that are not indented as Python wants them, as its tokenizer does: a line goes on with the block before it,
 * with one around that, or begins one where the line before ends with a colon; tabs are no spaces.
 */
export class Indentation {
  readonly misplaced: number[] = [];
  private readonly text: string;
  private levels: Level[] = [MARGIN];
  /** The last sign of code so far, and where it stands. */
  private last = '';
  private lastAt = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Told of each sign of code that no bracket is open before. */
  sign(sign: string, at: number): void {
    this.last = sign;
    this.lastAt = at;
  }

  /** Told of the first sign of each line that goes on with no other. */
  line(at: number): void {
    const level = this.levelOf(at);
    const top = this.levels.at(-1) ?? MARGIN;
    const isBlock = this.last === ':';
    if (level.wide > top.wide) {
      if (!isBlock || level.narrow <= top.narrow) this.misplaced.push(at);
      this.levels.push(level);
      return;
    }
    if (isBlock) this.misplaced.push(this.lastAt);
    this.dedent(level, at);
  }

  /** Told that nothing follows. */
  end(): void {
    if (this.last === ':') this.misplaced.push(this.lastAt);
  }

  private dedent(level: Level, at: number): void {
    while (this.levels.length > 1 && (this.levels.at(-1) ?? MARGIN).wide > level.wide) this.levels.pop();
    const top = this.levels.at(-1) ?? MARGIN;
    if (top.wide === level.wide && top.narrow === level.narrow) return;
    this.misplaced.push(at);
    if (top.wide < level.wide) this.levels.push(level);
  }

  private levelOf(at: number): Level {
    let [wide, narrow] = [0, 0];
    for (let here = this.text.lastIndexOf('\n', at - 1) + 1; here < at; here++) {
      const sign = this.text.charAt(here);
      if (sign === '\f') [wide, narrow] = [0, 0];
      else {
        wide = sign === '\t' ? (Math.floor(wide / TAB) + 1) * TAB : wide + 1;
        narrow++;
      }
    }
    return { wide, narrow };
  }
}
