import type { ClassStatement } from '../../syntax/ast.ts';
import { findMethod, foreignBases } from '../machine/classes.ts';
import type { CallSite } from '../machine/interpreter.ts';
import type { Value } from '../values/value.ts';

const ENUMS = /^enum\.(?:Enum|StrEnum|IntEnum)$/;

/**
 * `Kind('off')`: the member of an enumeration that has this value, as which it stands wherever it is asked for; undefined for
 * a class that is none, or that looks members up in its own way.
 */
export function enumMember(definition: ClassStatement, { args, frame }: CallSite): Value | undefined {
  const { interpreter } = frame;
  const [value, ...others] = args.positional;
  if (value === undefined || others.length > 0 || args.named.size > 0 || args.open) return undefined;
  if (value.kind !== 'text' && value.kind !== 'opaque') return undefined;
  if (!foreignBases(interpreter, definition).some((base) => ENUMS.test(base))) return undefined;
  const own = ['__init__', '__new__', '_missing_'].some((name) => findMethod(interpreter, definition, name));
  return own ? undefined : value;
}
