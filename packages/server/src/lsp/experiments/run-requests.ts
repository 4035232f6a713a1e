import { type AnyFields, COMPARISON, checkAsked, settingSection } from '@widthwise/core';
import {
  CancelComparison,
  ComparisonAdvanced,
  ComparisonEnded,
  type ComparisonConfig,
  type ComparisonId,
  type ComparisonParams,
  type ComparisonSnapshot,
  PROTOCOL_VERSION,
  ReadComparison,
  StartComparison,
  type StartComparisonParams,
} from '@widthwise/protocol';
import * as v from 'valibot';
import {
  type Connection,
  MessageType,
  type ServerCapabilities,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { InputError } from '../../input/input-error.ts';
import { type Schema, SWITCH, TEXT, table } from '../../input/schema.ts';
import { inputErrors } from '../../lab/experiments/input-errors.ts';
import { prepareExperiment } from '../../lab/experiments/prepare.ts';
import { answering, checked, Refusal } from '../connection/answering.ts';
import { type Progress, showProgress } from '../connection/show-progress.ts';
import { findPlace } from './place.ts';
import { type ComparisonListener, ComparisonRegistry } from './registry.ts';

/** What the answer to `initialize` says of these requests; merged into the server's capabilities. */
export const RUN_CAPABILITIES: ServerCapabilities = {
  experimental: { widthwise: { protocolVersion: PROTOCOL_VERSION } },
};

export interface RunRequestOptions {
  /** URIs of the folders that the editor has open, asked with each request. */
  folders(): readonly string[];
}

/** Stops what was registered. */
export interface RunRequests {
  /** Resolves when no training is left. */
  dispose(): Promise<void>;
}

// SAFETY: the fields of the experiment check its parameters one by one.
const CONFIG: Schema<ComparisonConfig> = v.custom<ComparisonConfig>(() => true);

const START: Schema<StartComparisonParams> = table(
  { config: CONFIG, folder: v.exactOptional(TEXT), fresh: v.exactOptional(SWITCH) },
  { what: 'an object', noun: 'parameter' },
);

// SAFETY: an id that was never given out is a text too, and no comparison has it.
const COMPARISON_ID = TEXT as Schema<ComparisonId>;

const PARAMS: Schema<ComparisonParams> = table(
  { comparisonId: COMPARISON_ID },
  { what: 'an object', noun: 'parameter' },
);

/** Binds the requests about comparisons to a connection. Call it before `connection.listen()`. */
export function registerRunRequests(connection: Connection, { folders }: RunRequestOptions): RunRequests {
  const { console: log } = connection;
  const shown = new Map<string, Progress>();
  const listener: ComparisonListener = {
    advanced: (params) => {
      void connection.sendNotification(ComparisonAdvanced, params);
      shown.get(params.comparisonId)?.report(params.progress);
    },
    ended: (params) => {
      void connection.sendNotification(ComparisonEnded, params);
      shown.get(params.comparisonId)?.done();
      shown.delete(params.comparisonId);
    },
    noted: (sentence) => log.warn(sentence),
    warned: (sentence) => {
      void connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: `Widthwise: ${sentence}.`,
      });
    },
  };
  const registry = new ComparisonRegistry(listener);

  const start = async (params: StartComparisonParams, signal: AbortSignal): Promise<ComparisonSnapshot> => {
    const { folder, fresh } = params;
    const config = inputErrors(() => checkAsked(COMPARISON.fields, params.config));
    const { cwd, store } = await findPlace(folder, folders(), config, listener.noted);
    const prepared = await prepareExperiment(COMPARISON, config, cwd);
    signal.throwIfAborted();
    const snapshot = await registry.start(prepared, { store, fresh: fresh === true }, signal);
    const { comparisonId } = snapshot;
    const cancel = (): Promise<unknown> => registry.cancel(comparisonId);
    shown.set(comparisonId, showProgress(connection, prepared.dataTitle, cancel));
    return snapshot;
  };

  const startChecked = checked(START, (params, signal) =>
    start(params, signal).catch((error: unknown) => {
      throw refusalOf(error);
    }),
  );
  connection.onRequest(StartComparison, answering(log, StartComparison.method, startChecked));
  connection.onRequest(
    ReadComparison,
    answering(
      log,
      ReadComparison.method,
      checked(PARAMS, async ({ comparisonId }) => registry.read(comparisonId)),
    ),
  );
  connection.onRequest(
    CancelComparison,
    answering(
      log,
      CancelComparison.method,
      checked(PARAMS, ({ comparisonId }) => registry.cancel(comparisonId)),
    ),
  );
  return { dispose: () => registry.dispose() };
}

/** The same refusal in the words of the editor: the setting, or the field of the configuration where there is none. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof InputError)) return error;
  const fields: AnyFields = COMPARISON.fields;
  const nameOf = (field: string): string =>
    fields[field]?.setting ? `widthwise.${settingSection(COMPARISON.name)}.${field}` : field;
  return new Refusal('invalid-config', error.sentence(nameOf));
}
