const MINUS = '−';

/** A number with a true minus sign. */
function signed(text: string): string {
  return text.replaceAll('-', MINUS);
}

/** A value to three significant figures, `0.412` or `3.9e−5`. */
export function valueText(value: number | null): string {
  if (value === null) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e5) return signed(value.toExponential(2).replace('e+', 'e'));
  return signed(size < 1000 ? value.toPrecision(3) : value.toFixed(0));
}

/** `1 run`, `2 runs`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A stretch of time as people say it: `8 s`, `2 min 5 s`. */
export function durationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 100) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 100) return `${minutes} min ${whole % 60} s`;
  return `${Math.round(minutes / 60)} h`;
}
