import { curveStyles, SIGNS, slopeText, verdictSoFar } from '@widthwise/figures';
import type { Slope } from '@widthwise/protocol';
import type { JSX } from 'preact';
import type { ShownExperiment, ShownRun } from '../../app/experiment-store.ts';
import type { Theme } from '../../charts/theme.ts';

interface VerdictTableProps {
  readonly comparison: ShownExperiment<'compare'>;
  /** Whose slopes are shown. */
  readonly layer: number;
  readonly theme: Theme;
  /** Index of the run in the charts over steps. */
  readonly shownRun: number | null;
  readonly onPick: (run: number) => void;
}

interface NumberedRun {
  readonly index: number;
  readonly run: ShownRun;
}

/** One row a parametrization: verdict so far, slopes, and its runs by width. */
export function VerdictTable(props: VerdictTableProps): JSX.Element {
  const { plan } = props.comparison;
  return (
    <table id="verdicts">
      <colgroup>
        <col class="name" />
        <col class="marks" />
        <col class="slope" />
        <col class="slope" />
        {plan.widths.map((width) => (
          <col key={width} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {props.comparison.state.kind === 'finished' ? 'verdict' : 'verdict so far'}
            <span class="slope">, slopes of layer {props.layer}</span>
          </th>
          <th
            scope="col"
            class="slope number"
            title="exponent of the movement against width; 0 keeps features moving"
          >
            movement
          </th>
          <th
            scope="col"
            class="slope number"
            title="exponent of λ_min against width; 0 keeps features independent"
          >
            λ_min
          </th>
          {plan.widths.map((width) => (
            <th scope="col" class="cell" key={width}>
              {width}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {plan.parametrizations.map(({ name, label }) => (
          <VerdictRow key={name} name={name} label={label} {...props} />
        ))}
      </tbody>
    </table>
  );
}

function VerdictRow({
  name,
  label,
  comparison,
  layer,
  theme,
  shownRun,
  onPick,
}: VerdictTableProps & { readonly name: string; readonly label: string }): JSX.Element {
  const { plan, judgement } = comparison;
  const runs = comparison.runs
    .map((run, index): NumberedRun => ({ index, run }))
    .filter(({ run }) => run.parametrization === name);
  const verdict = judgement.verdicts[name];
  const slopes = judgement.slopes[name];
  const color = curveStyles(plan.parametrizations).get(name)?.color ?? 'text';
  return (
    <tr data-parametrization={name} title={verdict?.sentence ?? ''}>
      <th scope="row">
        <span class="swatch" style={{ background: theme.color(color) }} /> {label}
      </th>
      <td>
        {verdictSoFar(
          verdict,
          runs.map(({ run }) => run),
          comparison.state.kind === 'running',
        ).map(({ mark, word }) => (
          <span class="mark" key={word}>
            {SIGNS[mark]} {word}
          </span>
        ))}
      </td>
      <td class="slope number">{slopeCell(slopes?.movement[layer - 1])}</td>
      <td class="slope number">{slopeCell(slopes?.lambdaMin[layer - 1])}</td>
      {plan.widths.map((width) => (
        <td class="cell" key={width}>
          <WidthCell
            name={name}
            label={label}
            width={width}
            runs={runs.filter(({ run }) => run.width === width)}
            shownRun={shownRun}
            onPick={onPick}
          />
        </td>
      ))}
    </tr>
  );
}

interface WidthCellProps {
  readonly name: string;
  readonly label: string;
  readonly width: number;
  readonly runs: readonly NumberedRun[];
  readonly shownRun: number | null;
  readonly onPick: (run: number) => void;
}

/** How many seeds of one width have ended. Pressing it shows them in the charts over steps, one after the other. */
function WidthCell({ name, label, width, runs, shownRun, onPick }: WidthCellProps): JSX.Element {
  const started = runs.filter(({ run }) => run.columns.length > 0);
  const ended = runs.filter(({ run }) => ['finished', 'diverged'].includes(run.state.kind)).length;
  const shown = started.findIndex(({ index }) => index === shownRun);
  const next = started[(shown + 1) % started.length];
  const diverged = runs.some(({ run }) => run.state.kind === 'diverged');
  const words = `${label}, width ${width}: ${ended} of ${runs.length} ended${diverged ? ', diverged' : ''}`;
  return (
    <button
      type="button"
      class="run-cell"
      data-cell={`${name}/${width}`}
      aria-label={words}
      title={`${words}. Press to see its runs.`}
      aria-pressed={shown >= 0}
      disabled={next === undefined}
      onClick={() => next !== undefined && onPick(next.index)}
    >
      {diverged && <span class="mark">✗ </span>}
      {ended}/{runs.length}
    </button>
  );
}

function slopeCell(slope: Slope | undefined): string {
  return slope === undefined || slope.value === null ? '–' : slopeText(slope);
}
