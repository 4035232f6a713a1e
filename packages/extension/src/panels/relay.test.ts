import 'vscode-jsonrpc/node';
import {
  connectPort,
  ExperimentAdvanced,
  ExperimentEnded,
  type Port,
  ReadExperiment,
  StartExperiment,
} from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { ErrorCodes, type MessageConnection, ResponseError } from 'vscode-jsonrpc';
import { relay, type ServerSide } from './relay.ts';

/** A server's end that remembers what it was asked, and notifies on demand. */
class StandInServer implements ServerSide {
  readonly asked: [method: string, params: unknown][] = [];
  readonly #handlers = new Map<string, (params: unknown) => void>();

  async sendRequest(method: string, params: unknown): Promise<unknown> {
    this.asked.push([method, params]);
    if (method === ReadExperiment.method) return { answered: true };
    throw new ResponseError(ErrorCodes.InternalError, 'not asked for');
  }

  onNotification(method: string, handler: (params: unknown) => void): { dispose(): void } {
    this.#handlers.set(method, handler);
    return { dispose: () => this.#handlers.delete(method) };
  }

  notify(method: string, params: unknown): void {
    this.#handlers.get(method)?.(params);
  }
}

function relayed(isReady: () => boolean): {
  view: MessageConnection;
  server: StandInServer;
  dispose(): void;
} {
  const ends: ((message: unknown) => void)[][] = [[], []];
  const port = (mine: number): Port => ({
    post: (message) => queueMicrotask(() => ends[1 - mine]!.forEach((listener) => void listener(message))),
    listen: (listener) => {
      ends[mine]!.push(listener);
      return { dispose: () => {} };
    },
  });
  const [view, host] = [connectPort(port(0)), connectPort(port(1))];
  const server = new StandInServer();
  const { dispose } = relay(host, server, isReady);
  view.listen();
  host.listen();
  return { view, server, dispose };
}

test('an allowed request reaches the server as it is, and so does its answer the view', async () => {
  const { view, server } = relayed(() => true);
  const params = { experimentId: 'some' };
  expect(await view.sendRequest(ReadExperiment.method, params)).toEqual({ answered: true });
  expect(server.asked).toEqual([[ReadExperiment.method, params]]);
});

test.each([StartExperiment.method, 'workspace/executeCommand', 'textDocument/hover'])(
  'a view may not call %s',
  async (method) => {
    const { view, server } = relayed(() => true);
    await expect(view.sendRequest(method, {})).rejects.toMatchObject({ code: ErrorCodes.MethodNotFound });
    expect(server.asked).toEqual([]);
  },
);

test('notifications reach a view that listens, and none before it does', async () => {
  let ready = false;
  const { view, server } = relayed(() => ready);
  const seen: unknown[] = [];
  view.onNotification(ExperimentAdvanced.method, (params) => void seen.push(params));
  server.notify(ExperimentAdvanced.method, { revision: 1 });
  ready = true;
  server.notify(ExperimentAdvanced.method, { revision: 2 });
  await expect.poll(() => seen).toEqual([{ revision: 2 }]);
});

test('a relay that is disposed of carries nothing', async () => {
  const { view, server, dispose } = relayed(() => true);
  const seen: unknown[] = [];
  view.onNotification(ExperimentEnded.method, (params) => void seen.push(params));
  dispose();
  server.notify(ExperimentEnded.method, {});
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(seen).toEqual([]);
});
