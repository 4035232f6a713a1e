import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { McpSession } from '../mcp/session.ts';

/** `widthwise mcp`: the tools of a language model, over standard input and output. Ends when its client is gone. */
export const mcp: Command = defineCommand(
  {
    name: 'mcp',
    summary: 'lint, explain and classify as tools of a language model, over the Model Context Protocol',
    options: [],
    notes: [
      'It speaks on standard input and output, reads files below the current folder and elsewhere as it is asked, and writes none.',
    ],
  },
  async (_, io) => {
    const session = new McpSession(io, (answer) => void io.stdout.write(`${JSON.stringify(answer)}\n`));
    const lines = createInterface({ input: Readable.from(io.stdin), crlfDelay: Number.POSITIVE_INFINITY });
    const answered = new Set<Promise<void>>();
    for await (const line of lines) {
      if (line.trim() === '') continue;
      const one = session.receive(line).finally(() => answered.delete(one));
      answered.add(one);
    }
    await Promise.all(answered);
    return 0;
  },
);
