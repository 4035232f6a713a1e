import { type CommandRun, runCommand } from '../command-line.ts';

/** A call of a tool of the server that ships with the extension. */
export interface ToolCall extends Omit<CommandRun, 'args' | 'input'> {
  readonly name: string;
  readonly asked: object;
}

/** What the server's `mcp` answers to one call: JSON, or a sentence that says what is wrong with what was asked. */
export async function callTool({ name, asked, ...run }: ToolCall): Promise<string> {
  const request = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: asked } };
  const { stdout } = await runCommand({ ...run, args: ['mcp'], input: `${JSON.stringify(request)}\n` });
  return answerText(stdout);
}

/** The text of an answer in JSON-RPC. @throws where there is none */
export function answerText(line: string): string {
  const answer: unknown = JSON.parse(line);
  const content = valueAt(answer, 'result', 'content');
  if (Array.isArray(content)) return content.map((part) => String(valueAt(part, 'text') ?? '')).join('\n');
  throw new Error(String(valueAt(answer, 'error', 'message') ?? 'the tool did not answer'));
}

function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
}
