import 'vscode-jsonrpc/node';
import { afterEach, expect, test } from 'vitest';
import { CancellationTokenSource, type MessageConnection, ResponseError } from 'vscode-jsonrpc';
import { CancelExperiment, ExperimentEnded, type ExperimentId, ReadExperiment } from './experiment.ts';
import { type Failure, REFUSED } from './failure.ts';
import { connectPort, type Port } from './port-connection.ts';
import { ViewReady } from './view.ts';

/** Two ends of a wire that copies what is posted, as a webview's does. */
function portPair(): [Port, Port] {
  const listeners: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [
    new Set(),
    new Set(),
  ];
  const end = (mine: 0 | 1): Port => ({
    post(message) {
      const copy: unknown = JSON.parse(JSON.stringify(message));
      queueMicrotask(() => listeners[mine === 0 ? 1 : 0].forEach((listener) => void listener(copy)));
    },
    listen(listener) {
      listeners[mine].add(listener);
      return { dispose: () => void listeners[mine].delete(listener) };
    },
  });
  return [end(0), end(1)];
}

let open: MessageConnection[] = [];
function connected(): [MessageConnection, MessageConnection] {
  const ends = portPair().map(connectPort);
  open = ends;
  return [ends[0]!, ends[1]!];
}
afterEach(() => open.forEach((connection) => void connection.dispose()));

// SAFETY: no server is asked what it means.
const experimentId = 'some' as ExperimentId;

test('a request is answered across the port', async () => {
  const [view, host] = connected();
  host.onRequest(
    CancelExperiment,
    () => new ResponseError<Failure>(REFUSED, 'no', { kind: 'unknown-experiment' }),
  );
  host.listen();
  view.listen();
  await expect(view.sendRequest(CancelExperiment, { experimentId })).rejects.toMatchObject({
    code: REFUSED,
    message: 'no',
    data: { kind: 'unknown-experiment' },
  });
});

test('notifications cross in order, with and without parameters', async () => {
  const [view, host] = connected();
  const seen: string[] = [];
  host.onNotification(ViewReady, () => void seen.push('ready'));
  host.onNotification(ExperimentEnded, ({ state }) => void seen.push(state.kind));
  host.listen();
  await view.sendNotification(ViewReady);
  await view.sendNotification(ExperimentEnded, { experimentId, state: { kind: 'cancelled' } });
  await expect.poll(() => seen).toEqual(['ready', 'cancelled']);
});

test('cancelling a request crosses, too', async () => {
  const [view, host] = connected();
  host.onRequest(
    ReadExperiment,
    (_params, token) =>
      new Promise((resolve) => {
        const refuse = (): void => resolve(new ResponseError(REFUSED, 'cancelled'));
        if (token.isCancellationRequested) refuse();
        else token.onCancellationRequested(refuse);
      }),
  );
  host.listen();
  view.listen();
  const source = new CancellationTokenSource();
  const answer = view.sendRequest(ReadExperiment, { experimentId }, source.token);
  source.cancel();
  await expect(answer).rejects.toMatchObject({ message: 'cancelled' });
});
