import type { Experiment } from '../experiment.ts';
import { TRANSFER_FIELDS, type TransferParams } from './params.ts';
import { planTransfer, refineTransfer } from './plan.ts';
import { reduceTransfer } from './reduce.ts';
import type { TransferReport } from './report.ts';
import { type TransferRequest, transferRequest } from './request.ts';

/** Is the best learning rate of a narrow network the best of a wide one? */
export const TRANSFER: Experiment<TransferParams, TransferRequest, TransferReport> = {
  name: 'transfer',
  title: 'Check Learning-Rate Transfer',
  fields: TRANSFER_FIELDS,
  request: transferRequest,
  plan: planTransfer,
  refine: refineTransfer,
  reduce: reduceTransfer,
};
