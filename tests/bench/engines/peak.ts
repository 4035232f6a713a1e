/** Core's, which compiles the kernels. */
const COMPILER = 'assemblyscript/asc';

const CHAINS = Array.from({ length: 14 }, (_, at) => at);

/** What a probe takes of WebAssembly, and how it multiplies and adds. */
const VARIANTS = {
  plain: { features: ['simd'], of: (sum: string) => `f32x4.add(f32x4.mul(${sum}, factor), factor)` },
  fused: {
    features: ['simd', 'relaxed-simd'],
    of: (sum: string) => `f32x4.relaxed_madd(${sum}, factor, factor)`,
  },
} as const;

export type PeakVariant = keyof typeof VARIANTS;

/**
 * Sums in registers, each multiplied and added to: as many as hide how long one takes, all that 128-bit SIMD can do.
 * The factor is given: a constant would be made anew for every product.
 */
const sourceOf = (variant: PeakVariant): string => `
export function peak(rounds: i32, by: f32): f32 {
  const factor = f32x4.splat(by);
  ${CHAINS.map((at) => `let s${at} = f32x4.splat(${at});`).join('\n')}
  for (let i = 0; i < rounds; i++) {
    ${CHAINS.map((at) => `s${at} = ${VARIANTS[variant].of(`s${at}`)};`).join('\n')}
  }
  let sum = factor;
  ${CHAINS.map((at) => `sum = f32x4.add(sum, s${at});`).join('\n')}
  return f32x4.extract_lane(sum, 0);
}
`;

/** Floating-point operations of a round. */
export const FLOPS_PER_ROUND: number = CHAINS.length * 4 * 2;

/** A probe of what one thread multiplies and adds at most; null where this Node does not fuse. */
export async function peakProbe(
  variant: PeakVariant,
): Promise<((rounds: number, by: number) => number) | null> {
  const { default: asc } = await import(import.meta.resolve(COMPILER));
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(
    [
      ...['peak.ts', '--outFile', 'peak.wasm', '--runtime', 'stub', '-O3'],
      ...VARIANTS[variant].features.flatMap((feature) => ['--enable', feature]),
    ],
    {
      readFile: (name: string) => (name === 'peak.ts' ? sourceOf(variant) : null),
      writeFile: (_name: string, contents: Uint8Array<ArrayBuffer>) => {
        bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`the probe does not compile\n${stderr}`);
  if (!WebAssembly.validate(bytes)) return null;
  const { instance } = await WebAssembly.instantiate(bytes);
  // SAFETY: the source above exports it.
  return instance.exports['peak'] as (rounds: number, by: number) => number;
}
