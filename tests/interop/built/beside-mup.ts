import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { BIN } from './ask.ts';

/** A model of a script of Python, which has it as a factory and prints what mup measures of it. */
export interface BesideMup {
  readonly script: string;
  readonly factory: string;
  readonly widths: string;
  readonly seeds: number;
  readonly steps: number;
}

interface Rows {
  readonly rows: readonly {
    readonly width: number;
    readonly seed: number;
    readonly layers: readonly { readonly layer: string; readonly size: readonly number[] }[];
  }[];
}

/**
 * Mean |y| of every place that both record, at every step of every run.
 *
 * @returns pairs of ours and mup's
 * @throws Error with what either says where it measures nothing
 */
export function sizesBesideMup(
  python: string,
  { script, factory, widths, seeds, steps }: BesideMup,
): readonly (readonly [ours: number, theirs: number])[] {
  const theirs: Readonly<Record<string, readonly number[]>> = printed(python, [
    script,
    factory,
    widths,
    String(seeds),
    String(steps),
  ]);
  const line = ['coord-check', '--python', `${script}:${factory}`, '--interpreter', python, '--json', '-'];
  const counts = ['--widths', widths, '--seeds', String(seeds), '--steps', String(steps)];
  const { rows }: Rows = printed(process.execPath, [BIN, ...line, ...counts]);
  return rows.flatMap(({ width, seed, layers }) =>
    layers.flatMap(({ layer, size }) => {
      // Of a module that returns several tensors mup names each.
      const named = [layer, `${layer}:out[0]`].map((name) => theirs[`${width} ${name} ${seed}`]);
      return (named.find((one) => one !== undefined) ?? []).map((l1, step) => [size[step]!, l1] as const);
    }),
  );
}

/** The largest difference of a pair, as a share of mup's. */
export function furthestApart(pairs: readonly (readonly [ours: number, theirs: number])[]): number {
  return Math.max(
    ...pairs.map(([ours, theirs]) => Math.abs(ours - theirs) / (theirs === 0 ? 1 : Math.abs(theirs))),
  );
}

function printed<Json>(command: string, args: readonly string[]): Json {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1e8 });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Json;
}
