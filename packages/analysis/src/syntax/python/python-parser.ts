import { Language, Parser } from '@vscode/tree-sitter-wasm';
import type { Budget } from '../../budget.ts';
import type { OpenedModule, PythonModule } from '../ast.ts';
import { KeptStretches, type Standpoint } from './kept-stretches.ts';
import { counted, type LoweredStretch, lowerStretch, markBroken } from './lowered-stretch.ts';
import { openModule } from './opened-module.ts';
import type { Stretch } from './stretches.ts';
import { surfaceOf } from './surface.ts';

/** The two WebAssembly modules of tree-sitter, as bytes, so that whoever has a file system reads them. */
export interface ParserWasm {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

export interface PythonParser {
  /**
   * Any text has a module; what could not be parsed is missing from it.
   *
   * @throws OutOfBudget when it takes more work than there is
   */
  parse(text: string, budget: Budget): PythonModule;
  /**
   * The same for a text that changes little from one time to the next: statements that stand in it as they stood in one
   * before are the same objects, with spans that are moved to where they stand now. It is as it says until the next one.
   */
  parseAgain(text: string, budget: Budget, of?: Standpoint): PythonModule;
  /** Lets nothing stand of texts that were parsed before. */
  forget(): void;
  /**
   * A module of which no more is parsed than is asked for.
   *
   * @param base where its spans begin, so that they are those of no other module
   */
  open(text: string, base: number): OpenedModule;
}

/** Loads the grammar. The parser may be kept for the life of the process. */
export async function loadPythonParser(wasm: ParserWasm): Promise<PythonParser> {
  // SAFETY: emscripten takes `wasmBinary` too, and then asks for no file; the declaration lists `locateFile` alone.
  await Parser.init({ wasmBinary: wasm.runtime } as unknown as Parameters<typeof Parser.init>[0]);
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm.python));
  let kept = new KeptStretches();
  const lower = (stretch: Stretch, budget: Budget) => lowerStretch(parser, stretch, budget);
  return {
    parse: (text, budget) => moduleOf(text, (stretches) => allLowered(stretches, lower, budget)),
    parseAgain: (text, budget, of = { file: '', isTried: false }) =>
      moduleOf(text, (stretches) => kept.lowered(stretches, { lower, budget, ...of })),
    forget: () => {
      kept = new KeptStretches();
    },
    open: (text, base) => openModule(text, base, lower),
  };
}

function allLowered(
  stretches: readonly Stretch[],
  lower: (stretch: Stretch, budget: Budget) => LoweredStretch,
  budget: Budget,
): readonly LoweredStretch[] {
  let count = 0;
  return stretches.map((one) => {
    const lowered = lower(one, budget);
    count = counted(count, lowered, budget);
    return lowered;
  });
}

/** A module of what its stretches are. */
function moduleOf(
  given: string,
  lower: (stretches: readonly Stretch[]) => readonly LoweredStretch[],
): PythonModule {
  const { comments, junk, misindented, stretches } = surfaceOf(given);
  const lost = [...junk, ...misindented].sort((left, right) => left - right);
  const lowered = lower(stretches);
  const body = lowered.flatMap((one) => one.body);
  const brokenAt = firstOf([
    ...lost,
    ...lowered.flatMap(({ standing, brokenAt }) => (brokenAt === null ? [] : [standing.at + brokenAt])),
  ]);
  return {
    body: lost.length === 0 ? body : body.map((statement) => markBroken(statement, lost)),
    comments,
    rebound: new Set(lowered.flatMap(({ rebound }) => rebound)),
    broken: brokenAt !== null,
    brokenAt,
  };
}

/** The first of some places; null for none. */
function firstOf(places: readonly number[]): number | null {
  return places.reduce<number | null>((first, at) => (first === null || at < first ? at : first), null);
}
