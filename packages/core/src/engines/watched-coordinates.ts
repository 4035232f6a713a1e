import { type Matrix, matrix } from '../linalg/matrix.ts';
import type { NetSpec } from '../model/net-spec.ts';
import type { EngineSession, MovedCoordinates } from './engine.ts';

/** Preactivations of every layer and outputs, of the probe samples. */
export function coordinatesOf(
  session: Pick<EngineSession, 'features' | 'outputs'>,
  { depth }: Pick<NetSpec, 'depth'>,
): readonly Matrix[] {
  const hidden = Array.from({ length: depth }, (_, index) => session.features(index + 1, 'preactivation'));
  return [...hidden, session.outputs()];
}

/** The coordinates of a session, in float64. */
export function watchedCoordinates(
  session: Pick<EngineSession, 'features' | 'outputs'>,
  net: Pick<NetSpec, 'depth'>,
): () => readonly MovedCoordinates[] {
  const initial = coordinatesOf(session, net).map(({ rows, cols, data }) => matrix(rows, cols, data.slice()));
  return () => coordinatesOf(session, net).map((now, index) => ({ now, begun: initial[index] }));
}
