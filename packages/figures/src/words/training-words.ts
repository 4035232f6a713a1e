import type { LossSpec, OptimizerSpec } from '@widthwise/core';

/** What makes updates of gradients: `gradient descent`, `Adam`. */
export function optimizerText({ kind }: Pick<OptimizerSpec, 'kind'>): string {
  switch (kind) {
    case 'sgd':
      return 'gradient descent';
    case 'momentum':
      return 'gradient descent with momentum';
    case 'adam':
      return 'Adam';
  }
}

/** `full-batch gradient descent`, `gradient descent in batches of 16`. */
export function batchText({
  batch,
  optimizer,
}: {
  readonly batch: number | null;
  readonly optimizer: Pick<OptimizerSpec, 'kind'>;
}): string {
  return batch === null
    ? `full-batch ${optimizerText(optimizer)}`
    : `${optimizerText(optimizer)} in batches of ${batch}`;
}

/** The loss of one sample: `½‖f − y‖²`, `cross-entropy`. */
export function lossText({ kind }: Pick<LossSpec, 'kind'>): string {
  switch (kind) {
    case 'half-square':
      return '½‖f − y‖²';
    case 'square':
      return '‖f − y‖²';
    case 'cross-entropy':
      return 'cross-entropy';
  }
}
