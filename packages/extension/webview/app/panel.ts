import type { ExperimentName, SaveFigureParams } from '@widthwise/protocol';
import type { JSX } from 'preact';
import type { Chart } from '../charts/chart.ts';
import type { Theme } from '../charts/theme.ts';
import type { Choice } from './choice.ts';
import type { ShownExperiment } from './experiment-store.ts';

/** What the frame gives to what stands in it. */
export interface PanelProps<Name extends ExperimentName> {
  readonly shown: ShownExperiment<Name>;
  readonly theme: Theme;
  /** Charts at their places. */
  charts(of: readonly Chart[]): JSX.Element[];
  /** Asks where a figure goes that a person wants to keep. */
  onSave(figure: SaveFigureParams): void;
  readonly choice: Choice;
  /** Changes what a person chose to see. */
  choose(choice: Choice): void;
}

/** What the frame knows of an experiment: its words, and what stands below its header. */
export interface Panel<Name extends ExperimentName> {
  /** `Compare parametrizations`: begins one. */
  readonly begin: string;
  /** What it is for, for somebody who has not begun one. */
  readonly about: string;
  /** `Compare again`. */
  readonly again: string;
  title(shown: ShownExperiment<Name>): string;
  /** The sentence that answers it, as far as anything is decided. */
  answer(shown: ShownExperiment<Name>): string;
  body(props: PanelProps<Name>): JSX.Element;
}
