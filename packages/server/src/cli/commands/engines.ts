import { ENGINE_NAMES, referenceEngine } from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';
import { engineSpeed, MEASURED_WIDTH, measuredStep } from '../../lab/engines/engine-speed.ts';
import { autoChoice, findEngine } from '../../lab/engines/engines.ts';
import type { Command } from '../command.ts';
import type { CommandSpec } from '../command-spec.ts';
import { defineCommand } from '../define-command.ts';
import { wholesOf } from '../read-values.ts';
import { padToColumns } from '../terminal/columns.ts';
import { page } from '../terminal/prose.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { jsonAlone, writeJson } from '../write-json.ts';
import { changeEngines } from './engines-install.ts';

const SPEC: CommandSpec = {
  name: 'engines',
  summary: 'list what can train here, how fast, and why the others cannot',
  operands: '[install|remove onnx|tensorflow]',
  options: [
    {
      name: 'width',
      value: 'N',
      summary: `units of the layers whose training is timed; of \`${referenceEngine.name}\` at most so many as the default`,
      fallback: String(MEASURED_WIDTH),
    },
    {
      name: 'python',
      value: 'PYTHON',
      summary:
        'with `install tensorflow`: the Python whose TensorFlow is taken, or else whose pip fetches one',
      fallback: '`python3`',
    },
    { name: 'gpu', summary: 'with `install tensorflow`: one that computes on CUDA 12' },
    { name: 'json', value: 'FILE|-', summary: 'the list as JSON to a file, or alone to standard output' },
  ],
  examples: [
    'widthwise engines --width 2048',
    'widthwise engines install tensorflow --python .venv/bin/python',
    'widthwise compare --engine reference',
  ],
};

/** Beyond it one step takes seconds, and gigabytes. */
const MOST_WIDTH = 8192;

/** One engine as it was found. */
interface EngineListed {
  readonly name: string;
  readonly loads: boolean;
  /** What computes, or why nothing does. */
  readonly by: string;
  readonly device: 'cpu' | 'gpu' | null;
  /** Of one run; runs go side by side. */
  readonly threads: number | null;
  readonly precision: 'float32' | 'float64' | null;
  readonly gigaflopsPerSecond: number | null;
}

/** `widthwise engines`: what loads, and its measured speed. */
export const engines: Command = defineCommand(SPEC, async (args, io) => {
  if (args.operands.length > 0) return changeEngines(args.operands, args, io);
  const [width = MEASURED_WIDTH, ...others] = wholesOf(args, 'width') ?? [];
  if (others.length > 0 || width > MOST_WIDTH)
    throw new InputError('width', `expected one number, at most ${MOST_WIDTH}`);
  const listed = ENGINE_NAMES.map((name) => list(name, width));
  const document = `${JSON.stringify({ schema: 'widthwise/engines', version: 1, auto: autoChoice(), engines: listed }, null, 2)}\n`;
  io.stdout.write(jsonAlone(args) ? document : page(text(listed, width), terminalOf(io)));
  await writeJson(document, args, io);
  return 0;
});

function list(name: string, width: number): EngineListed {
  const found = findEngine(name);
  if ('reason' in found) {
    const absent = { device: null, threads: null, precision: null, gigaflopsPerSecond: null };
    return { name, loads: false, by: found.reason, ...absent };
  }
  const { engine, by, device } = found;
  const measured = engine === referenceEngine ? Math.min(width, MEASURED_WIDTH) : width;
  const gigaflopsPerSecond = Number(engineSpeed(engine, { device, width: measured }).toPrecision(3));
  return {
    name,
    loads: true,
    by,
    device,
    threads: 1,
    precision: engine.precision,
    gigaflopsPerSecond,
  };
}

/** Of a plan that it pays for. */
function orOnnx(listed: readonly EngineListed[]): string {
  const loads = listed.some((each) => each.name === 'onnx' && each.loads);
  return loads && autoChoice().name === 'wasm'
    ? ' It takes onnx where that is foretold to take at most 0.7 of the time, on x64.'
    : '';
}

function text(listed: readonly EngineListed[], width: number): string {
  const longest = Math.max(...listed.map(({ name }) => name.length));
  const lines = listed.map(({ name, loads, by, device, precision, gigaflopsPerSecond }) => {
    const what = loads
      ? `✓ ${gigaflopsPerSecond} GFLOP/s a thread (${device}), ${precision}: ${by}`
      : `✗ ${by}`;
    return `${padToColumns(name, longest)}  ${what}`;
  });
  return [
    ...lines,
    '',
    `Measured now: ${measuredStep(width)}.`,
    `--engine auto takes ${autoChoice().name}: ${autoChoice().reason}.${orOnnx(listed)} What is measured of weights is float64 with every engine.`,
    '',
  ].join('\n');
}
