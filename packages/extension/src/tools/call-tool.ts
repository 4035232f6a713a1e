import { fork } from 'node:child_process';

/** A call of a tool of the server that ships with the extension. */
export interface ToolCall {
  readonly server: string;
  readonly name: string;
  readonly input: object;
  /** What relative paths are relative to. */
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** More than this no model reads. */
const MOST_BYTES = 2_000_000;
const LONGEST_MS = 120_000;

/** What the server's `mcp` answers to one call: JSON, or a sentence that says what is wrong with the input. */
export async function callTool({ server, name, input, cwd, signal }: ToolCall): Promise<string> {
  const child = fork(server, ['mcp'], {
    cwd,
    silent: true,
    execArgv: [],
    signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
  });
  const request = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } };
  child.stdin?.end(`${JSON.stringify(request)}\n`);
  child.stderr?.resume();
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  });
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  if (size > MOST_BYTES) return 'The answer is too long: ask about fewer files.';
  return answerText(Buffer.concat(chunks).toString('utf8'));
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
