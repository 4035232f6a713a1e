import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Heap } from '../values/heap.ts';
import type { Value } from '../values/value.ts';
import type { Variables } from '../values/variables.ts';

/** A module of the code as it runs: a function sees the names of the module that it stands in, whoever calls it. */
export interface ModuleScope {
  /** On one of several ways that its top goes, the names as they are on that way. */
  globals: Variables<Value>;
  /** Names that functions set from afar, so that what was seen of them may be out of date. */
  readonly rebound: ReadonlySet<string>;
  /** What code elsewhere sets of it: `NAME`, or `*` for any, `Class.name`, `object.name`, and `NAME[]` where items of `NAME` are set. */
  readonly written: Set<string>;
  /** What the module itself has made. */
  readonly heap: Heap;
  /** What owns its names; null for the file that is analysed. */
  readonly symbol: WidthSymbol | null;
}
