import type { Figure } from '../figure.ts';
import { FIGURE_STYLE, PAPER_COLORS } from './figure-style.ts';
import { svgChart } from './svg-chart.ts';

/** A figure as a file of its own, in the colors of paper and without variables, which not every program knows. */
export function svgFile(figure: Figure): string {
  const style = `svg{background:var(--paper)}${FIGURE_STYLE}`.replaceAll(
    /var\(--(\w+)\)/g,
    (_, name: string) => PAPER_COLORS[name] ?? '#000',
  );
  return svgChart(figure).replace('>', `><style>${style}</style>`);
}
