import { CancelExperiment, ExperimentAdvanced, StartExperiment } from '@widthwise/protocol';
import { serverHandle } from '../../protocol/server-handle.ts';

/** A server that goes on from one measurement to the next, as an editor's does. */
export interface PanelServer {
  /** By the clock: from the order of the demo to the first message with a point of a curve, which a panel draws in its next frame. */
  secondsToFirstPoint(): Promise<number>;
  close(): Promise<void>;
}

export async function panelServer(): Promise<PanelServer> {
  const server = await serverHandle();
  return {
    async secondsToFirstPoint() {
      const first = new Promise<number>((resolve) => {
        const listening = server.connection.onNotification(ExperimentAdvanced, ({ runs }) => {
          if (!runs.some(({ series }) => series.length > 0)) return;
          listening.dispose();
          resolve(performance.now());
        });
      });
      const begun = performance.now();
      const order = { experiment: 'compare', config: {}, fresh: true } as const;
      const { experimentId } = await server.connection.sendRequest(StartExperiment, order);
      const seconds = ((await first) - begun) / 1000;
      await server.connection.sendRequest(CancelExperiment, { experimentId });
      await server.endOf(experimentId);
      return seconds;
    },
    async close() {
      await server.close();
    },
  };
}
