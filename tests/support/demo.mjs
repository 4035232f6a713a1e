/** `npm run demo`: the two things Widthwise does, on real input: read a model, and measure what it predicts. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const widthwise = fileURLToPath(new URL('../../packages/server/bin/widthwise.js', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

// Ctrl-C goes to the command, which ends cleanly; this script ends with it.
process.on('SIGINT', () => {});

for (const args of [
  ['lint', 'examples/pytorch-mlp', '--fail-on', 'never'],
  ['compare', '--base-width', '1', '--lr', '1'],
]) {
  console.log(`$ widthwise ${args.join(' ')}`);
  const { status, signal } = spawnSync(process.execPath, [widthwise, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(signal === null ? status : 130);
  console.log();
}
