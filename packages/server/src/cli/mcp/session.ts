import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { InputError } from '../../input/input-error.ts';
import { VERSION } from '../../version.ts';
import type { CommandIo } from '../command.ts';
import { commandLine, inputSchema, TOOLS, type Tool } from './tools.ts';

/** The revisions of the Model Context Protocol that are spoken, the newest first. */
const REVISIONS = ['2025-06-18', '2025-03-26', '2024-11-05'];

/** What is said in JSON-RPC; a notification has no id. */
interface Message {
  readonly id?: string | number;
  readonly method?: unknown;
  readonly params?: unknown;
}

/** An error of JSON-RPC. */
class Refused extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const [NOT_JSON, NO_REQUEST, NO_METHOD, WRONG_PARAMS, FAILED] = [-32700, -32600, -32601, -32602, -32603];

/** One client's session: each line that it sends is answered, in whatever order the answers are found. */
export class McpSession {
  private readonly running = new Map<string | number, AbortController>();
  private readonly io: CommandIo;
  private readonly send: (answer: object) => void;

  constructor(io: CommandIo, send: (answer: object) => void) {
    this.io = io;
    this.send = send;
  }

  /** Resolves when what a line asks for is answered; never rejects. */
  async receive(line: string): Promise<void> {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      return this.refuse(null, new Refused(NOT_JSON, 'not JSON'));
    }
    if (typeof message !== 'object' || message === null || Array.isArray(message)) {
      return this.refuse(null, new Refused(NO_REQUEST, 'expected one request'));
    }
    const { id, method, params } = message as Message;
    if (typeof method !== 'string') {
      // Nothing is asked of the client, so an answer of its own is to nobody.
      return id === undefined || 'method' in message
        ? this.refuse(id ?? null, new Refused(NO_REQUEST, 'method is missing'))
        : undefined;
    }
    if (id === undefined) return this.hear(method, params);
    try {
      this.send({ jsonrpc: '2.0', id, result: await this.answer(id, method, params) });
    } catch (error) {
      this.refuse(id, error instanceof Refused ? error : new Refused(FAILED, String(error)));
    }
  }

  private refuse(id: string | number | null, { code, message }: Refused): void {
    this.send({ jsonrpc: '2.0', id, error: { code, message } });
  }

  private hear(method: string, params: unknown): void {
    if (method !== 'notifications/cancelled') return;
    const { requestId } = (params ?? {}) as { readonly requestId?: string | number };
    if (requestId !== undefined) this.running.get(requestId)?.abort();
  }

  private answer(id: string | number, method: string, params: unknown): object | Promise<object> {
    const {
      protocolVersion,
      name,
      arguments: given = {},
    } = (params ?? {}) as Readonly<Record<string, unknown>>;
    switch (method) {
      case 'initialize':
        return {
          protocolVersion: REVISIONS.find((one) => one === protocolVersion) ?? REVISIONS[0],
          capabilities: { tools: {} },
          serverInfo: { name: 'widthwise', version: VERSION },
        };
      case 'ping':
        return {};
      case 'tools/list':
        return { tools: TOOLS.map(described) };
      case 'tools/call': {
        const tool = TOOLS.find((one) => one.name === name);
        if (tool === undefined) throw new Refused(WRONG_PARAMS, `there is no tool ${String(name)}`);
        return this.call(id, tool, given);
      }
      default:
        throw new Refused(NO_METHOD, `there is no method ${method}`);
    }
  }

  /** A command that refuses what it is given is a result that says why, so that the model may mend it. */
  private async call(id: string | number, tool: Tool, given: unknown): Promise<object> {
    const args = commandLine(tool, given);
    if ('problem' in args) return failed(args.problem);
    const abort = new AbortController();
    this.running.set(id, abort);
    try {
      return await called(tool, args, { ...this.io, interruption: interruptionBy(abort.signal) });
    } catch (error) {
      if (error instanceof InputError) return failed(error.message);
      throw error;
    } finally {
      this.running.delete(id);
    }
  }
}

function described(tool: Tool): object {
  const { name, title, description } = tool;
  return {
    name,
    title,
    description,
    inputSchema: inputSchema(tool),
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
}

function failed(problem: string): object {
  return { content: [{ type: 'text', text: problem }], isError: true };
}

/** The JSON of a command, and what it says beside it. */
async function called(tool: Tool, args: readonly string[], io: CommandIo): Promise<object> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([text(stdout), text(stderr)]);
  const command = await tool.load();
  try {
    await command.run(args, { ...io, stdout, stderr });
  } finally {
    stdout.end();
    stderr.end();
  }
  const [json, notes] = await written;
  const said = notes === '' ? [] : [{ type: 'text', text: notes }];
  return { content: [{ type: 'text', text: json }, ...said], structuredContent: JSON.parse(json) };
}

function interruptionBy(signal: AbortSignal): CommandIo['interruption'] {
  return { signal, exitCode: () => 130, during: (work) => work() };
}
