import process from 'node:process';
import { JUDGES } from '../judges/judges.ts';
import type { Input, Judgement, JudgeName } from './kind.ts';

/** What the process is asked. */
export interface Asked {
  readonly judge: JudgeName;
  readonly inputs: readonly Input[];
}

/** What it answers of each input. */
export interface Answered extends Judgement {
  /** Bytes of memory that the process holds afterwards. */
  readonly rss: number;
}

process.on('disconnect', () => process.exit(0));
process.on('message', (asked: Asked) => void answer(asked));

async function answer({ judge, inputs }: Asked): Promise<void> {
  const answers: Answered[] = [];
  for (const input of inputs) {
    answers.push({ ...(await judgementOf(judge, input)), rss: process.memoryUsage.rss() });
  }
  process.send!(answers);
}

async function judgementOf(judge: JudgeName, input: Input): Promise<Judgement> {
  try {
    return await JUDGES[judge](input);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { problems: [{ kind: 'throw', what: what.slice(0, 2000) }], cpuMs: null };
  }
}
