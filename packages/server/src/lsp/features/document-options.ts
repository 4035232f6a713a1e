import type { AnalysisOptions } from '@widthwise/analysis';
import {
  type ClientCapabilities,
  type Connection,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { misfitSentence } from '../../input/schema.ts';
import { analysisOptions, type ToRead } from '../../sources/config/analysis-options.ts';
import { type Configuration, isSetting, readConfiguration } from '../../sources/config/configuration.ts';
import { isExcluded } from '../../sources/config/excluded.ts';
import { findConfiguration, NOTHING } from '../../sources/config/find-configuration.ts';
import {
  type ConfigurationEdit,
  type ProjectSetting,
  projectSetting,
} from '../../sources/config/project-setting.ts';
import { ToolTables } from '../../sources/config/tool-tables.ts';
import { fileOf, folderOf } from '../../sources/document-file.ts';
import { logText, messageText } from '../connection/message-text.ts';
import { configurationDiagnostics } from './configuration-diagnostics.ts';

/** How the documents of an editor are to be read. */
export interface DocumentOptions {
  begin(capabilities: ClientCapabilities): void;
  /** Null for a document that is left alone. */
  of(uri: string): Promise<AnalysisOptions | null>;
  /** The same for a document that somebody asks about. */
  always(uri: string): Promise<AnalysisOptions>;
  /** What the editor's settings say for a document or folder, whatever the project's files do. */
  settingsOf(uri: string): Promise<Configuration>;
  /** What says a setting for the project of a document, whose folder is this; null where nothing small does. */
  saying(uri: string, setting: ProjectSetting, root: string): Promise<ConfigurationEdit | null>;
  /** Says again what it has said of settings and files that cannot be used. */
  forget(): void;
}

/**
 * Reads options from the editor's settings and the project's files. A client without configuration support has the
 * project's files. Settings that cannot be used are told once, and a file is a diagnostic of its own; both are read as if
 * they were not there.
 */
export function documentOptions(connection: Connection): DocumentOptions {
  let hasSettings = false;
  const told = new Set<string>();
  const tables = new ToolTables();
  const problems = configurationDiagnostics(connection);
  const tell = (sentence: string): void => {
    if (told.has(sentence)) return;
    told.add(sentence);
    const message = messageText(`Widthwise: ${sentence}.`);
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  };
  const settingsOf = async (uri: string): Promise<Configuration> => {
    if (!hasSettings) return {};
    const section = connection.workspace.getConfiguration({ scopeUri: uri, section: 'widthwise' });
    const settings: unknown = await section.catch((error: unknown) => {
      connection.console.warn(
        logText(`the editor does not tell its settings, so the defaults hold: ${String(error)}`),
      );
    });
    const read = readConfiguration(explicitSettings(settings));
    if ('output' in read) return read.output;
    for (const misfit of read.misfits) tell(`settings: ${misfitSentence(misfit)}`);
    return {};
  };
  const read = async (uri: string): Promise<ToRead> => {
    const file = fileOf(uri);
    const [settings, project] = await Promise.all([
      settingsOf(uri),
      file === null ? NOTHING : findConfiguration(file, tables),
    ]);
    problems.tell(uri, project.problems);
    const root = file === null ? '' : folderOf(file);
    return { file, explicit: settings, project, root };
  };
  return {
    begin: (capabilities) => {
      hasSettings = capabilities.workspace?.configuration === true;
    },
    of: async (uri) => {
      const found = await read(uri);
      const { file, explicit, project, root } = found;
      const globs = explicit.exclude ?? project.configuration.exclude ?? [];
      const excluded = file !== null && isExcluded(file, project.folder ?? root, globs);
      return excluded ? null : analysisOptions(found);
    },
    settingsOf,
    always: async (uri) => {
      return analysisOptions(await read(uri));
    },
    saying: async (uri, setting, root) => {
      const { file, explicit, project } = await read(uri);
      // What the editor's settings say goes before what a file says.
      const isSaid = Object.hasOwn(explicit, setting.table ?? setting.key);
      return file === null || isSaid ? null : projectSetting(setting, project, root);
    },
    forget: () => {
      told.clear();
      problems.forget();
    },
  };
}

/** The settings that are the analysis's, without those of other parts of the extension. */
function explicitSettings(section: unknown): object {
  if (typeof section !== 'object' || section === null) return {};
  const own = Object.entries(section).filter(([key, value]) => isSetting(key) && value !== null);
  return Object.fromEntries(own);
}
