import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { explicitSettings } from './settings.ts';

/** The client of the server that ships with the extension; not started. */
export function createClient(
  context: vscode.ExtensionContext,
  outputChannel: vscode.LogOutputChannel,
): LanguageClient {
  const projectFiles = vscode.workspace.createFileSystemWatcher('**/{widthwise.json,pyproject.toml}');
  context.subscriptions.push(projectFiles);
  const server = {
    module: context.asAbsolutePath('dist/server/cli.js'),
    // The client adds --stdio itself.
    args: ['serve'],
    transport: TransportKind.stdio,
  };
  const serverOptions: ServerOptions = { run: server, debug: server };
  const clientOptions: LanguageClientOptions = {
    documentSelector: [{ language: 'python', scheme: 'file' }],
    outputChannel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    synchronize: { fileEvents: projectFiles },
    middleware: {
      workspace: {
        configuration: ({ items }) =>
          items.map(({ scopeUri, section }) =>
            section === 'widthwise' ? explicitSettings(scopeUri) : configured(scopeUri, section),
          ),
      },
    },
  };
  return new LanguageClient('widthwise', 'Widthwise', serverOptions, clientOptions);
}

function configured(scopeUri: string | undefined, section: string | undefined): unknown {
  const scope = scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri);
  return vscode.workspace.getConfiguration(undefined, scope).get(section ?? '') ?? null;
}
