import { nameText, shownText } from '@widthwise/core';
import type { Missing, MissingChain, MissingOfModel, MissingOfWeight, UnreadChange } from '../missing.ts';

/** Why something about a model is not known, as a sentence. */
export function missingText(missing: Missing): string {
  if (missing.kind === 'weight') return `${nameText(missing.name)}: ${missingText(missing.why)}`;
  if (missing.kind === 'init') {
    return `how its initialization (${missing.by.map(shown).join(' or ')}) scales is not certain`;
  }
  if (missing.kind === 'unread-optimizer') return `the updates of ${shown(missing.qualified)} are not read`;
  if (missing.kind === 'unread-layer') return `${shown(missing.qualified)} is not read`;
  if (missing.kind === 'unread-rate') {
    return `what ${shown(missing.what)}${placeText(missing)} does to its learning rate is not read`;
  }
  if (missing.kind === 'unread-step') return `forward: ${shown(missing.what)} is not followed`;
  return SENTENCES[missing.kind];
}

function placeText({ where }: UnreadChange): string {
  return where === undefined ? '' : ` (${shown(where)})`;
}

/** More of an expression of the code is not said. */
const LONGEST_EXPRESSION = 120;

function shown(expression: string): string {
  return shownText(expression, LONGEST_EXPRESSION);
}

type Plain<Of extends Missing> = Exclude<
  Of['kind'],
  'weight' | 'init' | 'unread-rate' | 'unread-optimizer' | 'unread-layer' | 'unread-step'
>;

const OF_WEIGHT: Readonly<Record<Plain<MissingOfWeight>, string>> = {
  role: 'whether its dimensions grow with width is not certain',
  'use-in-forward': 'its use in forward is not followed',
  multiplier: 'the factors on its output do not have one exponent',
  rate: 'its learning rate has no single exponent',
  'no-optimizer': 'optimizer not found',
  'no-group': 'no parameter group of the optimizer has it',
  'unread-groups': 'which parameters the groups of its optimizer have is not followed',
  'perhaps-no-group': 'whether any parameter group has it is not certain',
  'several-optimizers': 'different optimizers train it',
  'perhaps-frozen': 'requires_grad may be off, so that nothing trains it',
  'rows-differ': 'the layers that this line makes are not alike',
  'no-gradient': 'forward keeps no gradient for it',
  shared: 'its weight is that of another layer, too',
  'outside-chain': 'it is no part of the chain of layers',
};

const OF_CHAIN: Readonly<Record<Plain<MissingChain>, string>> = {
  'no-output': 'forward: what it returns is not followed',
  'outputs-differ': 'forward: it returns the outputs of different layers',
  'several-inputs': 'forward: several layers feed one',
  endless: 'forward: it does not end',
  'activations-differ': 'forward: some of its activations are 0 at 0 and some are not',
  'layer-twice': 'forward: a layer is used twice',
  'output-between': 'forward: a softmax or loss stands between layers',
  'norm-between':
    'forward: a normalization stands between layers, and verdicts are for plain chains of layers',
  'sum-between': 'forward: tensors are added, and verdicts are for plain chains of layers',
};

const OF_MODEL: Readonly<Record<Exclude<Plain<MissingOfModel>, Plain<MissingChain>>, string>> = {
  'no-width': 'no width is declared or evident',
  'layer-order': 'the layers are not an input layer, hidden ones and an output layer',
  'optimizers-differ': 'different optimizers train the layers',
};

const SENTENCES: Readonly<Record<Plain<Missing>, string>> = { ...OF_WEIGHT, ...OF_CHAIN, ...OF_MODEL };
