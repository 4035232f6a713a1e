import type { ClassStatement } from '../../syntax/ast.ts';
import type { Attributes } from '../values/attribute-state.ts';

/** What making a class gives it or the classes that stand in it, by `__init_subclass__` of what it inherits from. */
export type GivenByHook = ReadonlyMap<ClassStatement, Attributes>;

export interface MadeClasses {
  /** What making each class gave, once that has been asked for. */
  readonly given: Map<ClassStatement, GivenByHook>;
  /** The classes whose hooks are being run. */
  readonly beingMade: Set<ClassStatement>;
  /** In which class each stands that has been asked for by its name in another. */
  readonly around: Map<ClassStatement, ClassStatement>;
}
