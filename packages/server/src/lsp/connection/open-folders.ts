import type { Connection, InitializeParams, ServerCapabilities } from 'vscode-languageserver';

/**
 * What the answer to `initialize` says of folders. Stated rather than registered later: editors that know folders but
 * no registration refuse the request, and would never tell of a change.
 */
export const FOLDER_CAPABILITIES: ServerCapabilities = {
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

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
  let folders: readonly string[] = [];
  let changes = false;
  return {
    begin({ workspaceFolders, rootUri, capabilities }) {
      // An editor without folders has one root.
      folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
      changes = capabilities.workspace?.workspaceFolders === true;
    },
    follow() {
      if (!changes) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      });
    },
    uris: () => folders,
  };
}
