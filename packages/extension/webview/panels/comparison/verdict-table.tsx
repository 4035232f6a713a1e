import {
  comparisonTable,
  curveStyles,
  type JudgedSlope,
  judgedSlopeText,
  SIGNS,
  type TableRow,
  verdictSoFar,
} from '@widthwise/figures';
import type { JSX } from 'preact';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import type { Theme } from '../../charts/theme.ts';
import { TableHead } from '../../table-head.tsx';
import { tabledComparison } from './measured.ts';

interface VerdictTableProps {
  readonly comparison: ShownExperiment<'compare'>;
  readonly theme: Theme;
}

/** One row a parametrization: verdict so far, slopes with intervals beside theory, loss; cards where it is narrow. */
export function VerdictTable({ comparison, theme }: VerdictTableProps): JSX.Element {
  const { plan, state } = comparison;
  const { layers, widest, rows } = comparisonTable(tabledComparison(comparison), plan);
  const heads = ['movement, slope by layer', 'λ_min, slope by layer', `loss at width ${widest}`];
  return (
    <table id="verdicts" class="cards">
      <TableHead
        heads={['parametrization', state.kind === 'finished' ? 'verdict' : 'verdict so far', ...heads]}
      />
      <tbody>
        {rows.map((row) => (
          <VerdictRow key={row.name} {...{ row, heads, layers, comparison, theme }} />
        ))}
      </tbody>
    </table>
  );
}

interface VerdictRowProps extends VerdictTableProps {
  readonly row: TableRow;
  readonly heads: readonly string[];
  readonly layers: readonly number[];
}

function VerdictRow({ row, heads, layers, comparison, theme }: VerdictRowProps): JSX.Element {
  const { plan, judgement, runs, state } = comparison;
  const { name, label, movement, lambdaMin, loss } = row;
  const own = runs.filter(({ parametrization }) => parametrization === name);
  const marks = verdictSoFar(judgement.verdicts[name], own, state.kind === 'running');
  const color = curveStyles(plan.parametrizations).get(name)?.color ?? 'text';
  const none = { predicted: null, agreement: null };
  const values = [
    movement.map((slope, index) => slopeLine(slope, layers[index]!)),
    lambdaMin.map((slope, index) => slopeLine({ ...slope, ...none }, layers[index]!)),
    [loss],
  ];
  return (
    <tr data-parametrization={name}>
      <th scope="row">
        <span class="swatch" style={{ background: theme.color(color) }} /> {label}
      </th>
      <td>
        {marks.map(({ mark, word }) => (
          <span class="mark" key={word}>
            {SIGNS[mark]} {word}
          </span>
        ))}
      </td>
      {values.map((lines, index) => (
        <td key={heads[index]} data-head={heads[index]}>
          {lines.map((line) => (
            <div key={line}>{line} </div>
          ))}
        </td>
      ))}
    </tr>
  );
}

/** `l2 −0.52 ± 0.05 (−0.5)`, which is broken nowhere. */
function slopeLine(slope: JudgedSlope, layer: number): string {
  return `l${layer} ${slope.value === null ? '–' : judgedSlopeText(slope)}`.replaceAll(' ', '\u00a0');
}
