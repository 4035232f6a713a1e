import process from 'node:process';
import { JUDGES } from '../judges/judges.ts';
import type { Input, Judgement, JudgeName } from './kind.ts';

/** What the process is asked. */
export interface Asked {
  readonly judge: JudgeName;
  readonly input: Input;
}

/** What it answers. */
export interface Answered extends Judgement {
  /** Bytes of memory that the process holds afterwards. */
  readonly rss: number;
}

process.on('disconnect', () => process.exit(0));
process.on('message', ({ judge, input }: Asked) => void answer(judge, input));

async function answer(judge: JudgeName, input: Input): Promise<void> {
  const judgement = await judgementOf(judge, input);
  process.send!({ ...judgement, rss: process.memoryUsage.rss() } satisfies Answered);
}

async function judgementOf(judge: JudgeName, input: Input): Promise<Judgement> {
  try {
    return await JUDGES[judge](input);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { problems: [{ kind: 'throw', what: what.slice(0, 2000) }], cpuMs: null };
  }
}
