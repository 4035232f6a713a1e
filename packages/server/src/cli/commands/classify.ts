import { resolve } from 'node:path';
import { exponentText, regimeText } from '@widthwise/analysis';
import {
  ACTIVATION_NAMES,
  activation,
  type Classification,
  type ClassifyRequest,
  classify as classifyExponents,
  exponentToJson,
  type InitExponent,
  layerInvariants,
  type OptimizerName,
  parseExponent,
  quoted,
} from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';
import { readParametrization } from '../../lab/experiments/parametrization-file.ts';
import type { Command, CommandIo } from '../command.ts';
import type { CommandSpec } from '../command-spec.ts';
import { defineCommand } from '../define-command.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { choiceOf, numberOf, wordsOf } from '../read-values.ts';
import { page } from '../terminal/prose.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { jsonAlone, writeJson } from '../write-json.ts';
import { classifyGraphFile } from './classify-graph-file.ts';
import { stepsOf } from './classify-steps.ts';

const OPTIMIZERS: readonly OptimizerName[] = ['sgd', 'adam'];

const SPEC: CommandSpec = {
  name: 'classify',
  summary: 'say what a parametrization does as width grows: unstable, trivial, kernel or feature-learning',
  options: [
    {
      name: 'init',
      value: 'B1,B2,…',
      summary: 'effective init std n^-B of each layer, the readout last; inf starts at 0',
    },
    { name: 'lr', value: 'C1,C2,…', summary: 'effective learning rate η·n^-C of each layer' },
    {
      name: 'abc',
      value: 'FILE.json',
      summary: 'instead: {optimizer?, input:{a,b,c}, hidden:{…}, output:{…}}',
    },
    {
      name: 'graph',
      value: 'FILE.json',
      summary: 'instead: any network as a graph {axes, nodes, output} of operations',
    },
    { name: 'depth', value: 'L', summary: 'hidden layers that --abc is judged at', fallback: '3' },
    {
      name: 'optimizer',
      value: OPTIMIZERS.join('|'),
      summary: 'whose updates',
      fallback: "sgd, or the file's",
    },
    { name: 'activation', value: 'φ', summary: ACTIVATION_NAMES.join(', '), fallback: 'tanh' },
    {
      name: 'steps',
      value: 'T',
      summary: 'foretell so many updates; with --graph, tell the changes after each of them too',
      fallback: 'as many as change anything',
    },
    { name: 'json', value: 'FILE|-', summary: 'the answer as JSON to a file, or alone to standard output' },
  ],
  notes: ['Exponents may be fractions such as 1/2, and negative: --lr -1,0,0,1 or --lr=-1,0,0,1.'],
  examples: [
    'widthwise classify --init 0,1/2,1/2,1 --lr -1,0,0,1 --optimizer sgd',
    'widthwise classify --abc mine.json --optimizer adam',
    'widthwise classify --graph network.json',
  ],
};

/** `widthwise classify`: the regime of any parametrization. */
export const classify: Command = defineCommand(SPEC, async (args, io) => {
  if (args.has('graph')) return classifyGraphFile(args, io);
  const request = await requestOf(args, io);
  const result = classifyExponents(request);
  const document = `${JSON.stringify(json(result), null, 2)}\n`;
  io.stdout.write(jsonAlone(args) ? document : page(text(result), terminalOf(io)));
  await writeJson(document, args, io);
  return 0;
});

async function requestOf(args: ParsedArgs, io: CommandIo): Promise<ClassifyRequest> {
  const exponents = await exponentsOf(args, io);
  const { nonzeroAtZero } = activation(choiceOf(args, 'activation', ACTIVATION_NAMES) ?? 'tanh');
  const steps = stepsOf(args);
  return { ...exponents, phi0: nonzeroAtZero, ...(steps === undefined ? {} : { steps }) };
}

async function exponentsOf(
  args: ParsedArgs,
  io: CommandIo,
): Promise<Pick<ClassifyRequest, 'B' | 'C' | 'optimizer'>> {
  const optimizer = choiceOf(args, 'optimizer', OPTIMIZERS);
  const file = args.value('abc');
  if (file === undefined) {
    return { ...invariantsOf(args), optimizer: optimizer ?? 'sgd' };
  }
  if (args.has('init') || args.has('lr')) throw new InputError(null, '--abc goes without --init and --lr');
  const depth = numberOf(args, 'depth') ?? 3;
  if (!(Number.isInteger(depth) && depth >= 1 && depth <= 1000)) {
    throw new InputError(
      'depth',
      `expected a whole number from 1 to 1000, got ${quoted(args.value('depth') ?? '')}`,
    );
  }
  const naming = { field: 'abc', part: file, fallbackName: file };
  const parametrization = await readParametrization(resolve(io.cwd, file), naming);
  const chosen = optimizer ?? parametrization.optimizer;
  return { ...layerInvariants({ ...parametrization, optimizer: chosen }, depth), optimizer: chosen };
}

function invariantsOf(args: ParsedArgs): {
  readonly B: readonly InitExponent[];
  readonly C: readonly number[];
} {
  const B = exponentList(args, 'init');
  const C = exponentList(args, 'lr').map((exponent) => {
    if (exponent === 'zero') throw new InputError('lr', 'a learning rate cannot be inf');
    return exponent;
  });
  if (B.length !== C.length || B.length < 2) {
    throw new InputError(
      null,
      `--init and --lr need one exponent for each layer, at least two, got ${B.length} and ${C.length}`,
    );
  }
  return { B, C };
}

function exponentList(args: ParsedArgs, name: 'init' | 'lr'): readonly InitExponent[] {
  const words = wordsOf(args, name);
  if (words === undefined) throw new InputError(null, 'classify needs --init and --lr, or --abc FILE.json');
  return words.map((word) => {
    try {
      return parseExponent(word);
    } catch {
      throw new InputError(name, `expected exponents such as 1/2, -1, 0.5 or inf, got ${quoted(word)}`);
    }
  });
}

function json({ regime, f0, df, features, r }: Classification): object {
  return {
    schema: 'widthwise/classify',
    version: 1,
    regime,
    f0: exponentToJson(f0),
    df: exponentToJson(df),
    features: features.map(exponentToJson),
    r: r === null ? null : r.map(exponentToJson),
  };
}

/** The regime first, then the exponents it follows from. */
function text({ regime, f0, df, features, r, frozen }: Classification): string {
  const shown = (exponent: number | null) =>
    exponent === Number.POSITIVE_INFINITY ? '∞' : exponentText(exponent);
  const lines = [
    `${regime}: ${regimeText(regime)}`,
    '',
    `  output at initialization   n^-e with e = ${shown(f0)}`,
    `  change of the output       e = ${shown(df)}`,
    `  change of features         e = ${features.map(shown).join(', ')}   layer 1 first`,
    ...(r === null ? [] : [`  each layer's own part      r = ${r.map(shown).join(', ')}`]),
    ...(frozen.length === 0 ? [] : [`  layers whose own weights stop mattering: ${frozen.join(', ')}`]),
    '',
    'e > 0 vanishes as width grows, 0 stays, e < 0 blows up. Assumes that updates align with the features they meet.',
  ];
  return `${lines.join('\n')}\n`;
}
