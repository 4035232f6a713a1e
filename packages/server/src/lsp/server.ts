import { type Connection, TextDocumentSyncKind } from 'vscode-languageserver';
import { openFolders } from './open-folders.ts';
import { RUN_CAPABILITIES, registerRunRequests } from './run-requests.ts';

/** Wires the language server to a connection, which the caller then listens on. */
export function createServer(connection: Connection): void {
  const folders = openFolders(connection);
  const runs = registerRunRequests(connection, { folders: folders.uris });

  connection.onInitialize((params) => {
    folders.begin(params);
    return {
      capabilities: { ...RUN_CAPABILITIES, textDocumentSync: TextDocumentSyncKind.Incremental },
      serverInfo: { name: 'widthwise' },
    };
  });
  connection.onInitialized(() => folders.follow());
  connection.onShutdown(() => runs.dispose());
}
