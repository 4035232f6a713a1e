import { settingSection } from '@widthwise/core';
import {
  CancelExperiment,
  ExperimentAdvanced,
  type ExperimentConfig,
  ExperimentEnded,
  type ExperimentId,
  type ExperimentRef,
  type ExperimentSnapshot,
  PROTOCOL_VERSION,
  ReadExperiment,
  StartExperiment,
  type StartExperimentParams,
} from '@widthwise/protocol';
import * as v from 'valibot';
import {
  type Connection,
  MessageType,
  type ServerCapabilities,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { InputError } from '../../input/input-error.ts';
import { oneOf, openTable, type Schema, SWITCH, TEXT, table } from '../../input/schema.ts';
import { namedFiles } from '../../lab/experiments/named-files.ts';
import { answering, checked, Refusal } from '../connection/answering.ts';
import { logText, messageText } from '../connection/message-text.ts';
import { type ProgressDisplay, showProgress } from '../connection/show-progress.ts';
import { WIRED_EXPERIMENTS } from './experiments.ts';
import { findPlace } from './place.ts';
import { type ExperimentListener, ExperimentRegistry } from './registry.ts';
import type { WiredExperiment } from './wired-experiment.ts';

/** What the answer to `initialize` says of these requests; merged into the server's capabilities. */
export const EXPERIMENT_CAPABILITIES: ServerCapabilities = {
  experimental: { widthwise: { protocolVersion: PROTOCOL_VERSION } },
};

export interface ExperimentRequestOptions {
  /** URIs of the folders that the editor has open, asked with each request. */
  folders(): readonly string[];
}

/** Stops what was registered. */
export interface ExperimentRequests {
  /** Resolves when no training is left. */
  dispose(): Promise<void>;
}

// SAFETY: the fields of the experiment check its parameters one by one.
const CONFIG = openTable({}, 'an object') as Schema<ExperimentConfig>;

const START: Schema<StartExperimentParams> = table(
  {
    experiment: oneOf(WIRED_EXPERIMENTS.map(({ name }) => name)),
    config: CONFIG,
    folder: v.exactOptional(TEXT),
    fresh: v.exactOptional(SWITCH),
    restricted: v.exactOptional(SWITCH),
  },
  { what: 'an object', noun: 'parameter' },
);

// SAFETY: an id that was never given out is a text too, and no experiment has it.
const EXPERIMENT_ID = TEXT as Schema<ExperimentId>;

const REF: Schema<ExperimentRef> = table(
  { experimentId: EXPERIMENT_ID },
  { what: 'an object', noun: 'parameter' },
);

/** Binds the requests about experiments to a connection. Call it before `connection.listen()`. */
export function registerExperiments(
  connection: Connection,
  { folders }: ExperimentRequestOptions,
): ExperimentRequests {
  const { console: log } = connection;
  const shown = new Map<string, ProgressDisplay>();
  const registry = new ExperimentRegistry(listenerOf(connection, shown));

  const start = checked(START, async (params, signal): Promise<ExperimentSnapshot> => {
    const { folder, fresh = false, restricted = false } = params;
    const experiment = WIRED_EXPERIMENTS.find(({ name }) => name === params.experiment)!;
    const stop = new AbortController();
    let cancel = async (): Promise<unknown> => stop.abort();
    let display: ProgressDisplay | undefined;
    try {
      const asked = experiment.check(params.config);
      const files = namedFiles(experiment.fields, asked);
      const { cwd, store } = await findPlace(folder, folders(), {
        files,
        restricted,
        note: (line) => log.warn(logText(line)),
      });
      display = showProgress(connection, experiment.title, () => cancel());
      display.report('preparing');
      const order = { experiment: experiment.name, asked, cwd, store: store.directory, fresh };
      const snapshot = await registry.start(order, AbortSignal.any([signal, stop.signal]));
      cancel = () => registry.cancel(snapshot.experimentId);
      const { kind } = snapshot.state;
      display.report(kind === 'queued' ? stateText(snapshot) : snapshot.plan.data);
      shown.set(snapshot.experimentId, display);
      return snapshot;
    } catch (error) {
      display?.done();
      throw error instanceof InputError ? refusalOf(experiment, error) : error;
    }
  });
  const read = checked(REF, ({ experimentId }) => registry.read(experimentId));
  const cancel = checked(REF, ({ experimentId }) => registry.cancel(experimentId));

  connection.onRequest(StartExperiment, answering(log, StartExperiment.method, start));
  connection.onRequest(ReadExperiment, answering(log, ReadExperiment.method, read));
  connection.onRequest(CancelExperiment, answering(log, CancelExperiment.method, cancel));
  return { dispose: () => registry.dispose() };
}

/** Tells the client what comes of its experiments, and moves their progress displays. */
function listenerOf(connection: Connection, shown: Map<string, ProgressDisplay>): ExperimentListener {
  return {
    advanced: (params) => {
      void connection.sendNotification(ExperimentAdvanced, params);
      const { finished, total } = params.progress;
      const percentage = Math.floor((100 * finished) / Math.max(1, total));
      shown.get(params.experimentId)?.report(stateText(params), percentage);
    },
    ended: (params) => {
      void connection.sendNotification(ExperimentEnded, params);
      shown.get(params.experimentId)?.done();
      shown.delete(params.experimentId);
    },
    noted: (sentence) => connection.console.warn(logText(sentence)),
    warned: (sentence) => {
      void connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: messageText(`Widthwise: ${sentence}.`),
      });
    },
  };
}

/** `waiting for a place: 1 before it`, `3/80`. */
function stateText({ state, progress }: Pick<ExperimentSnapshot, 'state' | 'progress'>): string {
  if (state.kind === 'queued') return `waiting for a place: ${state.before} before it`;
  return `${progress.finished}/${progress.total}`;
}

/** A refusal in the words of the editor: the setting, or the parameter where there is none. */
function refusalOf({ name, fields }: WiredExperiment, error: InputError): Refusal {
  const nameOf = (field: string): string =>
    fields[field]?.setting ? `widthwise.${settingSection(name)}.${field}` : field;
  return new Refusal('invalid-config', error.sentence(nameOf));
}
