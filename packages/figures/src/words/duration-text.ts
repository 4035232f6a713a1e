/** A stretch of time as people say it: `2.4 s`, `18 s`, `2 min 5 s`, `1 h 48 min`. */
export function durationText(seconds: number): string {
  const tenths = Math.max(1, Math.round(10 * seconds));
  if (tenths < 100) return `${tenths / 10} s`;
  const whole = Math.round(seconds);
  if (whole < 100) return `${whole} s`;
  if (whole < 6000) return inUnits(whole, [60, 'min'], 's');
  return inUnits(Math.round(whole / 60), [60, 'h'], 'min');
}

/** A stretch of time that is still to come, as coarse as a forecast is: `8 s`, `2 min`, `1 h 50 min`. */
export function forecastText(seconds: number): string {
  const grain = seconds < 100 ? 1 : seconds < 6000 ? 60 : 600;
  return durationText(grain * Math.max(1, Math.round(seconds / grain)));
}

function inUnits(count: number, [size, large]: readonly [number, string], small: string): string {
  const rest = count % size;
  return `${Math.floor(count / size)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}
