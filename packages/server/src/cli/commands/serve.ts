import process from 'node:process';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { InputError } from '../../input/input-error.ts';
import { createServer } from '../../lsp/server.ts';
import { loadAnalyserFromDisk } from '../../sources/load-analyser.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';

const INTERRUPTED = 130;

/** `widthwise serve --stdio`: the language server, for any editor. Ends when the editor says so or is gone. */
export const serve: Command = defineCommand(
  {
    name: 'serve',
    summary: 'the language server, for any editor that speaks LSP',
    options: [
      { name: 'stdio', summary: 'speak on standard input and output, the one way there is' },
      { name: 'clientProcessId', value: 'PID', summary: 'the editor; when it is gone, the server ends' },
    ],
  },
  (args, io) => {
    if (!args.has('stdio'))
      throw new InputError(null, 'serve needs --stdio: it speaks on standard input and output');
    // It finds --stdio among the process's arguments, and keeps console.log off the wire.
    const connection = createConnection(ProposedFeatures.all);
    createServer(connection, loadAnalyserFromDisk());
    connection.listen();
    // The connection ends the process: after `exit`, and when the editor's end closes. So does a person's Ctrl-C.
    io.signal.addEventListener('abort', () => process.exit(INTERRUPTED));
    return new Promise<number>(() => {});
  },
);
