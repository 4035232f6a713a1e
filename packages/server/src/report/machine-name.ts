import { arch, availableParallelism, cpus, platform } from 'node:os';
import process from 'node:process';

/** The machine in a few words: processor, threads, system and Node's version. */
export function machineName(): string {
  const model = cpus()[0]?.model.trim() || arch();
  return `${model}, ${availableParallelism()} threads, ${platform()} ${arch()}, Node ${process.versions.node}`;
}
