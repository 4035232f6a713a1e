import type { AnalysisOptions, Profile } from './options.ts';
import type { PythonModule, Statement } from './syntax/ast.ts';
import { statementsIn, topLevelBlocks } from './syntax/statements-in.ts';

/** Imports that show that a file is about μP. */
const MUP_PACKAGES: readonly string[] = ['mup', 'unit_scaling', 'modula'];

/** Names that only μP code has: `mup` is a word of theirs, which `warmup_steps` does not have. */
const MUP_NAME = /\b(?:set_base_shapes|make_base_shapes|(?:\w*_)?mup_\w+|use_mup|is_mup)\b/;

/** A text, and whether a comment of it declares a width. */
export interface ProfiledText {
  readonly text: string;
  readonly module: PythonModule;
  readonly declaresWidth: boolean;
}

/** Which profile a file is read in: the one asked for, or μP's where the file or its project shows that intent. */
export function profileOf(
  { profile, configured }: AnalysisOptions,
  { text, module, declaresWidth }: ProfiledText,
): Profile {
  if (profile !== 'auto') return profile;
  return configured || declaresWidth || importsMup(module.body) || MUP_NAME.test(text) ? 'mup' : 'advisory';
}

/** Whether a text that is not parsed here shows that intent. */
export function meansMup(text: string): boolean {
  return MUP_NAME.test(text) || MUP_IMPORT.test(text);
}

const MUP_IMPORT = new RegExp(`^\\s*(?:from|import)\\s+(?:${MUP_PACKAGES.join('|')})\\b`, 'm');

function importsMup(body: readonly Statement[]): boolean {
  return statementsIn(body, topLevelBlocks).some(
    (statement) =>
      statement.kind === 'import' &&
      statement.bindings.some(({ qualified }) => MUP_PACKAGES.includes(qualified.split('.')[0] ?? '')),
  );
}
