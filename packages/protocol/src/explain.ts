import { RequestType } from 'vscode-jsonrpc';
import type { Failure } from './failure.ts';

export interface ExplainModelParams {
  /** The Python file; as it stands in the editor if it is open, else as it is on disk. */
  readonly uri: string;
  /** One model of the file; without it, all. */
  readonly className?: string;
}

export interface ExplainModelResult {
  /** The weight table of each model, with what μP wants and what could not be read. */
  readonly markdown: string;
}

/**
 * Client → server, when a person asks for it: the weight table of the models in a file.
 *
 * Fails with `unknown-model`.
 */
export const ExplainModel: RequestType<ExplainModelParams, ExplainModelResult, Failure> = new RequestType(
  'widthwise/model/explain',
);
