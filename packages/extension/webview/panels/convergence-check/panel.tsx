import { HOW_TO_READ_CONVERGENCE } from '@widthwise/figures';
import type { JSX } from 'preact';
import { noVerdict } from '../../app/no-verdict.ts';
import type { Panel, PanelProps } from '../../app/panel.ts';
import { AtInfiniteWidth } from '../infinite-width.tsx';
import { Spectra } from '../spectra.tsx';
import { convergenceCharts, limitCharts } from './charts.ts';
import { Hypotheses, IndependenceMapTable, LayerTable } from './tables.tsx';

/** A convergence check, from what the verdict rests on to the curves. */
function ConvergenceCheckBody({ shown, charts, onSave }: PanelProps<'check'>): JSX.Element {
  const { judgement, plan } = shown;
  const measured = judgement.independence !== null;
  const { name } = plan.parametrizations[0] ?? { name: '' };
  return (
    <>
      <section class="evidence" aria-label="layers">
        {measured && <LayerTable found={judgement} depth={plan.depth} />}
        <ul id="evidence">
          {judgement.evidence.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <section aria-label="over steps">
        <h2>Over steps</h2>
        <div class="charts">{charts(convergenceCharts(shown))}</div>
      </section>
      <div class="beside">
        {measured && (
          <section aria-label="independence over steps">
            <h2>λ_min by its infinite-width value, layer by layer over steps</h2>
            <IndependenceMapTable found={judgement} />
            <p class="about">{HOW_TO_READ_CONVERGENCE}</p>
          </section>
        )}
        <section aria-label="hypotheses of the theorem">
          <h2>Hypotheses of the theorem</h2>
          <Hypotheses found={judgement} />
        </section>
        <Spectra
          features={[{ label: plan.parametrizations[0]?.label ?? '', layers: judgement.features ?? [] }]}
          onSave={onSave}
        />
        <AtInfiniteWidth
          found={judgement.infiniteWidth && { [name]: judgement.infiniteWidth }}
          setting={plan}
          figures={charts(limitCharts(shown))}
        />
      </div>
    </>
  );
}

export const convergenceCheckPanel: Panel<'check'> = {
  begin: 'Run convergence check',
  about:
    'A convergence check trains one parametrization, and shows here whether training stops at a minimum of the loss, and what keeps it up if not.',
  again: 'Check again',
  title: ({ plan }) => `${plan.parametrizations[0]?.label ?? ''} on ${plan.data}`,
  answer: ({ state, judgement }) => (state.kind === 'finished' ? judgement.sentence : noVerdict(state)),
  body: (props) => <ConvergenceCheckBody {...props} />,
};
