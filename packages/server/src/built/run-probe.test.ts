import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { expect, test } from 'vitest';
import { runProbe } from './run-probe.ts';

/** Starts what has a session of its own and the same output, says which process that is, and never returns. */
const NEVER_ENDS = `
  const options = { detached: true, stdio: 'inherit' };
  const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)'], options);
  console.log(JSON.stringify({ event: 'ready', python: String(pid), torch: '2.0', seconds: 0 }));
  setInterval(() => 0, 1e6);
`;

/** Starts what starts another, with a session and an output of its own, and ends; says which process that is, and ends. */
const LEAVES_AN_ORPHAN = `
  const spawned = "const options = { detached: true, stdio: 'ignore' };"
    + "const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)'], options);"
    + "child.unref(); console.log(child.pid);";
  const pid = require('node:child_process').execFileSync(process.execPath, ['-e', spawned], { encoding: 'utf8' }).trim();
  console.log(JSON.stringify({ event: 'ready', python: pid, torch: '2.0', seconds: 0 }));
`;

test.skipIf(process.platform === 'win32')(
  'what is too late is left, and what it started in a session of its own ends with it',
  async () => {
    const { versions, failures } = await runProbe({
      question: { asks: 'explain' },
      file: 'model.py',
      factory: 'make',
      widths: [64],
      interpreter: process.execPath,
      launch: [process.execPath, '-e', NEVER_ENDS],
      cwd: process.cwd(),
      seconds: 2,
      signal: new AbortController().signal,
    });
    expect(failures).toMatchObject([{ why: expect.stringContaining('not done after 2 s') }]);
    await expect.poll(() => stateOf(versions?.python), { timeout: 10_000 }).toMatch(/^\s*(?:Z|$)/);
  },
  20_000,
);

test.runIf(process.platform === 'linux')(
  'what has a session of its own, and outlives the one that started it, ends with the probe',
  async () => {
    const { versions } = await runProbe({
      question: { asks: 'explain' },
      file: 'model.py',
      factory: 'make',
      widths: [64],
      interpreter: process.execPath,
      launch: [process.execPath, '-e', LEAVES_AN_ORPHAN],
      cwd: process.cwd(),
      seconds: 60,
      signal: new AbortController().signal,
    });
    await expect.poll(() => stateOf(versions?.python), { timeout: 10_000 }).toMatch(/^\s*(?:Z|$)/);
  },
  20_000,
);

/** Empty where a process is gone, Z where it is dead and not yet buried. */
function stateOf(pid: string | undefined): string {
  expect(pid).toMatch(/^\d+$/);
  return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}
