import { type ChildProcess, spawnSync } from 'node:child_process';
import process from 'node:process';
import { markedProcesses } from './marked-processes.ts';

/**
 * Ends a process that leads its group, and all that it has started.
 *
 * @param mark what its environment has, by which those are found that have a session of their own and no parent any more
 */
export function killAll({ pid, exitCode, signalCode }: ChildProcess, mark: string): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    if (exitCode === null) spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
    return;
  }
  // Those with sessions of their own are found while it lives, as they are nobody's after that.
  const started = exitCode === null && signalCode === null ? descendants(pid) : [];
  for (const target of [-pid, ...started, ...markedProcesses(mark)]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch (error) {
      // It is gone.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** All that a process has started and what those have; none where the system does not list processes. */
function descendants(pid: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = (stdout ?? '').split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  const found = [pid];
  // What is found on the way is looked at as well.
  for (const parent of found) {
    for (const [own, above] of rows) {
      if (own !== undefined && above === parent && !found.includes(own)) found.push(own);
    }
  }
  return found.slice(1);
}
