import type { Expression } from './ast.ts';

/** Whether `None` is written. */
export function isNone(written: Expression | null | undefined): boolean {
  return written?.kind === 'constant' && written.value === null;
}
