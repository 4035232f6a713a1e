import { type Matrix, matrix } from '../linalg/matrix.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import type { DrawNormals, NormalDraw } from '../random/normal.ts';
import type { RunSpec } from '../run/run-spec.ts';

/** The weights whose entries are so drawn, shape [fanOut, fanIn] each. */
export function drawnWeights(
  spec: RunSpec,
  draws: readonly NormalDraw[],
  drawNormals: DrawNormals,
): readonly Matrix[] {
  return concreteScaling(spec).map(({ fanIn, fanOut }, index) =>
    matrix(fanOut, fanIn, drawNormals(draws[index])),
  );
}
