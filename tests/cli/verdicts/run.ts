/** `npm run verdicts`: every row of the regression of verdicts as a whole command, the slow ones too. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';

const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'whole', 'tests/cli/verdicts/verdicts.test.ts'],
  { stdio: 'inherit', shell: true, env: { ...process.env, WIDTHWISE_VERDICTS: 'all' } },
);
process.exitCode = status ?? 1;
