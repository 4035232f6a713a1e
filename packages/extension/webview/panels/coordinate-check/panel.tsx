import { HOW_TO_READ_CHECK, HOW_TO_READ_WEIGHTS } from '@widthwise/figures';
import type { JSX } from 'preact';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import { noVerdict } from '../../app/no-verdict.ts';
import type { Panel, PanelProps } from '../../app/panel.ts';
import { coordinateCharts } from './charts.ts';
import { CheckTable } from './check-table.tsx';
import { WeightTable } from './weight-table.tsx';

/** A coordinate check, from what is suspect down to the slopes of every layer. */
function CoordinateCheckBody({ shown, charts, choice, choose }: PanelProps<'coord-check'>): JSX.Element {
  const steps = stepsOf(shown);
  const step = steps.find((each) => each === choice.step) ?? shown.plan.steps;
  return (
    <>
      <ul id="suspects">
        {shown.judgement.suspects.map((suspect) => (
          <li key={suspect}>{suspect}</li>
        ))}
      </ul>
      <section aria-label="against width">
        <h2>
          Layers at{' '}
          <select
            id="step"
            aria-label="step"
            value={step}
            onChange={(event) => choose({ step: Number(event.currentTarget.value) })}
          >
            {steps.map((each) => (
              <option key={each} value={each}>{`step ${each}`}</option>
            ))}
          </select>
        </h2>
        <CheckTable shown={shown} id="layers" step={step} />
        <p class="about">{HOW_TO_READ_CHECK}</p>
        <h2>Against width</h2>
        <div class="charts">{charts(coordinateCharts(shown, step))}</div>
      </section>
      <div class="beside">
        <section aria-label="weights">
          <h2>Weights at the last step</h2>
          <WeightTable shown={shown} />
          <p class="about">{HOW_TO_READ_WEIGHTS}</p>
        </section>
        <section aria-label="every step">
          <h2>Every step</h2>
          <CheckTable shown={shown} id="steps" />
        </section>
      </div>
    </>
  );
}

export const coordinateCheckPanel: Panel<'coord-check'> = {
  begin: 'Run coordinate check',
  about:
    'A coordinate check trains one parametrization at growing widths, and shows here whether the coordinates of every layer keep their size and move.',
  again: 'Check again',
  title: ({ plan }) => `${plan.parametrizations[0]?.label ?? ''} on ${plan.data}`,
  answer: ({ state, judgement }) => (state.kind === 'finished' ? judgement.sentence : noVerdict(state)),
  body: (props) => <CoordinateCheckBody {...props} />,
};

/** The steps at which coordinates are measured; before anything is judged, the last. */
function stepsOf({ plan, judgement }: ShownExperiment<'coord-check'>): readonly number[] {
  const steps = new Set(judgement.layers.map(({ step }) => step));
  return steps.size === 0 ? [plan.steps] : [...steps];
}
