import { fc } from '@fast-check/vitest';
import type { Graph } from '@widthwise/core';
import type { Draw } from '../spellings.ts';
import { graphOf } from './graph.ts';
import { drawPlan, type TransformerPlan } from './plan.ts';
import { sourceOf } from './source.ts';

/** A random decoder, as code and as the graph that it was written from. */
export interface RandomTransformer {
  readonly plan: TransformerPlan;
  readonly source: string;
  readonly graph: Graph;
}

/** Random decoders of one or two blocks, in many spellings. */
export function randomTransformer(often: 'any' | 'near μP'): fc.Arbitrary<RandomTransformer> {
  return fc.gen().map((generate) => {
    const draw: Draw = (items) => generate(fc.constantFrom, ...items) as (typeof items)[number];
    const plan = drawPlan(draw, often);
    return { plan, source: sourceOf(plan, draw), graph: graphOf(plan) };
  });
}
