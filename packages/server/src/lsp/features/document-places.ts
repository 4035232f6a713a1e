import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { JobPlace } from '../../sources/analyser/file-analyser.ts';
import { slashed } from '../../sources/analyser/slashed.ts';
import { fileOf, folderOf, isInside } from '../../sources/document-file.ts';
import { WorkspaceRoots } from '../../sources/workspace-root.ts';

/** Where the documents of an editor stand among its files. */
export interface DocumentPlaces {
  /** Null for a document that is on no disk. */
  of(uri: string): Promise<JobPlace | null>;
  /** As analyses name the file of a document. */
  pathOf(uri: string): string | null;
  /** The editor's text of a document is not that of its file. */
  edited(document: TextDocument): void;
  /** Text and file of a document are one again. */
  settled(uri: string): void;
  /** Files may have come or gone. */
  moved(): void;
}

/** @param folders the open folders, as URIs: nothing outside of that which a document is in is read for it */
export function documentPlaces(folders: () => readonly string[]): DocumentPlaces {
  const unsaved = new Map<string, string>();
  let roots = new WorkspaceRoots();
  let version = 0;
  const pathOf = (uri: string): string | null => {
    const file = fileOf(uri);
    return file === null ? null : slashed(file);
  };
  return {
    pathOf,
    async of(uri) {
      const path = fileOf(uri);
      if (path === null) return null;
      const root = await boundedRoot(await roots.of(path), path, folders());
      return { path, root, version, unsaved };
    },
    edited: (document) => {
      const path = pathOf(document.uri);
      if (path !== null) unsaved.set(path, document.getText());
    },
    settled: (uri) => {
      const path = pathOf(uri);
      if (path !== null) unsaved.delete(path);
    },
    moved: () => {
      version++;
      roots = new WorkspaceRoots();
    },
  };
}

/** The root of a file's project, or the open folder that lies below it; of a file in no open folder, its own. */
async function boundedRoot(root: string, path: string, folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    const open = fileOf(folder);
    if (open === null || !(await isInside(path, folder))) continue;
    return root === open || (await isInside(root, folder)) ? root : open;
  }
  return folders.length === 0 ? root : folderOf(path);
}
