import { HOW_TO_READ_TRANSFER } from '@widthwise/figures';
import type { JSX } from 'preact';
import { noVerdict } from '../../app/no-verdict.ts';
import type { Panel, PanelProps } from '../../app/panel.ts';
import { transferCharts } from './charts.ts';
import { RateTable } from './rate-table.tsx';

/** A search for the best rates, from what each parametrization does to them down to every loss. */
function TransferBody({ shown, charts }: PanelProps<'transfer'>): JSX.Element {
  const { plan, judgement } = shown;
  const { againstWidth, againstRate } = transferCharts(shown);
  return (
    <>
      <div class="beside">
        {judgement.transfers.map((transfer) => (
          <RateTable
            key={transfer.parametrization}
            transfer={transfer}
            objective={judgement.objective}
            label={plan.parametrizations.find(({ name }) => name === transfer.parametrization)?.label ?? ''}
          />
        ))}
      </div>
      {judgement.transfers.length > 0 && <p class="about">{HOW_TO_READ_TRANSFER}</p>}
      <section aria-label="against width">
        <h2>Against width</h2>
        <div class="charts">{charts(againstWidth)}</div>
      </section>
      <section aria-label="against the rate">
        <h2>Against η</h2>
        <div class="charts">{charts(againstRate)}</div>
      </section>
    </>
  );
}

export const transferPanel: Panel<'transfer'> = {
  begin: 'Check learning-rate transfer',
  about:
    'A search for the best learning rate at every width, which shows here whether the one that is tuned at the smallest is the best of all.',
  again: 'Search again',
  title: ({ plan }) => `Best learning rates on ${plan.data}`,
  answer: ({ state, judgement }) => {
    if (state.kind === 'finished') return judgement.sentence;
    return noVerdict(
      state,
      'No verdict yet: rates are tried around the best of each width until it is enclosed.',
    );
  },
  body: (props) => <TransferBody {...props} />,
};
