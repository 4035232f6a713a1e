import type { Connection, InitializeParams, WorkspaceFolder } from 'vscode-languageserver';

/** The folders that the editor has open, as it says them. */
export interface OpenFolders {
  /** Of `initialize`. */
  begin(params: InitializeParams): void;
  /** After `initialized`, when changes can be listened to. */
  follow(): void;
  uris(): readonly string[];
}

/** Keeps the list of open folders of a connection up to date. */
export function openFolders(connection: Connection): OpenFolders {
  let folders: readonly WorkspaceFolder[] = [];
  let changes = false;
  return {
    begin({ workspaceFolders, capabilities }) {
      folders = workspaceFolders ?? [];
      changes = capabilities.workspace?.workspaceFolders === true;
    },
    follow() {
      if (!changes) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter(({ uri }) => !gone.has(uri)), ...added];
      });
    },
    uris: () => folders.map(({ uri }) => uri),
  };
}
