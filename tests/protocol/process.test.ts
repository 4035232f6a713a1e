import { StartExperiment } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { serverHandle } from './server-handle.ts';

const LONG = { widths: [256, 1024], parametrizations: ['mup'], steps: 400, seeds: 20 };

test('an editor that is gone takes the server with it, in the middle of a comparison', async () => {
  const server = await serverHandle();
  await server.connection.sendRequest(StartExperiment, { experiment: 'compare', config: LONG });
  const exited = new Promise((resolve) => server.process.once('exit', resolve));
  server.process.stdin!.end();
  await exited;
  expect(server.process.exitCode).not.toBeNull();
  server.connection.dispose();
});

test('shutdown in the middle of a comparison ends it and then the server', async () => {
  const server = await serverHandle();
  await server.connection.sendRequest(StartExperiment, { experiment: 'compare', config: LONG });
  expect(await server.close()).toBe(0);
});

// Windows has no SIGINT for another process.
if (process.platform !== 'win32') {
  test('Ctrl-C ends a server that was started in a terminal, in the middle of a comparison', async () => {
    const server = await serverHandle();
    await server.connection.sendRequest(StartExperiment, { experiment: 'compare', config: LONG });
    const signalled = new Promise((resolve) =>
      server.process.once('exit', (_code, signal) => resolve(signal)),
    );
    server.process.kill('SIGINT');
    expect(await signalled).toBe('SIGINT');
    server.connection.dispose();
  });
}
