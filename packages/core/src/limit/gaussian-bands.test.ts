import { expect, test } from 'vitest';
import { gaussianBands } from './gaussian-bands.ts';

// 32 (pdf(z[k]) - pdf(z[k+1])) with z = norm.ppf(arange(33) / 32).
const SCIPY = [
  [0, -2.2522109195],
  [7, -0.7248278984],
  [15, -0.0391861222],
  [31, 2.2522109195],
] as const;

test('bands of a Gaussian are those of SciPy, by its deviation', () => {
  const bands = gaussianBands(4);
  for (const [band, standard] of SCIPY) expect(bands[band]).toBeCloseTo(2 * standard, 9);
});
