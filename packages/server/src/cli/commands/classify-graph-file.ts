import { resolve } from 'node:path';
import { classifyGraph, parseGraph } from '@widthwise/core';
import type { ReadLimit } from '../../files/read-file.ts';
import { InputError } from '../../input/input-error.ts';
import { readJsonFile } from '../../lab/experiments/json-file.ts';
import type { CommandIo } from '../command.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { graphJson } from '../render/graph-json.ts';
import { graphText } from '../render/graph-text.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { jsonAlone, writeJson } from '../write-json.ts';
import { stepsOf } from './classify-steps.ts';

/** Room for as many nodes as there may be, under names of some length. */
const LIMIT: ReadLimit = { bytes: 8_000_000, of: 'a graph' };

const MOST_STEPS = 100;

/** What a graph says of itself. */
const ITS_OWN = ['init', 'lr', 'abc', 'depth', 'optimizer', 'activation'];

/** `widthwise classify --graph`: what a graph of operations does as its width grows. */
export async function classifyGraphFile(args: ParsedArgs, io: CommandIo): Promise<number> {
  const other = ITS_OWN.find((name) => args.has(name));
  if (other !== undefined) throw new InputError(null, `--graph goes without --${other}`);
  const steps = stepsOf(args, MOST_STEPS) ?? 0;
  const part = args.value('graph') ?? '';
  const graph = await readJsonFile({
    path: resolve(io.cwd, part),
    field: 'graph',
    part,
    limit: LIMIT,
    parse: parseGraph,
  });
  const found = classifyGraph(graph, { steps });
  const document = `${JSON.stringify(graphJson(found), null, 2)}\n`;
  const terminal = terminalOf(io);
  io.stdout.write(jsonAlone(args) ? document : `${graphText(graph, found, terminal).join('\n')}\n`);
  await writeJson(document, args, io);
  return 0;
}
