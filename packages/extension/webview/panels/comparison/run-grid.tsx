import type { JSX } from 'preact';
import type { ShownExperiment, ShownRun } from '../../app/experiment-store.ts';

interface RunGridProps {
  readonly comparison: ShownExperiment<'compare'>;
  /** Index of the run that is shown. */
  readonly shownRun: number | null;
  readonly onPick: (run: number) => void;
}

interface NumberedRun {
  readonly index: number;
  readonly run: ShownRun;
}

/** How many runs of each parametrization and width have ended, to pick one from. */
export function RunGrid({ comparison, shownRun, onPick }: RunGridProps): JSX.Element {
  const { plan } = comparison;
  const numbered = comparison.runs.map((run, index): NumberedRun => ({ index, run }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached from the keyboard
    <section class="wide" tabIndex={0} aria-label="runs by parametrization and width">
      <table id="runs-of" class="fit">
        <thead>
          <tr>
            <th scope="col">runs ended</th>
            {plan.widths.map((width) => (
              <th scope="col" class="cell" key={width}>
                {width}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.parametrizations.map(({ name, label }) => (
            <tr key={name}>
              <th scope="row">{label}</th>
              {plan.widths.map((width) => (
                <td class="cell" key={width}>
                  <RunCell
                    {...{ name, label, width, shownRun, onPick }}
                    runs={numbered.filter(({ run }) => run.parametrization === name && run.width === width)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RunCellProps {
  readonly name: string;
  readonly label: string;
  readonly width: number;
  readonly runs: readonly NumberedRun[];
  readonly shownRun: number | null;
  readonly onPick: (run: number) => void;
}

/** How many seeds of one width have ended. Pressing it shows them, one after the other. */
function RunCell({ name, label, width, runs, shownRun, onPick }: RunCellProps): JSX.Element {
  const started = runs.filter(({ run }) => run.columns.length > 0);
  const ended = runs.filter(({ run }) => ['finished', 'diverged'].includes(run.state.kind)).length;
  const shown = started.findIndex(({ index }) => index === shownRun);
  const next = started[(shown + 1) % started.length];
  const diverged = runs.some(({ run }) => run.state.kind === 'diverged');
  const words = `of ${label} at width ${width} ended${diverged ? ', diverged' : ''}`;
  return (
    <button
      type="button"
      class="run-cell"
      data-cell={`${name}/${width}`}
      title="Press to see its runs, one after the other."
      aria-pressed={shown >= 0}
      disabled={next === undefined}
      onClick={() => next !== undefined && onPick(next.index)}
    >
      {diverged && <span aria-hidden="true">✗ </span>}
      {ended}/{runs.length} <span class="spoken">{words}</span>
    </button>
  );
}
