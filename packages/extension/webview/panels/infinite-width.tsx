import { type Figure, infiniteTable } from '@widthwise/figures';
import type { InfiniteWidth } from '@widthwise/protocol';
import type { JSX } from 'preact';
import type { Chart } from '../charts/chart.ts';
import { CardTable } from './card-table.tsx';

/** The figures of limits at their places. */
export function infiniteCharts(figures: readonly Figure[]): readonly Chart[] {
  return figures.map((figure) => ({
    name: figure.id,
    along: figure.id === 'distance-infinite' ? 'width' : 'step',
    figure,
  }));
}

interface AtInfiniteWidthProps {
  /** By parametrization; null before every run has ended. */
  readonly found: Readonly<Record<string, InfiniteWidth>> | null;
  readonly setting: Parameters<typeof infiniteTable>[1];
  readonly figures: readonly JSX.Element[];
}

/** What networks come to as n → ∞; nothing where nothing is known. */
export function AtInfiniteWidth({ found, setting, figures }: AtInfiniteWidthProps): JSX.Element | null {
  const table = infiniteTable(found, setting);
  if (table === null) return null;
  return (
    <section aria-label="as the width grows without end">
      <h2>As n → ∞</h2>
      <div class="charts">{figures}</div>
      <CardTable id="infinite-width" heads={table.heads} rows={table.rows} />
      <p class="about">{table.howToRead}</p>
    </section>
  );
}
