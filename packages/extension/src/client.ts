import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { explicitSettings, isEnabled } from './settings.ts';

/** What is analysed: Python files, what is not saved yet, cells of notebooks, and files of a repository that is not on a disk. */
export const DOCUMENTS: { language: string; scheme: string }[] = [
  { language: 'python', scheme: 'file' },
  { language: 'python', scheme: 'untitled' },
  { language: 'python', scheme: 'vscode-notebook-cell' },
  { language: 'python', scheme: 'vscode-vfs' },
];

/** Where the server is that ships with the extension. */
export function serverModule(context: vscode.ExtensionContext): string {
  return context.asAbsolutePath('dist/server/cli.js');
}

/** The client of the server that ships with the extension; not started. */
export function createClient(
  context: vscode.ExtensionContext,
  outputChannel: vscode.LogOutputChannel,
): LanguageClient {
  const projectFiles = vscode.workspace.createFileSystemWatcher('**/{widthwise.json,pyproject.toml,*.py}');
  context.subscriptions.push(projectFiles);
  const server = {
    module: serverModule(context),
    // The client adds --stdio itself.
    args: ['serve'],
    transport: TransportKind.stdio,
  };
  const serverOptions: ServerOptions = { run: server, debug: server };
  const clientOptions: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    outputChannel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    synchronize: { fileEvents: projectFiles },
    initializationOptions: () => ({
      workspaceDiagnostics: isEnabled('workspaceDiagnostics', undefined),
      // The extension has those that lenses offer.
      commands: true,
      // The setting may be another for each document, and change: the middleware asks for it.
      inlayHints: true,
    }),
    middleware: {
      workspace: {
        // Nothing else is asked for.
        configuration: ({ items }) =>
          items.map(({ scopeUri, section }) => (section === 'widthwise' ? explicitSettings(scopeUri) : null)),
      },
      provideCodeActions: async (document, range, context, token, next) =>
        (await next(document, range, context, token))?.filter((action) => !isOfUnsaved(action, document)),
      provideCodeLenses: (document, token, next) =>
        isEnabled('codeLens', document) ? next(document, token) : [],
      provideHover: (document, position, token, next) =>
        isEnabled('hover', document) ? next(document, position, token) : null,
      provideInlayHints: (document, range, token, next) =>
        isEnabled('inlayHints', document) ? next(document, range, token) : [],
    },
  };
  return new LanguageClient('widthwise', 'Widthwise', serverOptions, clientOptions);
}

/** Whether an action edits, beside its document and the other cells of its notebook, a file as it stands on the disk where an editor has it otherwise. */
function isOfUnsaved(
  action: vscode.Command | vscode.CodeAction,
  { uri: own }: Pick<vscode.TextDocument, 'uri'>,
): boolean {
  const edit = 'edit' in action ? action.edit : undefined;
  // Cells of one notebook differ in their fragments.
  const addressOf = (uri: vscode.Uri): string => uri.with({ fragment: '' }).toString();
  const others = (edit?.entries() ?? [])
    .map(([uri]) => addressOf(uri))
    .filter((uri) => uri !== addressOf(own));
  return vscode.workspace.textDocuments.some(
    ({ uri, isDirty }) => isDirty && others.includes(addressOf(uri)),
  );
}
