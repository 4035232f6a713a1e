import type { InitializeParams } from 'vscode-languageserver';

/** What an editor says under a name in the options that it begins with; undefined where it says nothing. */
export function initializationOption(
  { initializationOptions }: Pick<InitializeParams, 'initializationOptions'>,
  name: string,
): unknown {
  return ((initializationOptions ?? {}) as Record<string, unknown>)[name];
}
