import { HOW_TO_READ_LIMIT, type LimitTable, limitFigures, limitTables } from '@widthwise/figures';
import type { JSX } from 'preact';
import type { Panel, PanelProps } from '../../app/panel.ts';
import type { Chart } from '../../charts/chart.ts';

/** What is counted along a figure, where it is not steps. */
const ALONG: Readonly<Record<string, Chart['along']>> = { distance: 'width', law: 'value' };

/** Networks beside their limit: what it comes to, curves, numbers. */
function LimitBody({ shown, charts }: PanelProps<'limit'>): JSX.Element {
  const { plan, judgement } = shown;
  const figures = limitFigures(judgement, plan).map(
    (figure): Chart => ({ name: figure.id, along: ALONG[figure.id] ?? 'step', figure }),
  );
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
      {limitTables(judgement, plan.widths).map((table) => (
        <StepTable key={table.title} table={table} />
      ))}
    </>
  );
}

function StepTable({ table: { title, heads, rows } }: { readonly table: LimitTable }): JSX.Element {
  const [step, ...others] = heads;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <table class="cards" title={HOW_TO_READ_LIMIT}>
        <thead>
          <tr>
            <th scope="col">{step}</th>
            {others.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([at, ...cells]) => (
            <tr key={at}>
              <th scope="row">{at}</th>
              {cells.map((cell, index) => (
                <td key={others[index]} data-head={others[index]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
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
