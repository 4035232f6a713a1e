import { nameText, shownText } from '@widthwise/core';
import type {
  InitChoice,
  Missing,
  MissingOfModel,
  MissingOfWeight,
  MissingStep,
  UnreadChange,
} from '../missing.ts';
import { exponentText } from './exponent-text.ts';

/** Why something about a model is not known, as a sentence. */
export function missingText(missing: Missing): string {
  if (missing.kind === 'weights') return `${namesText(missing.names)}: ${missingText(missing.why)}`;
  if (missing.kind === 'init') {
    const by = missing.by.map(shown).join(' or ');
    const choice = missing.choice === undefined ? '' : `: ${choiceText(missing.choice)}`;
    return `how its initialization (${by}) scales is not certain${choice}`;
  }
  if (missing.kind === 'unread-optimizer') return `the updates of ${shown(missing.qualified)} are not read`;
  if (missing.kind === 'unread-layer') return `${shown(missing.qualified)} is not read`;
  if (missing.kind === 'clipped') {
    const what = `${shown(missing.what)}${placeText(missing)}`;
    return `${what} cuts gradients by the size of all together, so that steps of SGD have another size than its learning rate says`;
  }
  if (missing.kind === 'unread-gradient') {
    return `what ${shown(missing.what)}${placeText(missing)} does to its gradient is not read`;
  }
  if (missing.kind === 'unread-rate') {
    return `what ${shown(missing.what)}${placeText(missing)} does to its learning rate is not read`;
  }
  if (missing.kind === 'syntax') return brokenText(missing.line);
  if ('spans' in missing) return stepText(missing);
  return SENTENCES[missing.kind];
}

/** What each way of a condition makes of b: `with config.scaled b is ?, without it 0`. */
function choiceText({ condition, holds, fails }: InitChoice): string {
  return `with ${shown(condition)} b is ${exponentText(holds)}, without it ${exponentText(fails)}`;
}

/** What of a step is not known, and where the step stands. */
function stepText(missing: MissingStep): string {
  const place = placeText(missing);
  switch (missing.kind) {
    case 'unread-step':
      return `forward: ${shown(missing.what ?? '')}${place} is not followed`;
    case 'growing-softmax':
      return `forward: a softmax${place} runs over a dimension that may grow with width`;
    case 'open-dimensions':
      return `forward: whether the dimensions of a product or sum${place} grow with width is not certain`;
    case 'many-conditions':
      return `forward: what its conditions choose${place} is not followed, as they are many`;
  }
}

function brokenText(line: number | null): string {
  if (line === null) return 'a class that it is made of cannot be parsed, and what stands there is not read';
  return `line ${line} cannot be parsed, and what stands there is not read`;
}

function placeText({ where }: Pick<UnreadChange, 'where'>): string {
  return where === undefined ? '' : ` (${shown(where)})`;
}

/** More names than these are counted. */
const MOST_NAMES = 4;

function namesText(given: readonly string[]): string {
  const names = [...new Set(given)];
  const shown = names.length > MOST_NAMES + 1 ? names.slice(0, MOST_NAMES) : names;
  const more = names.length - shown.length;
  const texts = shown.map(nameText);
  if (more > 0) return `${texts.join(', ')} and ${more} more`;
  return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/** More of an expression of the code is not said. */
const LONGEST_EXPRESSION = 120;

function shown(expression: string): string {
  return shownText(expression, LONGEST_EXPRESSION);
}

type Plain<Of extends Missing> = Exclude<
  Of['kind'],
  | 'weights'
  | 'init'
  | UnreadChange['kind']
  | 'unread-optimizer'
  | 'unread-layer'
  | MissingStep['kind']
  | 'syntax'
>;

const OF_WEIGHT: Readonly<Record<Plain<MissingOfWeight>, string>> = {
  'unread-part': 'what this part of the model is made of is not read',
  role: 'whether its dimensions grow with width is not certain',
  'use-in-forward': 'its use in forward is not followed',
  multiplier: 'the factors on its output do not have one exponent',
  rate: 'its learning rate has no single exponent',
  'no-optimizer': 'optimizer not found',
  'no-group': 'no parameter group of the optimizer has it',
  'unread-groups': 'which parameters the groups of its optimizer have is not followed',
  'perhaps-no-group': 'whether any parameter group has it is not certain',
  'several-optimizers': 'different optimizers train it',
  frozen: 'requires_grad is off, so that nothing trains it',
  'perhaps-frozen': 'requires_grad may be off, so that nothing trains it',
  'rows-differ': 'the layers that this line makes are not alike',
  'no-gradient': 'forward uses it where no gradient is kept',
};

const OF_MODEL: Readonly<Record<Plain<MissingOfModel>, string>> = {
  'no-width': 'no width is declared or evident',
  'added-decay':
    'weight decay is added to gradients, which fall like 1/n in μP: the wider the model, the more of each step of Adam is decay. AdamW takes it apart from them',
  'growing-decay':
    'each step multiplies a weight by 1 − η·λ, and the product of its rate and its weight decay grows with the width, until a step takes all of it away',
  'no-output': 'forward: what it returns is not followed',
  heads:
    'forward: attention logits grow if the heads get longer with the width, and not if there are more of them; which is so is not certain: the setting `head-scaling` says it',
  'wide-output':
    'forward: what it returns gets longer with the width, as features do that a readout elsewhere takes; what that readout and the loss do is not known',
  depth: 'forward: a repeated block does another thing the second time, so that it depends on their number',
};

const SENTENCES: Readonly<Record<Plain<Missing>, string>> = { ...OF_WEIGHT, ...OF_MODEL };
