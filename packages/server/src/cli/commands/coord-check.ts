import { COORDINATE_CHECK, FAILING_SLOPE, PASSING_SLOPE } from '@widthwise/core';
import { MOST_SEEDS } from '../../built/coordinates/more-seeds.ts';
import { coordinateDocument } from '../../report/coordinate-document.ts';
import { coordinateMarkdown } from '../../report/coordinate-markdown.ts';
import { coordinatePage } from '../../report/coordinate-page.ts';
import { factoryOptions } from '../built/factory-request.ts';
import type { Command } from '../command.ts';
import { experimentCommand } from '../experiment-command.ts';
import { coordinateReport } from '../render/coordinate-report.ts';
import { BUILT_CHECK_DEFAULTS, coordCheckLines, coordCheckPython } from './coord-check-python.ts';

/** `widthwise coord-check`: do coordinates keep their size, and do they move, as width grows? */
export const coordCheck: Command = experimentCommand({
  experiment: COORDINATE_CHECK,
  spec: {
    summary: 'check that the coordinates of every layer keep their size and move, as width grows',
    notes: [
      `Slopes within ±${PASSING_SLOPE} pass, beyond ±${FAILING_SLOPE} fail: then the exit code is 1.`,
      'Ctrl-C stops between two steps and keeps what is finished; the same command again computes only the rest.',
    ],
    examples: [
      'widthwise coord-check --parametrization mup',
      'widthwise coord-check --parametrization abc:mine.json --widths 64,128,256,512 --steps 5',
      'widthwise coord-check --python model.py:make --widths 64,128,256,512',
    ],
  },
  stem: (name) => `widthwise-coord-check-${name}`,
  forms: {
    json: (report, context) => `${JSON.stringify(coordinateDocument(report, context), null, 1)}\n`,
    md: coordinateMarkdown,
    html: coordinatePage,
  },
  subject: ({ dataTitle, labels }) => `${Object.values(labels)[0]} on ${dataTitle}`,
  print: coordinateReport,
  failed: ({ verdict }) => verdict === 'fail',
  otherWays: [
    {
      options: [
        {
          name: 'python',
          value: 'FILE:FACTORY',
          summary:
            'runs FACTORY(width), a function of yours that returns (model, loss_fn, batch, optimizer), and checks that model instead',
        },
        ...factoryOptions(BUILT_CHECK_DEFAULTS),
        {
          name: 'depths',
          value: 'L,L,…',
          summary:
            'with `--python`: depths in place of widths, of FACTORY(width, depth) at the one width of `--widths`, else 128',
        },
        {
          name: 'most-seeds',
          value: 'S',
          summary:
            'with `--python`: where more seeds would decide what is open, it goes on to so many at most; with the number of `--seeds` it does not',
          fallback: `the project's \`most-seeds\`, else ${MOST_SEEDS}; none where \`--seeds\` is given`,
        },
        {
          name: 'script',
          summary:
            'with `--python`: prints the check as one Python file, which writes JSON lines, for machines without Node',
        },
        {
          name: 'format',
          value: 'text|github',
          summary: 'of a model of yours: what is printed, for people or as annotations of a GitHub workflow',
          fallback: 'text',
        },
      ],
      takes: ['widths', 'seeds', 'steps', 'out', 'json'],
      run: coordCheckPython,
    },
    {
      options: [
        {
          name: 'from-jsonl',
          value: 'FILE',
          summary: 'judges what the file of `--script` wrote, wherever that ran',
        },
      ],
      takes: ['out', 'json', 'format'],
      run: coordCheckLines,
    },
  ],
});
