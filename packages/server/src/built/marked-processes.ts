import { readdirSync, readFileSync } from 'node:fs';

/** What a process has in its environment, and hands on to all that it starts, unless it takes that away. */
const MARK = 'WIDTHWISE_PROCESS';

/** The environment of a process whose descendants are to be found, whatever becomes of those between. */
export function withMark(environment: NodeJS.ProcessEnv, mark: string): NodeJS.ProcessEnv {
  return { ...environment, [MARK]: mark };
}

/** The processes that have a mark; none where the system has no folder of processes, as only Linux does. */
export function markedProcesses(mark: string): readonly number[] {
  return processes().filter((pid) => environmentOf(pid).includes(`${MARK}=${mark}`));
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return [];
  }
}

/** As it began; empty where it has ended or is another user's. */
function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return [];
  }
}
