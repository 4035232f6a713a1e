import { FIGURE_STYLE, PAPER_COLORS } from './figure-style.ts';

/** A drawing of a figure as a file of its own, in the colors of paper and without variables, which not every program knows. */
export function svgFile(drawing: string): string {
  const style = `svg{background:var(--paper)}${FIGURE_STYLE}`.replaceAll(
    /var\(--(\w+)\)/g,
    (_, name: string) => PAPER_COLORS[name] ?? '#000',
  );
  return drawing.replace('>', `><style>${style}</style>`);
}
