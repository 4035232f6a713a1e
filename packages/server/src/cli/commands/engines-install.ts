import { rm } from 'node:fs/promises';
import { quoted } from '@widthwise/core';
import { tensorflowSteps } from '../../engines/install-tensorflow.ts';
import { type InstallStep, install } from '../../engines/installation.ts';
import { npmPackages } from '../../engines/npm-packages.ts';
import { InputError } from '../../input/input-error.ts';
import { engineFolder } from '../../lab/engines/engine-folder.ts';
import { findEngine } from '../../lab/engines/engines.ts';
import type { CommandIo } from '../command.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { terminalOf } from '../terminal/terminal.ts';

/** What may be installed, by the names of what is, and the engine that needs it. */
const INSTALLABLE = { onnx: 'onnx', tensorflow: 'tfjs' } as const;

type Installable = keyof typeof INSTALLABLE;

/** `widthwise engines install NAME` and `engines remove NAME`. */
export async function changeEngines(
  [action, asked, ...others]: readonly string[],
  args: ParsedArgs,
  io: CommandIo,
): Promise<number> {
  if (action !== 'install' && action !== 'remove')
    throw new InputError(null, `engines takes install or remove, got ${quoted(action ?? '')}`);
  const names = Object.keys(INSTALLABLE) as Installable[];
  const name = names.find((each) => each === asked);
  if (name === undefined || others.length > 0)
    throw new InputError(null, `engines ${action} takes one of ${names.join(', ')}`);
  const { plain } = terminalOf(io);
  const tell = (sentence: string): void => void io.stdout.write(`${plain(sentence)}\n`);
  const folder = engineFolder(name);
  if (action === 'remove') {
    await rm(folder, { recursive: true, force: true });
    tell(`removed ${folder}`);
    return 0;
  }
  tell(`into ${folder}; widthwise engines remove ${name} undoes it`);
  const isWhole = await io.interruption.during(async () =>
    install(await stepsOf(name, folder, { args, io }), { tell, signal: io.interruption.signal }),
  );
  if (!isWhole) return io.interruption.exitCode();
  const found = findEngine(INSTALLABLE[name]);
  if ('reason' in found) throw new InputError(null, found.reason);
  tell(`${found.by}, on the ${found.device}: --engine ${INSTALLABLE[name]} takes it`);
  return 0;
}

async function stepsOf(
  name: Installable,
  folder: string,
  { args, io }: { readonly args: ParsedArgs; readonly io: CommandIo },
): Promise<readonly InstallStep[]> {
  const { signal } = io.interruption;
  if (name === 'onnx')
    return [npmPackages(folder, ['onnxruntime-node@1.30'], { size: 'about 290 MB on disk', signal })];
  const python = args.value('python') ?? 'python3';
  return tensorflowSteps({ folder, python, gpu: args.has('gpu'), signal });
}
