import { everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';

/** The packages that read settings out of files. */
export const SETTINGS_ROOTS: readonly string[] = ['yaml', 'json', 'toml', 'tomllib', 'tomli'];

/** What opens a file, reads settings out of one or of the command line, or lays some over others. */
const READS =
  /^(?:(?:builtins|io)\.open|yaml\.(?:safe_|full_|unsafe_)?load|json\.load|tom(?:l|llib|li)\.load|omegaconf\.OmegaConf\.(?:load|from_cli|from_dotlist|merge|unsafe_merge))$/;

/**
 * Settings that are read out of a file come from outside: of a setting that says which file that is, no number of theirs is
 * made. Undefined where more than such a setting is given, as a width in the file's name, or no more than a text.
 */
export function loadedSettings(qualified: string, { args }: CallSite): Value | undefined {
  if (!READS.test(qualified) || args.open || args.positional[0]?.kind === 'text') return undefined;
  return everyArgument(args).every(isFromOutside) ? UNKNOWN : undefined;
}

function isFromOutside(value: Value): boolean {
  if (value.kind === 'unknown') return value.from === undefined;
  return (
    value.kind === 'opaque' || value.kind === 'text' || value.kind === 'none' || value.kind === 'reference'
  );
}
