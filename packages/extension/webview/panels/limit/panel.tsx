import { HOW_TO_READ_LIMIT, limitFigures, limitTables } from '@widthwise/figures';
import type { JSX } from 'preact';
import type { Panel, PanelProps } from '../../app/panel.ts';
import type { Chart } from '../../charts/chart.ts';
import { CardTable } from '../card-table.tsx';

/** What is counted along a figure, where it is not steps. */
const ALONG: Readonly<Record<string, Chart['along']>> = { distance: 'width', law: 'value' };

/** Networks beside their limit: what it comes to, curves, numbers. */
function LimitBody({ shown, charts }: PanelProps<'limit'>): JSX.Element {
  const { plan, judgement } = shown;
  const figures = limitFigures(judgement, plan).map(
    (figure): Chart => ({ name: figure.id, along: ALONG[figure.id] ?? 'step', figure }),
  );
  const tables = limitTables(judgement, plan.widths);
  return (
    <>
      <ul id="evidence">
        {judgement.evidence.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <section aria-label="networks beside the limit">
        <h2>Networks beside the limit</h2>
        <div class="charts">{charts(figures)}</div>
      </section>
      <div class="beside">
        {tables.map((table) => (
          <section key={table.title} aria-label={table.title}>
            <h2>{table.title}</h2>
            <CardTable heads={table.heads} rows={table.rows} />
          </section>
        ))}
      </div>
      {tables.length > 0 && <p class="about">{HOW_TO_READ_LIMIT}</p>}
    </>
  );
}

export const limitPanel: Panel<'limit'> = {
  begin: 'Compare with the infinite-width limit',
  about:
    'Networks of several widths are trained beside what they come to as their width grows without end, and shown here step by step.',
  again: 'Compare again',
  title: ({ plan }) => `${plan.parametrizations[0]?.label ?? ''} on ${plan.data}, beside its limit`,
  answer: ({ state, judgement }) => {
    if (state.kind === 'finished') return judgement.sentence;
    const open = state.kind === 'running' || state.kind === 'queued';
    return open ? 'Nothing to say yet: networks are trained.' : 'Too few runs had finished.';
  },
  body: (props) => <LimitBody {...props} />,
};
