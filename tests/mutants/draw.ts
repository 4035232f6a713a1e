import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findMutants, type Site } from './find-mutants.ts';
import type { TypeChecker } from './type-checker.ts';

export interface Mutant extends Site {
  readonly was: string;
  readonly now: string;
}

/** A stream of numbers in [0, 1) by its seed: mulberry32. */
function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

export const mutate = (source: string, { start, end, now }: Mutant): string =>
  source.slice(0, start) + now + source.slice(end);

/** The first of the other texts that still compiles. */
function compiled(site: Site, others: readonly string[], checker: TypeChecker): Mutant | undefined {
  const source = readFileSync(site.file, 'utf8');
  const was = source.slice(site.start, site.end);
  const mutant = others
    .map((now): Mutant => ({ ...site, was, now }))
    .find((candidate) => {
      writeFileSync(site.file, mutate(source, candidate));
      return checker.accepts(site.file);
    });
  writeFileSync(site.file, source);
  checker.accepts(site.file);
  return mutant;
}

export interface Draw {
  readonly mutants: readonly Mutant[];
  /** Places drawn at which nothing else compiles; they are not counted. */
  readonly refused: number;
  readonly sites: number;
}

/** Draws places without replacement, each as likely as any other, until enough of them hold a mutant that compiles. */
export function draw(
  checker: TypeChecker,
  files: readonly string[],
  options: { seed: number; count: number },
): Draw {
  const next = uniforms(options.seed);
  const sites = files.flatMap((file) => findMutants(checker.source(file), path.resolve(file)));
  const mutants: Mutant[] = [];
  let refused = 0;
  for (const site of shuffled(sites, next)) {
    if (mutants.length === options.count) break;
    const mutant = compiled(site, shuffled(site.instead, next), checker);
    if (mutant) mutants.push(mutant);
    else refused++;
  }
  return { mutants, refused, sites: sites.length };
}
