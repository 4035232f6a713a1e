import { type InitExponent, sameExponent } from '../../calculus/exponent.ts';
import { invariants } from '../../parametrization/gauge.ts';
import { MUP_TARGETS, mupExponents } from '../../parametrization/mup-targets.ts';
import { type LayerRole, type Parametrization, roleOfLayer } from '../../parametrization/parametrization.ts';
import { driftVerdicts } from './layer-checks.ts';
import type { CoordinateSuspect, CoordinateVerdict, LayerCheck, SuspectExponent } from './report.ts';
import type { CoordinateCheckRequest } from './request.ts';
import { layerVerdicts } from './verdict.ts';

/** A quantity of a layer that does not pass at some step. */
type Symptom = Omit<CoordinateSuspect, 'exponent'>;

/**
 * What does not pass, each quantity of a layer at its first such step, with the exponent that theory holds
 * responsible: the nearest that is not μP's and errs in the direction of the slope.
 */
export function findSuspects(
  checks: readonly LayerCheck[],
  request: CoordinateCheckRequest,
): readonly CoordinateSuspect[] {
  const first = new Map<string, Symptom>();
  for (const symptom of checks.flatMap((check) => symptomsOf(check, request))) {
    const key = `${symptom.layer}/${symptom.what}`;
    if (!first.has(key)) first.set(key, symptom);
  }
  return [...first.values()].map((symptom) => ({
    ...symptom,
    exponent: responsible(symptom, request),
  }));
}

function symptomsOf(check: LayerCheck, request: CoordinateCheckRequest): readonly Symptom[] {
  const { layer, step, size, update, verdict } = check;
  if (!isOff(verdict)) return [];
  if (size.value === null && update?.value == null) return [{ layer, step, what: 'size', slope: null }];
  const verdicts = layerVerdicts(check, request);
  const drift = driftVerdicts(check, request);
  return [
    ...(isOff(verdicts.size) || (verdicts.size === 'pass' && isOff(drift.size))
      ? [{ layer, step, what: 'size' as const, slope: size.value }]
      : []),
    ...(update !== null && (isOff(verdicts.update) || (verdicts.update === 'pass' && isOff(drift.update)))
      ? [{ layer, step, what: 'update' as const, slope: update.value }]
      : []),
  ];
}

function isOff(verdict: CoordinateVerdict | null): boolean {
  return verdict === 'fail' || verdict === 'warn';
}

function responsible(
  { layer, step, slope }: Symptom,
  { parametrization, depth }: CoordinateCheckRequest,
): SuspectExponent | null {
  const grows = slope === null || slope > 0;
  for (const [candidate, name] of step === 0 ? initialCauses(layer) : updateCauses(layer, depth)) {
    const role = roleOfLayer(candidate, depth);
    const deviation = deviationOf(parametrization, role, name);
    if (grows ? deviation < 0 : deviation > 0) {
      return { layer: candidate, name, ...exponentOf(parametrization, role, name) };
    }
  }
  return null;
}

type Cause = readonly [layer: number, name: 'b' | 'c'];

/** What the first forward pass follows from: the weight itself, then those below, the nearest first. */
function initialCauses(layer: number): readonly Cause[] {
  return Array.from({ length: layer }, (_, index) => [layer - index, 'b']);
}

/** What an update follows from: its rate, what carries the error down to it, and the features that it meets. */
function updateCauses(layer: number, depth: number): readonly Cause[] {
  const readout = depth + 1;
  const above = Array.from({ length: readout - layer }, (_, index): Cause => [readout - index, 'b']);
  const below = Array.from({ length: layer - 1 }, (_, index) => layer - 1 - index);
  return [
    [layer, 'c'],
    ...above,
    [readout, 'c'],
    ...below.flatMap((candidate): readonly Cause[] => [
      [candidate, 'c'],
      [candidate, 'b'],
    ]),
    [layer, 'b'],
  ];
}

/** By how much an exponent is larger than μP's; 0 where it is the same. */
function deviationOf(parametrization: Parametrization, role: LayerRole, name: 'b' | 'c'): number {
  const { B, C } = invariants(parametrization)[role];
  const is: InitExponent = name === 'b' ? B : C;
  const wants = name === 'b' ? MUP_TARGETS[role].B : MUP_TARGETS[role].C[parametrization.optimizer];
  if (is === 'zero') return Number.POSITIVE_INFINITY;
  return sameExponent(is, wants) ? 0 : is - wants;
}

function exponentOf(
  parametrization: Parametrization,
  role: LayerRole,
  name: 'b' | 'c',
): Pick<SuspectExponent, 'is' | 'wants'> {
  const exponents = parametrization[role];
  return {
    is: exponents[name],
    wants: mupExponents(role, parametrization.optimizer, exponents.a)[name],
  };
}
