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
    // Gone, or dead and not yet buried.
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(versions?.python)], { encoding: 'utf8' });
    expect(versions?.python).toMatch(/^\d+$/);
    expect(stdout).toMatch(/^\s*(?:Z|$)/);
  },
  20_000,
);
