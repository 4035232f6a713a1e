/** A part of a text that holds whole statements of its top, so that it can be parsed by itself. */
export interface Stretch {
  readonly start: number;
  /** Without the blank lines behind it. */
  readonly text: string;
  /** The name of the function or class that it defines; null where it holds other statements. */
  readonly defines: string | null;
}

/** Where a stretch begins, and where the line of its definition does, behind its decorators; null without one. */
interface Start {
  readonly at: number;
  definition: number | null;
}

const NAME = /(?:async[^\S\n]+)?(?:def|class)[^\S\n]+([\p{L}_][\p{L}\p{N}_]*)/uy;

/** The stretches that begin at some places. */
export function stretchesOf(text: string, starts: readonly Start[]): readonly Stretch[] {
  return starts.map(({ at, definition }, index) => ({
    start: at,
    text: text.slice(at, starts[index + 1]?.at).trimEnd(),
    defines: definition === null ? null : definedAt(definition, text),
  }));
}

function definedAt(definition: number, text: string): string | null {
  NAME.lastIndex = definition;
  return NAME.exec(text)?.[1] ?? null;
}

/** What goes on with the statement before it. */
const GOES_ON = /(?:else|elif|except|finally)\b/y;

/** What no bracket can contain: one that is still open before it has not been closed yet. */
const NEVER_INSIDE =
  /(?:(?:def|class|return|import|raise|while|assert)\b(?![^\S\n]*[=,.)])|async[^\S\n]+def\b)/y;

const DEFINITION = /(?:def|class|async)\b/y;

/** Other statements are taken together up to so many characters, as a stretch costs something by itself. */
const GROUP = 400;

/** Finds where stretches begin: at each definition with its decorators, and at every few of the statements between them. */
export class StretchStarts {
  readonly found: Start[] = [];
  private holds: 'decorators' | 'definition' | 'statements' = 'statements';
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /**
   * Told of the first sign of each line of code that is not indented, and of the first of all.
   *
   * @param isOpen whether a bracket is open before it
   * @returns whether a statement begins there
   */
  margin(at: number, isOpen: boolean): boolean {
    if (isOpen ? !this.isAt(NEVER_INSIDE, at) : this.found.length > 0 && this.isAt(GOES_ON, at)) return false;
    const isDecorator = this.text[at] === '@';
    if (this.holds !== 'decorators') this.begin(at, isDecorator);
    else if (!isDecorator) this.define(at);
    return true;
  }

  private begin(at: number, isDecorator: boolean): void {
    const isDefinition = isDecorator || this.isAt(DEFINITION, at);
    const last = this.found.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    if (!isDefinition && this.holds === 'statements' && at - last <= GROUP) return;
    this.found.push({ at, definition: null });
    this.holds = isDecorator ? 'decorators' : 'statements';
    if (isDefinition && !isDecorator) this.define(at);
  }

  private define(at: number): void {
    this.holds = 'definition';
    const last = this.found.at(-1);
    if (last !== undefined) last.definition = at;
  }

  private isAt(what: RegExp, at: number): boolean {
    what.lastIndex = at;
    return what.test(this.text);
  }
}
