import { nameText } from '@widthwise/core';
import { counted, slopeText } from '@widthwise/figures';
import type { CheckReason } from '../../built/coordinates/reasons.ts';
import type { BuiltCheckRequest } from './built-check-report.ts';
import { namesText } from './names-text.ts';

/** What a check goes along. */
export interface Axis {
  readonly one: string;
  readonly many: string;
  readonly further: string;
}

/** Widths, or at one width depths. */
export function axisOf({ at }: BuiltCheckRequest): Axis {
  return at === null
    ? { one: 'width', many: 'widths', further: 'wider networks' }
    : { one: 'depth', many: 'depths', further: 'deeper networks' };
}

/** What belongs beside a verdict, as a clause. */
export function reasonText(reason: CheckReason, { one, many, further }: Axis): string {
  switch (reason.kind) {
    case 'few-widths':
      return `fewer than ${reason.least} ${many}`;
    case 'few-seeds':
      return `fewer than ${reason.least} seeds`;
    case 'no-optimizer':
      return 'the factory returns no optimizer, so only the initialization was measured';
    case 'strangers':
      return 'the optimizer has no parameter of the model, as one that was made before the model was copied';
    case 'same-seeds':
      return 'every seed gives the same numbers: the factory should not seed its weights with a fixed number, as torch.manual_seed(0) or nnx.Rngs(0) do; random, NumPy and torch are seeded before each run';
    case 'masked':
      return `one step sees ${counted(reason.rows, 'row')}, beside which the updates of ${placeName(reason.layer)} are noise at these widths and grow behind them: take a smaller batch, or wider networks`;
    case 'outgrown':
      return `the change of the weight of ${namesText(reason.layers)} itself, ‖ΔW‖₂, grows with slope ${slopeText(reason.slope)}: it moves too far for wide networks, though what else moves hides that at these widths`;
    case 'crowded':
      return `${reason.count === 1 ? 'an update shrinks' : `${reason.count} updates shrink`}, which proves nothing where one step sees more than ${reason.rows} rows at width ${reason.width}: take a smaller batch, or wider networks`;
    case 'narrow':
      return `${reason.count === 1 ? 'a place does' : `${reason.count} places do`} not pass and no weight explains it, from width ${reason.width} on: below ${reason.least}, terms of order 1/n have slopes of their own: take wider networks`;
    case 'no-slope':
      return `${placeName(reason.layer)} has no slope of its ${reason.what} at step ${reason.step}: ${reason.slope.reason ?? 'it is not known'}`;
    case 'between':
      return `the ${reason.what} of ${placeName(reason.layer)} at step ${reason.step} has slope ${slopeText(reason.slope)}, which no weight explains and which is no power that theory knows: ${further} would tell where it goes`;
    case 'chance':
      return `the ${reason.what} of ${placeName(reason.layer)} at step ${reason.step} fails by its own interval, ${slopeText(reason.slope)}, as one of ${reason.slopes} slopes may by chance: ${decidesText(reason.by, many)}`;
    case 'interval':
      return `${decidesText(reason.by, many)}: the ${reason.what} of ${placeName(reason.layer)} at step ${reason.step} has slope ${slopeText(reason.slope)}`;
    case 'unstable':
      return `the loss is not finite at any ${one}${reason.step === 0 ? ', before anything is trained' : `, from step ${reason.step} on`}: how it goes with the ${one} is not known before that is mended`;
    case 'diverges': {
      const { widths, step } = reason;
      return `runs diverge at ${widths.length > 1 ? many : one} ${widths.join(', ')}, from step ${step} on`;
    }
  }
}

function decidesText(by: Extract<CheckReason, { readonly kind: 'interval' }>['by'], many: string): string {
  if (by === null) return `neither seeds nor ${many} that could be run would decide`;
  return by.kind === 'seeds'
    ? `about ${by.seeds} seeds should decide`
    : `${many} up to about ${by.width} should decide`;
}

/** What a place is called: the model's own output has no path. */
function placeName(layer: string): string {
  return layer === '' ? 'the output' : nameText(layer);
}
