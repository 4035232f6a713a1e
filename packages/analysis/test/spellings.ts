import type { InitExponent } from '@widthwise/core';

/** Exponents that every spelling below has. */
export const EXPONENTS = [-1, -1 / 2, 0, 1 / 4, 1 / 2, 1, 3 / 2] as const;

/** Ways to write a number that falls like N^−e; N is the width's name, $ a constant. */
const POWERS: ReadonlyMap<number, readonly string[]> = new Map([
  [-3 / 2, ['N ** 1.5', 'N * math.sqrt(N)']],
  [-1, ['N', '$ * N', 'N / 64', 'float(N)', 'N ** 1.0']],
  [-1 / 2, ['math.sqrt(N)', '$ * N ** 0.5', 'N / math.sqrt(N)', 'math.sqrt(2 * N + 1)']],
  [-1 / 4, ['N ** 0.25', 'math.sqrt(N ** 0.5)']],
  [
    0,
    [
      '$',
      '1.0',
      '$ * N / N',
      'math.sqrt(1 / 3)',
      '$ if torch.cuda.is_available() else 2 * $',
      '(N + 64) / N',
    ],
  ],
  [1 / 4, ['N ** -0.25', '1 / math.sqrt(math.sqrt(N))']],
  [
    1 / 2,
    [
      '1 / math.sqrt(N)',
      '$ * N ** -0.5',
      '(64 / N) ** 0.5',
      'math.sqrt(2.0 / (N + N))',
      'N ** (-1 / 2)',
      'pow(N, -0.5)',
    ],
  ],
  [
    1,
    ['1 / N', '$ * 64.0 / N', 'N ** -1', '1 / math.sqrt(N) / math.sqrt(N)', '$ / max(N, 64)', '64 / int(N)'],
  ],
  [3 / 2, ['N ** -1.5', '1 / (N * math.sqrt(N))', '$ / N / N ** 0.5']],
]);

/** Draws from fast-check's own generator, so that a failure shrinks and is replayed by its seed. */
export type Draw = <Item>(items: readonly Item[]) => Item;

/** N^−e in some spelling. */
export function power(draw: Draw, exponent: number, width: string): string {
  const constant = draw(['0.02', '1e-3', '3', '0.5']);
  return draw(POWERS.get(exponent) ?? [])
    .replaceAll(/\bN\b/g, width)
    .replaceAll('$', constant);
}

/** Statements that set a weight's standard deviation last, whatever they did before. */
export function initialization(
  draw: Draw,
  weight: string,
  b: InitExponent,
  width: string,
): readonly string[] {
  if (b === 'zero') {
    return [
      draw([`nn.init.zeros_(${weight})`, `nn.init.constant_(${weight}, 0.0)`, `${weight}.data.zero_()`]),
    ];
  }
  const std = power(draw, b, width);
  const last = draw([
    [`nn.init.normal_(${weight}, std=${std})`],
    [`nn.init.normal_(${weight}, 0.0, ${std})`],
    [`std = ${std}`, `nn.init.trunc_normal_(${weight}, mean=0.0, std=std)`],
    [`bound = ${std}`, `nn.init.uniform_(${weight}, -bound, bound)`],
    [`${weight}.data.normal_(0, ${std})`],
    [`nn.init.normal_(${weight})`, `${weight}.data.mul_(${std})`],
    ['with torch.no_grad():', `    ${weight}.normal_()`, `    ${weight} *= ${std}`],
    [`spread = lambda k: ${power(draw, b, 'k')}`, `nn.init.normal_(${weight}, std=spread(${width}))`],
    [`nn.init.normal_(${weight}, **{'std': ${std}})`],
  ]);
  const before = draw([[], [], [`nn.init.normal_(${weight}, std=${power(draw, draw(EXPONENTS), width)})`]]);
  return [...before, ...last];
}
