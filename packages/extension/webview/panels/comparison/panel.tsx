import { Component, type JSX } from 'preact';
import type { RunName } from '../../app/choice.ts';
import type { Panel, PanelProps } from '../../app/panel.ts';
import { RunInView } from './run-in-view.ts';
import { ComparisonView } from './view.tsx';
import { answer } from './words.ts';

/** A comparison, with what a person chose to see of it. */
class ComparisonBody extends Component<PanelProps<'compare'>> {
  readonly #runInView = new RunInView();

  override render({ shown, theme, charts, onSave, choice, choose }: PanelProps<'compare'>): JSX.Element {
    const { depth } = shown.plan;
    const picked = choice.run ?? null;
    return (
      <ComparisonView
        {...{ shown, theme, charts, onSave }}
        shownRun={this.#runInView.at(shown, picked, performance.now())}
        picked={picked !== null}
        layer={Math.min(choice.layer ?? depth, depth)}
        onPick={(index) => choose({ run: index === null ? null : nameOf(shown.runs[index]!) })}
        onLayer={(layer) => choose({ layer })}
      />
    );
  }
}

function nameOf({ parametrization, width, seed }: RunName): RunName {
  return { parametrization, width, seed };
}

export const comparisonPanel: Panel<'compare'> = {
  begin: 'Compare parametrizations',
  about:
    'A comparison trains the same network under several parametrizations at growing widths, and shows here which of them keep features moving and linearly independent.',
  again: 'Compare again',
  title: ({ plan }) => `Comparison on ${plan.data}`,
  answer,
  body: (props) => <ComparisonBody {...props} />,
};
