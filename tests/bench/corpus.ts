import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DEFAULT_OPTIONS } from '@widthwise/analysis';
// @boundaries-ignore what is measured is what a package is made of, not what it shows
import { WorkspaceFiles } from '../../packages/server/src/sources/analyser/workspace-files.ts';
import { quantile } from './interleaved.ts';
import type { CountingAnalyser } from './rows.ts';

/** What the files of some clones took, one after the other in one process, as a folder that is linted. */
export interface CorpusMeasurement {
  readonly files: number;
  readonly lines: number;
  /** Of user CPU, sorted. */
  readonly ms: Quantiles;
  /** Of each file the longest slice, of its thread's CPU. */
  readonly slices: Quantiles;
  /** A key in the middle of each. */
  readonly keys: Quantiles;
  readonly units: Quantiles;
  readonly filesPerSecond: number;
  readonly over100Ms: number;
  /** Files of which something is not read, as the work ends before. */
  readonly cut: number;
  readonly rssMb: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly most: number;
}

/** Analyses Python files that name modules, drawn evenly from those of some folders. */
export function measureCorpus(
  folders: readonly string[],
  most: number,
  { analyser, units, slices }: CountingAnalyser,
): CorpusMeasurement {
  const all = folders.flatMap((folder) =>
    clonesIn(folder).flatMap((root) => filesIn(root).map((path) => ({ root, path }))),
  );
  const step = Math.max(1, all.length / most);
  const files = Array.from({ length: Math.min(most, all.length) }, (_, at) => all[Math.floor(at * step)]!);
  const workspace = new WorkspaceFiles();
  const [times, works, longest, keys] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  let [lines, cut] = [0, 0];
  for (const { root, path } of files) {
    const text = readFileSync(path, 'utf8');
    const analyse = (typed: string) => {
      const before = process.cpuUsage();
      const place = workspace.placeOf({ path, root, version: 0 });
      const { unread } = analyser.analyse(typed, DEFAULT_OPTIONS, place);
      return { unread, ms: process.cpuUsage(before).user / 1000 };
    };
    slices.begin();
    const { unread, ms } = analyse(text);
    longest.push(slices.end());
    times.push(ms);
    works.push(units());
    keys.push(analyse(withDigit(text)).ms);
    lines += text.split('\n').length;
    if (unread.length > 0) cut++;
  }
  const seconds = times.reduce((sum, ms) => sum + ms, 0) / 1000;
  return {
    files: files.length,
    lines,
    ms: quantilesOf(times),
    slices: quantilesOf(longest),
    keys: quantilesOf(keys),
    units: quantilesOf(works),
    filesPerSecond: files.length / seconds,
    over100Ms: times.filter((ms) => ms > 100).length,
    cut,
    rssMb: process.memoryUsage().rss / 2 ** 20,
  };
}

/** A digit more in the first number behind the middle. */
function withDigit(text: string): string {
  const middle = Math.floor(text.length / 2);
  return text.slice(0, middle) + text.slice(middle).replace(/\b\d+\b/, '$&7');
}

function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number) => quantile(sorted, share);
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), most: at(1) };
}

/** A folder a clone. */
function clonesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
    .sort();
}

/** Most files of a clone hold no model code and cost nothing: they are not drawn. */
function filesIn(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /\bModule\b/.test(readFileSync(path, 'utf8')))
    .sort();
}
