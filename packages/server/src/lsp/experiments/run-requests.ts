import {
  CancelComparison,
  ComparisonAdvanced,
  type ComparisonConfig,
  ComparisonEnded,
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
import { UsageError } from '../../cli/command.ts';
import { type Schema, SWITCH, TEXT, table } from '../../input/schema.ts';
import { prepareComparison } from '../../lab/experiments/prepare-comparison.ts';
import type { PreparedComparison } from '../../lab/experiments/prepared-comparison.ts';
import { answering, checked, Refusal } from '../connection/answering.ts';
import { type Progress, showProgress } from '../connection/show-progress.ts';
import { checkConfig } from './check-params.ts';
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

// SAFETY: `checkConfig` reads the configuration, field by field.
const CONFIG: Schema<ComparisonConfig> = v.custom<ComparisonConfig>(() => true);

const START: Schema<StartComparisonParams> = table(
  { config: CONFIG, folder: v.exactOptional(TEXT), fresh: v.exactOptional(SWITCH) },
  { what: 'an object', noun: 'parameter' },
);

// SAFETY: an id that was never given out is a text too, and no comparison has it.
const COMPARISON_ID = TEXT as Schema<ComparisonId>;

const COMPARISON: Schema<ComparisonParams> = table(
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
    const config = checkConfig(params.config);
    const { cwd, store } = await findPlace(folder, folders(), config, listener.noted);
    const prepared = await prepare(config, cwd);
    signal.throwIfAborted();
    const snapshot = registry.start(prepared, store, fresh === true);
    const { comparisonId } = snapshot;
    const cancel = (): Promise<unknown> => registry.cancel(comparisonId);
    shown.set(comparisonId, showProgress(connection, prepared.dataTitle, cancel));
    return snapshot;
  };

  connection.onRequest(StartComparison, answering(log, StartComparison.method, checked(START, start)));
  connection.onRequest(
    ReadComparison,
    answering(
      log,
      ReadComparison.method,
      checked(COMPARISON, async ({ comparisonId }) => registry.read(comparisonId)),
    ),
  );
  connection.onRequest(
    CancelComparison,
    answering(
      log,
      CancelComparison.method,
      checked(COMPARISON, ({ comparisonId }) => registry.cancel(comparisonId)),
    ),
  );
  return { dispose: () => registry.dispose() };
}

async function prepare(config: ComparisonConfig, cwd: string): Promise<PreparedComparison> {
  try {
    return await prepareComparison(config, cwd);
  } catch (error) {
    if (error instanceof UsageError) throw new Refusal('invalid-config', inSettingsWords(error.message));
    throw error;
  }
}

/** A sentence about a flag of the command line says the field of the configuration instead. */
function inSettingsWords(sentence: string): string {
  return sentence.replace(/^--([a-z-]+)/, (_, flag: string) =>
    flag === 'lr'
      ? 'learningRate'
      : flag.replaceAll(/-(.)/g, (_dash, letter: string) => letter.toUpperCase()),
  );
}
