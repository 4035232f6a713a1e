import type { BuiltExponents, Finding, ModelOutline } from '@widthwise/analysis';
import type { BuiltModel } from '../../built/built-model.ts';
import { InputError } from '../../input/input-error.ts';
import { type LintedFile, lintFiles } from '../../sources/analyse-files.ts';
import type { CommandIo } from '../command.ts';
import { say } from '../terminal/say.ts';
import { withAnalyser } from '../with-analyser.ts';

/** What the analyser says of the code of a built model. */
export interface ReadCode {
  readonly outline: ModelOutline | null;
  /** What it finds about that model's weights, of any severity; with the file that it stands in. */
  readonly findings: readonly Finding[];
}

/** Reads the class of a built model, with what was measured in place of what its code does not show. */
export async function readCode(
  { name, source }: BuiltModel,
  io: CommandIo,
  built: readonly BuiltExponents[] = [],
): Promise<ReadCode> {
  if (source === null) return { outline: null, findings: [] };
  const { cwd, interruption } = io;
  const files = await withAnalyser(1, async (analyser): Promise<readonly LintedFile[]> => {
    const flags = { profile: 'mup' as const };
    return (await lintFiles([source[0]], flags, { cwd, signal: interruption.signal, analyser, built })).files;
  }).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    say(io, `${name} is not read: ${error.message}`);
    return [];
  });
  const analyses = files.map(({ analysis }) => analysis);
  return {
    outline: analyses.flatMap(({ models }) => models).find((model) => model.name === name) ?? null,
    findings: analyses.flatMap(({ findings }) => findings).filter(({ model }) => model === name),
  };
}
