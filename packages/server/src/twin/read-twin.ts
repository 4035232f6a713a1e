import type { MlpTwin, ModelOutline, TwinMissing } from '@widthwise/analysis';
import { ACTIVATION_NAMES, type ActivationName, quoted, type Twin } from '@widthwise/core';
import { InputError } from '../input/input-error.ts';
import { modelPlace } from '../lab/experiments/named-files.ts';
import { type Linted, lintFiles } from '../sources/analyse-files.ts';
import { AnalyserPool } from '../sources/analyser/analyser-pool.ts';

/**
 * The twin of a model, `FILE.py:CLASS`, or of the only one of a file.
 *
 * @throws InputError for a file or model that cannot be read, and for one that no MLP scales like
 */
export async function readTwin(from: string, cwd: string, signal?: AbortSignal): Promise<Twin> {
  const { path, className } = modelPlace(from);
  const { files, unread } = await linted(path, cwd, signal);
  const [file] = files;
  if (file === undefined || files.length > 1) {
    const [reason] = unread;
    throw new InputError(
      'from',
      reason === undefined ? `${quoted(path)} is not one file` : `${reason.file} ${reason.why}`,
    );
  }
  return twinOf(modelIn(file.analysis.models, { path, className }));
}

/** Analysed by a process that ends with that. */
async function linted(path: string, cwd: string, signal = new AbortController().signal): Promise<Linted> {
  const analyser = new AnalyserPool({ processes: 1 });
  try {
    return await lintFiles([path], {}, { cwd, signal, analyser });
  } finally {
    analyser.close();
  }
}

function modelIn(
  models: readonly ModelOutline[],
  { path, className }: { readonly path: string; readonly className: string | null },
): ModelOutline {
  const names = models.map(({ name }) => name);
  if (className === null) {
    const [only] = models;
    if (only !== undefined && models.length === 1) return only;
    throw new InputError(
      'from',
      only === undefined
        ? `${path} has no model that can be read`
        : `${path} has several models; say which, ${path}:${only.name}, of ${names.join(', ')}`,
    );
  }
  const model = models.find(({ name }) => name === className);
  if (model !== undefined) return model;
  const others = names.length === 0 ? 'no model that can be read' : names.join(', ');
  throw new InputError('from', `${path} has no model ${quoted(className)}; it has ${others}`);
}

function twinOf({ name, twin: reading }: ModelOutline): Twin {
  if ('missing' in reading)
    throw new InputError('from', `no MLP stands for ${name}: ${missingText(reading.missing)}`);
  const { twin } = reading;
  const { input, hidden, output } = twin.exponents;
  return {
    name,
    parametrization: { name, optimizer: twin.optimizer, input, hidden: hidden ?? NO_HIDDEN, output },
    hasHidden: hidden !== null,
    activation: activationOf(twin),
    activations: twin.activations,
    depth: hidden === null ? 1 : twin.depth,
    beside: twin.beside.map((one) => BESIDE[one]),
  };
}

/** Of a network with one hidden layer, which has none: they scale nothing. */
const NO_HIDDEN = { a: 0, b: 1 / 2, c: 0 } as const;

/** The one that it has, where it is built in; a chain without one is linear. */
function activationOf({ activation, activations, isChain }: MlpTwin): ActivationName | null {
  if (activations.length === 0) return isChain ? 'identity' : null;
  return ACTIVATION_NAMES.find((name) => name === activation) ?? null;
}

const BESIDE: Readonly<Record<MlpTwin['beside'][number], string>> = {
  bias: 'its biases',
  decay: 'its weight decay',
  norm: 'its norms, which hold sizes that may grow in the twin',
  softmax: 'its softmax, as attention has one',
  residual: 'its residual connections',
  product: 'its products of features, as gates and attention are',
  embedding: 'its lookup of rows: the twin reads numbers by a matrix',
  convolution: 'its convolutions: the twin has matrices',
  linear: 'its matrices without an activation between them',
  choice: 'what its code decides by conditions',
  unread: 'steps of its forward pass that are not read',
};

function missingText(missing: TwinMissing): string {
  switch (missing.kind) {
    case 'no-width':
      return 'what its width is, is not known; `explain` says more';
    case 'optimizer':
      return 'its matrices are not all trained by SGD, nor all by Adam, in the code that is seen';
    case 'no-ends':
      return 'it has no matrix from its input to its width, or none from its width to its output';
    case 'unread':
      return `how ${quoted(missing.name)} scales is not known; \`explain\` says why`;
    case 'tied':
      return `${quoted(missing.name)} is one tensor in two places`;
    case 'frozen':
      return `${quoted(missing.name)} may not be trained`;
    case 'differ':
      return `its ${missing.role} matrices do not all scale alike, and those of an MLP do`;
  }
}
