import { Component, type JSX } from 'preact';
import type { Panel, PanelProps } from '../../app/panel.ts';
import { RunInView } from './run-in-view.ts';
import { ComparisonView } from './view.tsx';
import { answer } from './words.ts';

/** A comparison, with what a person chose to see of it. */
class ComparisonBody extends Component<PanelProps<'compare'>> {
  readonly #runInView = new RunInView();
  #layer: number | null = null;

  override render({ shown, theme, charts }: PanelProps<'compare'>): JSX.Element {
    const { depth } = shown.plan;
    return (
      <ComparisonView
        {...{ shown, theme, charts }}
        shownRun={this.#runInView.at(shown, performance.now())}
        picked={this.#runInView.picked !== null}
        layer={Math.min(this.#layer ?? depth, depth)}
        onPick={(run) => this.#pick(run)}
        onLayer={(layer) => this.#choose(layer)}
      />
    );
  }

  #pick(run: number | null): void {
    this.#runInView.pick(run);
    this.props.redraw();
  }

  #choose(layer: number): void {
    this.#layer = layer;
    this.props.redraw();
  }
}

export const comparisonPanel: Panel<'compare'> = {
  begin: 'Compare parametrizations',
  about:
    'A comparison trains the same network under several parametrizations at growing widths, and shows here which of them keep features moving and linearly independent.',
  again: 'Compare again',
  title: ({ plan }) => plan.data,
  answer,
  body: (props) => <ComparisonBody {...props} />,
};
