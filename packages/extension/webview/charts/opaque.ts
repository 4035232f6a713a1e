/** A theme may give a color for overlays; a curve is drawn with all of it. */
export function opaque(color: string): string {
  if (/^#[0-9a-f]{8}$/i.test(color)) return color.slice(0, 7);
  return color.replace(/^rgba\((.*),[^,]*\)$/, 'rgb($1)');
}
