import type { ConvergenceReport } from '@widthwise/core';

type Bounds = NonNullable<ConvergenceReport['bounds']>;

/** ‖χ‖ beside its bounds at the widest width, in the seed whose readout bound is loosest at the last step; and whether any bound is broken at any width. */
export function boundTable(bounds: Bounds): { readonly lines: readonly string[]; readonly isRight: boolean } {
  const width = Math.max(...bounds.map((bound) => bound.width));
  const widest = bounds.filter((bound) => bound.width === width);
  const last = Math.max(...widest.map(({ step }) => step));
  const [{ seed }] = widest
    .filter(({ step }) => step === last)
    .sort((one, other) => other.gap! - one.gap!) as unknown as [Bounds[number]];
  const text = (value: number | null): string => (value === null ? '–' : value.toPrecision(4));
  const lines = widest
    .filter((bound) => bound.seed === seed)
    .map(
      ({ step, loss, error, errorBound, tangent, state }) =>
        `| ${step} | ${text(loss)} | ${text(error)} | ${text(errorBound)} | ${text(tangent?.errorBound ?? null)} | ${state} |`,
    );
  const broken = bounds.filter(({ error, errorBound, tangent }) =>
    [errorBound, tangent?.errorBound ?? null].some((bound) => bound !== null && bound < error * (1 - 1e-9)),
  );
  return {
    lines: [
      '| step | loss | ‖χ‖ | bound by the readout | bound by all layers | state |',
      '|---:|---:|---:|---:|---:|---|',
      ...lines,
      '',
      `Of ${bounds.length} bounds at all widths, seeds and probed steps ${broken.length} are broken.`,
    ],
    isRight: broken.length === 0,
  };
}
