import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { framed, frameReader } from '../../protocol/frames.ts';
import { HELLO } from '../../protocol/raw-session.ts';
import type { Input, Judgement, Problem } from '../harness/kind.ts';
import { startWidthwise } from './widthwise.ts';

/** A request where it has an id, else a notification. */
interface Message {
  readonly method: string;
  readonly params?: unknown;
  readonly id?: number | string;
}

/** One thing that a client sends: a message in its frame, or bytes as they are. */
export type Sent = { readonly message: Message } | { readonly bytes: string };

/** What a client says to a server in one session. */
export type Session = {
  readonly initializes: boolean;
  readonly sent: readonly Sent[];
};

interface Answer {
  readonly id?: unknown;
  readonly method?: string;
  readonly error?: { readonly code: number; readonly message: string };
}

const INTERNAL_ERROR = -32603;
/** Far longer than an answer or an end takes. */
const MOST_MS = 20_000;

/** Every request has one answer that is nobody's bug, and the session ends when its client says so or goes. */
export async function judgeMessages(input: Input): Promise<Judgement> {
  const { initializes, sent } = input as Session;
  const folder = await mkdtemp(join(tmpdir(), 'widthwise-fuzz-'));
  const server = startWidthwise(['serve', '--stdio'], folder);
  const closed = once(server, 'close');
  const [answers, errors] = [[] as Answer[], [] as string[]];
  const asked = 1 + Number(initializes) + requestsIn(sent).length;
  const answered = new Promise<void>((resolve) => {
    const keep = frameReader<Answer>((answer) => {
      answers.push(answer);
      if (answers.filter(isAnswer).length === asked) resolve();
    });
    server.stdout!.on('data', keep);
  });
  server.stderr!.on('data', (chunk) => errors.push(String(chunk)));
  // The server may end before it has read everything.
  server.stdin!.on('error', () => {});
  const send = (message: object): void => void server.stdin!.write(framed(message));
  try {
    if (initializes) send({ id: 'hello', method: 'initialize', params: HELLO });
    for (const one of sent) {
      if ('bytes' in one) server.stdin!.write(one.bytes);
      else send(one.message);
    }
    const broken = sent.some((one) => 'bytes' in one);
    if (broken) server.stdin!.end();
    else {
      send({ id: 'last', method: 'shutdown' });
      // An exit overtakes what is still being answered.
      await Promise.race([answered, closed, sleep(MOST_MS)]);
      send({ method: 'exit' });
    }
    const ended = await Promise.race([closed, sleep(MOST_MS, null)]);
    if (ended === null)
      return { problems: [{ kind: 'hang', what: 'the session does not end' }], cpuMs: null };
    const [code] = ended as [number | null];
    return {
      problems: [
        ...endProblems({ code, initializes, broken, stderr: errors.join('') }),
        ...(broken ? [] : answerProblems(sent, answers)),
      ],
      cpuMs: null,
    };
  } finally {
    server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

function endProblems(end: {
  readonly code: number | null;
  readonly initializes: boolean;
  readonly broken: boolean;
  readonly stderr: string;
}): readonly Problem[] {
  const { code, initializes, broken, stderr } = end;
  // One of the messages may initialize the session too.
  const wanted = initializes && !broken ? [0] : [0, 1];
  const problems: Problem[] = [];
  if (code === null || !wanted.includes(code)) {
    problems.push({
      kind: code === null || code > 128 ? 'abort' : 'exit',
      what: `exit ${code}: ${stderr.slice(0, 500)}`,
    });
  }
  if (/^\s+at /m.test(stderr) || stderr.length > 2000)
    problems.push({ kind: 'throw', what: stderr.slice(0, 1000) });
  return problems;
}

function requestsIn(sent: readonly Sent[]): readonly Message[] {
  return sent.flatMap((one) => ('message' in one && one.message.id !== undefined ? [one.message] : []));
}

/** As against what the server asks or tells. */
const isAnswer = ({ id, method }: Answer): boolean => id !== undefined && method === undefined;

/** Each request once, in the codes of JSON-RPC and LSP. */
function answerProblems(sent: readonly Sent[], answers: readonly Answer[]): readonly Problem[] {
  return requestsIn(sent).flatMap(({ id, method }): readonly Problem[] => {
    const own = answers.filter((answer) => answer.method === undefined && answer.id === id);
    const what = `${method}: ${own.length} answers`;
    if (own.length !== 1) return [{ kind: 'unanswered', what }];
    const [{ error }] = own as [Answer];
    if (error?.code === INTERNAL_ERROR) return [{ kind: 'internal', what: `${method}: ${error.message}` }];
    return error !== undefined && error.message.length > 1000
      ? [{ kind: 'words', what: `${method}: a long sentence` }]
      : [];
  });
}
