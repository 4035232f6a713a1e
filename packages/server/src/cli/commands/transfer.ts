import { TRANSFER } from '@widthwise/core';
import { stepsText } from '@widthwise/figures';
import { transferDocument } from '../../report/transfer-document.ts';
import { transferMarkdown } from '../../report/transfer-markdown.ts';
import { transferPage } from '../../report/transfer-page.ts';
import { factoryOptions } from '../built/factory-request.ts';
import type { Command } from '../command.ts';
import { experimentCommand } from '../experiment-command.ts';
import { transferReport } from '../render/transfer-report.ts';
import { BUILT_TRANSFER_DEFAULTS, transferPython } from './transfer-python.ts';

/** `widthwise transfer`: is the best learning rate of a narrow network the best of a wide one? */
export const transfer: Command = experimentCommand({
  experiment: TRANSFER,
  spec: {
    summary: 'find the best learning rate at every width, and say whether it stays where it is',
    notes: [
      'Rates are a factor of four apart at first, and end 2^(1/8) apart around the best of each width.',
      'The exit code is 0 whatever is found: that a rate drifts is a property of what was asked about.',
      'Ctrl-C stops between two steps and keeps what is finished; the same command again computes only the rest.',
    ],
    examples: [
      'widthwise transfer',
      'widthwise transfer --parametrizations sp-constant,sp,ntp,mup --widths 64,128,256',
      'widthwise transfer --python model.py:make --time-budget 600',
      'widthwise transfer --parametrizations mup,abc:mine.json --data csv:measurements.csv --steps 50',
    ],
  },
  stem: (name) => `widthwise-transfer-${name}`,
  forms: {
    json: (report, context) => `${JSON.stringify(transferDocument(report, context), null, 1)}\n`,
    md: transferMarkdown,
    html: transferPage,
  },
  otherWays: [
    {
      options: [
        {
          name: 'python',
          value: 'FILE:FACTORY',
          summary:
            'runs FACTORY(width), a function of yours that returns (model, loss_fn, batch, optimizer), and tunes that model instead',
        },
        ...factoryOptions(BUILT_TRANSFER_DEFAULTS),
        {
          name: 'format',
          value: 'text|github',
          summary: 'with `--python`: what is printed, for people or as annotations of a GitHub workflow',
          fallback: 'text',
        },
      ],
      takes: ['widths', 'seeds', 'steps', 'time-budget', 'out', 'json'],
      run: transferPython,
    },
  ],
  training: (request) => `${stepsText(request)}, η searched from ${request.learningRate}`,
  print: transferReport,
});
