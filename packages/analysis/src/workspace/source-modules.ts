import type { Comment, OpenedModule } from '../syntax/ast.ts';
import type { PythonParser } from '../syntax/python/python-parser.ts';
import type { Span } from '../syntax/span.ts';
import { type Bindings, bindingsOf } from './bindings.ts';
import type { FoundModule } from './workspace.ts';

/** A module of the workspace, opened. It is kept from one analysis to the next. */
export interface SourceModule {
  readonly path: string;
  /** By which other modules import it. */
  readonly name: string;
  readonly text: string;
  /** By which its spans are told from those of all others. */
  readonly index: number;
  readonly module: OpenedModule;
  readonly bindings: Bindings;
}

/** A place in a module that is not the text that is analysed. */
export interface ForeignPlace extends Pick<SourceModule, 'path' | 'name' | 'text'> {
  readonly offset: number;
}

/** Longer texts are not read for what they may define. */
const MOST_MODULE_TEXT = 1_000_000;

/** How far the spans of one module are from those of the next: more than the longest text that is analysed. */
const DISTANCE = 2 ** 22;

/** Which module a part of the code stands in: 0 for the text that is analysed. */
export function moduleIndexOf({ start }: Span): number {
  return Math.floor(start / DISTANCE);
}

/** Whether a place is in the text that is analysed. */
export function isHere(span: Span): boolean {
  return span.start < DISTANCE;
}

/** How much text is kept parsed. */
const MOST_KEPT = 3_000_000;

/**
 * The modules that analyses have read, by path and name: a script run by itself may know by one name what the file knows by
 * another, and places in both stay. What is not asked for longest goes first.
 */
export class SourceModules {
  private readonly kept = new Map<string, SourceModule>();
  private length = 0;
  private lastIndex = 0;
  private readonly parser: PythonParser;

  constructor(parser: PythonParser) {
    this.parser = parser;
  }

  /** A module as it is now; undefined where its text is too long. */
  parsed({ path, name }: FoundModule, text: string): SourceModule | undefined {
    const key = keyOf({ path, name });
    const known = this.kept.get(key);
    if (known?.text === text) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    this.drop(key);
    const parsed = this.open({ path, name }, text);
    if (parsed !== undefined) this.keep(key, parsed);
    return parsed;
  }

  /** Where a place stands that is not in the text that is analysed, as long as that module is kept. */
  around(span: Span): ForeignPlace | undefined {
    const found = this.holding(span);
    return found && { ...found, offset: span.start - found.index * DISTANCE };
  }

  /** The comments of the module that a place stands in, where they stand in its text. */
  commentsAround(span: Span): readonly Comment[] {
    const found = this.holding(span);
    return found?.module.comments ?? [];
  }

  private holding(span: Span): SourceModule | undefined {
    const index = moduleIndexOf(span);
    return [...this.kept.values()].find((one) => one.index === index);
  }

  private open({ path, name }: FoundModule, text: string): SourceModule | undefined {
    if (text.length > MOST_MODULE_TEXT) return undefined;
    const index = ++this.lastIndex;
    const module = this.parser.open(text, index * DISTANCE);
    return { path, name, text, index, module, bindings: bindingsOf(module) };
  }

  private keep(key: string, parsed: SourceModule): void {
    this.kept.set(key, parsed);
    this.length += parsed.text.length;
    for (const oldest of this.kept.keys()) {
      if (this.length <= MOST_KEPT || oldest === key) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    this.length -= this.kept.get(key)?.text.length ?? 0;
    this.kept.delete(key);
  }
}

function keyOf({ path, name }: FoundModule): string {
  return `${path}\0${name}`;
}
