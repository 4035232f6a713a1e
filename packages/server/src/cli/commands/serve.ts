import { Console } from 'node:console';
import process from 'node:process';
import { InputError } from '../../input/input-error.ts';
import { AnalyserPool } from '../../sources/analyser/analyser-pool.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { oneLine } from '../terminal/say.ts';
import { terminalOf } from '../terminal/terminal.ts';

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
  async (args, io) => {
    if (!args.has('stdio'))
      throw new InputError(null, 'serve needs --stdio: it speaks on standard input and output');
    const analyser = new AnalyserPool({ processes: 2 });
    // It loads while the server does.
    analyser.warmUp();
    const [{ stdioConnection }, { createServer }] = await Promise.all([
      import('../../lsp/connection/stdio-connection.ts'),
      import('../../lsp/server.ts'),
    ]);
    // Whatever a dependency prints stays off the wire.
    globalThis.console = new Console(io.stderr);
    const end = (code: number, reason?: string): void => {
      if (reason === undefined) process.exit(code);
      const sentence = oneLine(`widthwise serve: ${reason}; the session ends`, terminalOf(io));
      io.stderr.write(`${sentence}\n`, () => process.exit(code));
    };
    const clientProcessId = Number(args.value('clientProcessId') ?? Number.NaN);
    const connection = stdioConnection({
      input: process.stdin,
      output: process.stdout,
      end,
      ...(Number.isInteger(clientProcessId) && { clientProcessId }),
    });
    createServer(connection, analyser);
    connection.listen();
    // The connection ends the process: after `exit`, and when the editor's end closes.
    return new Promise<number>(() => {});
  },
);
