import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { MUP, mlpGraph, type StartOf, transformerGraph } from '../../test/calculus/networks.ts';
import { classifyGraph } from './classify-graph.ts';

const quarters = fc.integer({ min: -6, max: 10 }).map((quarter) => quarter / 4);

const networks = fc.record({
  optimizer: fc.constantFrom('sgd', 'adam', 'muon'),
  rates: fc.array(fc.option(quarters), { minLength: 18, maxLength: 18 }),
  zeros: fc.array(fc.boolean(), { minLength: 18, maxLength: 18 }),
  depth: fc.integer({ min: 1, max: 4 }),
  isMlp: fc.boolean(),
});

test.prop([networks], { numRuns: 300, seed: 20262 })(
  'behind zeros, whatever the rates are, no rate but that of the closed form is called right',
  ({ optimizer, rates, zeros, depth, isMlp }) => {
    let next = 0;
    const right = new Map<string, number>();
    const start: StartOf = (id, kind) => {
      const place = next++ % rates.length;
      const mup = MUP[optimizer](id, kind);
      right.set(id, Number(mup.rate));
      // Of two layers of zeros in a row neither ever moves.
      const isZero = kind === 'readout' || (!isMlp && /^W[od]/.test(id) && zeros[place] === true);
      return { init: isZero ? 'zero' : mup.init, rate: rates[place] ?? mup.rate };
    };
    const graph = isMlp
      ? mlpGraph({ optimizer, start, depth })
      : transformerGraph({ optimizer, start, blocks: 1, headDimGrows: false, attention: 0, gated: false });
    const wanted = [...classifyGraph(graph).weights].map(([id, { rightRate }]) => [id, rightRate]);
    const known = wanted.filter(([, rate]) => rate !== null);
    expect(known).toEqual(known.map(([id]) => [id, right.get(String(id))]));
    if (optimizer === 'adam') expect(known).toHaveLength(wanted.length);
  },
);
