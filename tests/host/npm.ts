import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs the npm that runs us, or the one on the path, and throws with its output when it fails. */
export async function npm(args: readonly string[], folder: string): Promise<void> {
  const { npm_execpath: cli } = process.env;
  if (cli === undefined) await run('npm', args, folder);
  else await run(process.execPath, [cli, ...args], folder);
}

/** Runs a program to its end and throws with its output when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  try {
    await promisify(execFile)(command, args, { cwd: folder, env, maxBuffer: 2 ** 26 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed in ${folder}:\n${stdout}${stderr}`, {
      cause: error,
    });
  }
}
