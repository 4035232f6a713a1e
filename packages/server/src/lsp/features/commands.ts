import { quoted } from '@widthwise/core';
import {
  type Connection,
  ErrorCodes,
  type ExecuteCommandParams,
  ExecuteCommandRequest,
  type InitializeParams,
  MessageType,
  ResponseError,
  type ServerCapabilities,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { explanationFiles } from '../../files/explanation-files.ts';
import { answering } from '../connection/answering.ts';
import { messageText } from '../connection/message-text.ts';
import type { CellAnalyses } from './cell-analyses.ts';
import { EXPLAIN } from './code-lens.ts';
import { DECLARE_WIDTH, declareWidth } from './declare-width.ts';
import { type ExplainSources, explaining } from './explain.ts';
import { initializationOption } from './initialization-option.ts';

const WITHOUT_DOCUMENTS = 'This editor shows no documents of a server: `widthwise explain FILE` prints it.';

/** Whether the editor says that it carries out by itself what lenses offer but declaring a width, as this project's extension does. */
export function hasCommands(params: InitializeParams): boolean {
  return initializationOption(params, 'commands') === true;
}

/** What the answer to `initialize` says of commands: one that both have would be refused by the editor. */
export function commandCapabilities(params: InitializeParams): ServerCapabilities {
  const commands = hasCommands(params) ? [DECLARE_WIDTH] : [DECLARE_WIDTH, EXPLAIN];
  return { executeCommandProvider: { commands } };
}

/** Carries out what lenses offer in an editor without the extension. */
export function registerCommands(
  connection: Connection,
  analyses: CellAnalyses,
  sources: ExplainSources & { readonly showsDocuments: () => boolean },
): void {
  const explain = explaining(sources);
  const write = explanationFiles();
  const show = async (uri: string, [name]: readonly unknown[]): Promise<void> => {
    const { markdown } = await explain(typeof name === 'string' ? { uri, className: name } : { uri });
    if (!sources.showsDocuments()) {
      return connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Info,
        message: WITHOUT_DOCUMENTS,
      });
    }
    const title = typeof name === 'string' ? name : 'models';
    await connection.window.showDocument({ uri: write(`Explain ${title}`, markdown), takeFocus: true });
  };
  const carryOut = answering(
    connection.console,
    ExecuteCommandRequest.method,
    (params: ExecuteCommandParams) => {
      const { command, arguments: [uri, ...what] = [] } = params;
      return command === EXPLAIN
        ? show(String(uri), what)
        : declareWidth(connection, analyses, [uri, ...what]);
    },
  );
  connection.onExecuteCommand((params, token) => {
    const { command } = params;
    if (command === EXPLAIN || command === DECLARE_WIDTH) return carryOut(params, token);
    return new ResponseError(ErrorCodes.InvalidParams, messageText(`there is no command ${quoted(command)}`));
  });
}
