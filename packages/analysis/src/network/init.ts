import type { Quantity } from '../growth/quantity.ts';
import { isSamePlace, type Span } from '../syntax/span.ts';
import type { Guard } from './guard.ts';

/** The values of a tensor, as far as that matters: how large, and of what kind. */
export interface Values {
  /** How large typical values are: of random ones their standard deviation, 0 where all are 0. */
  readonly std: Quantity;
  readonly kind: InitKind;
}

/** One thing that may have set a parameter's initial values last. */
export interface InitWrite extends Values {
  /** The call; null for the layer's own default. */
  readonly span: Span | null;
  /** How the code names the initializer. */
  readonly by: string;
  /** What it has multiplied by a factor; undefined where it has set the values anew. */
  readonly scales?: Scaled;
  /** Whether it makes what it is told smaller by how much wider than its base the parameter is. */
  readonly asksBaseShapes?: true;
  /** Whether it asks for a base shape that nothing has set yet, which ends with an error. */
  readonly asksInVain?: true;
  /** Whether code that is not read was handed it that need not have set it, as its name does not say so. */
  readonly mayBeLeft?: true;
  /** The conditions on which it is the last, all of which must hold; where there are none it may be so in any case. */
  readonly when?: readonly InitCondition[];
}

/** Initial values before a factor. */
export type Scaled = Pick<InitWrite, 'std' | 'span' | 'scales'>;

/** Whether initial values are those of a statement, multiplied by factors or not. */
export function areOf({ span, scales }: Scaled, statement: Span): boolean {
  return isSamePlace(span, statement) || (scales !== undefined && areOf(scales, statement));
}

/** What a condition says where something is initialized. */
export interface InitCondition {
  readonly guard: Guard;
  readonly holds: boolean;
}

/** Random values with signs of their own, numbers that the code spells out, such as ones, or neither that is known. */
export type InitKind = 'random' | 'constant' | 'unknown';
