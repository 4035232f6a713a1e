import * as vscode from 'vscode';
import { callTool } from './call-tool.ts';
import { pathsAsked, pathsOutside } from './paths-asked.ts';

const PREFIX = 'widthwise_';

/** The tools that package.json declares for language models, each answered by the server's tool of its name. */
export function languageModelTools(context: vscode.ExtensionContext, server: string): vscode.Disposable {
  const { contributes } = context.extension.packageJSON as {
    readonly contributes: { readonly languageModelTools: readonly { readonly name: string }[] };
  };
  return vscode.Disposable.from(
    ...contributes.languageModelTools.map(({ name }) =>
      vscode.lm.registerTool<object>(name, {
        prepareInvocation: ({ input }) => prepare(input),
        async invoke({ input }, token) {
          const stopped = new AbortController();
          token.onCancellationRequested(() => stopped.abort());
          const { signal } = stopped;
          const tool = name.slice(PREFIX.length);
          const text = await callTool({ server, name: tool, asked: input, cwd: here(), signal });
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
        },
      }),
    ),
  );
}

/** What a model wants to read outside of the workspace a person is asked about. */
function prepare(input: object): vscode.PreparedToolInvocation {
  const outside = pathsOutside(pathsAsked(input), folders(), here());
  if (outside.length === 0) return {};
  return {
    confirmationMessages: {
      title: 'Read outside of this workspace?',
      message: `Widthwise would read ${outside.join(', ')}.`,
    },
  };
}

function folders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
}

function here(): string {
  return folders()[0] ?? process.cwd();
}
