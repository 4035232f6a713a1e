import type { Curve, Figure } from '@widthwise/figures';

/**
 * Whether a figure that comes later shows the same, so that it need not be drawn again. Curves are only ever appended to, or
 * averaged over more seeds, which moves their ends.
 */
export function isSameFigure(left: Figure, right: Figure): boolean {
  return (
    left.title === right.title &&
    left.x.range.join() === right.x.range.join() &&
    left.y.range.join() === right.y.range.join() &&
    left.notes.join() === right.notes.join() &&
    left.references.map(({ y }) => y).join() === right.references.map(({ y }) => y).join() &&
    left.curves.length === right.curves.length &&
    left.curves.every((curve, index) => isSameCurve(curve, right.curves[index]!))
  );
}

function isSameCurve(left: Curve, right: Curve): boolean {
  return signature(left) === signature(right);
}

function signature({ label, remark, color, faint, leaves, x, y, intervals, dots, source }: Curve): string {
  const of =
    source === null ? '' : `${source.parametrization} ${source.width} ${source.seed} ${source.layer}`;
  const ends = [y[0], y.at(-1), intervals.at(-1)?.join(), x.at(-1)];
  return [label, remark, color, faint, leaves, x.length, dots.length, ...ends, of].join('|');
}
