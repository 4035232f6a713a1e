import type { Connection } from 'vscode-languageserver';
import type { FileAnalyser } from '../sources/analyser/file-analyser.ts';
import { FOLDER_CAPABILITIES, openFolders } from './connection/open-folders.ts';
import { EXPERIMENT_CAPABILITIES, registerExperiments } from './experiments/requests.ts';
import { registerAnalysis } from './features/register-analysis.ts';

/** Wires the language server to a connection, which the caller then listens on. */
export function createServer(connection: Connection, analyser: FileAnalyser): void {
  const folders = openFolders(connection);
  const runs = registerExperiments(connection, { folders: folders.uris });
  const analysis = registerAnalysis(connection, analyser, folders.uris);

  connection.onInitialize((params) => {
    folders.begin(params);
    return {
      capabilities: { ...analysis.begin(params), ...EXPERIMENT_CAPABILITIES, ...FOLDER_CAPABILITIES },
      serverInfo: { name: 'widthwise' },
    };
  });
  connection.onInitialized(() => {
    folders.follow();
    analysis.follow();
  });
  connection.onShutdown(() => runs.dispose());
}
