import type { ConvergenceCheckRequest, ConvergenceReport } from '@widthwise/core';
import {
  type ConvergenceFindings,
  convergenceEvidence,
  convergenceFindings,
  convergenceSentence,
  convergenceTable,
  HOW_TO_READ_CONVERGENCE,
  hypothesisRows,
  independenceMap,
  infiniteTable,
  type Mark,
  SIGNS,
} from '@widthwise/figures';
import type { ShownReport } from '../experiment-command.ts';
import { prose } from '../terminal/prose.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { TONES } from '../terminal/tones.ts';
import { infiniteLines } from './infinite-lines.ts';
import { ranLines } from './ran-lines.ts';

const MARKS: Readonly<Record<NonNullable<ConvergenceReport['verdict']>, Mark>> = {
  holds: 'yes',
  'not-stationary': 'open',
  undecidable: 'open',
  'rank-deficient': 'no',
  diverged: 'no',
};

/** What `widthwise check` prints at the end: verdict, evidence, hypotheses, layers, map, files. */
export function convergenceReport(
  report: ConvergenceReport,
  { context, ran, terminal }: ShownReport<ConvergenceCheckRequest>,
): string {
  const { request, labels } = context;
  const { name } = request.parametrization;
  const findings = convergenceFindings(report);
  const infinite = infiniteTable(report.infiniteWidth && { [name]: report.infiniteWidth }, {
    ...request,
    parametrizations: [{ name, label: labels[name] ?? name }],
  });
  const mark = report.verdict === null ? 'none' : MARKS[report.verdict];
  const sentence = `${SIGNS[mark]} ${convergenceSentence(report, labels[name] ?? name)}`.trim();
  const lines = [
    '',
    terminal.toned(TONES[mark], prose(sentence, terminal)),
    ...convergenceEvidence(report).map((evidence) => prose(evidence, terminal)),
    '',
    ...hypothesisRows(findings).map(({ name: of, verdict, reason }) =>
      prose(`${SIGNS[verdict.mark]} ${of} ${verdict.word}: ${reason}`, terminal),
    ),
    '',
    ...layerLines(findings, request.depth, terminal),
    '',
    ...mapLines(findings, terminal),
    '',
    terminal.toned('dim', prose(HOW_TO_READ_CONVERGENCE, terminal)),
    '',
    ...infiniteLines(infinite, { terminal, steps: request.steps }),
    ...ranLines(report, ran).map(terminal.plain),
  ];
  return `${lines.join('\n')}\n`;
}

function layerLines(findings: ConvergenceFindings, depth: number, { plain, toned }: Terminal): string[] {
  const rows = convergenceTable(findings, depth);
  const heads = ['', 'λ_min(h)/limit', 'λ_min(x)/limit', 'joint λ_min', 'movement', 'λ_min slope'];
  const cells = rows.map((row) =>
    [row.layer, row.preactivation, row.activation, row.joint, row.movement, row.lambdaMin].map(plain),
  );
  const widths = heads.map((head, index) =>
    Math.max(plain(head).length, ...cells.map((row) => row[index]!.length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((text, index) => (index === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[index]!)))
      .join('  ');
  return [
    toned('dim', line(heads.map(plain))),
    ...rows.map(({ verdict }, index) => {
      const judged = plain(`${SIGNS[verdict.mark]} ${verdict.word}`.trim());
      return `${line(cells[index]!)}  ${toned(TONES[verdict.mark], judged)}`.trimEnd();
    }),
  ];
}

const NAME = 4;
const CELL = 10;

/** λ_min of hˡ and xˡ by its limit, a column a probed step, as many as fit. */
function mapLines(findings: ConvergenceFindings, { plain, toned, columns }: Terminal): string[] {
  const most = Math.max(2, Math.floor(((columns ?? 100) - NAME) / CELL) - 1);
  const { steps, rows } = independenceMap(findings, most);
  const head = `${''.padEnd(NAME)}${steps.map((step) => `step ${step}`.padStart(CELL)).join('')}`;
  return [
    toned('dim', head),
    ...rows.map(
      ({ name, cells }) =>
        `${plain(name).padEnd(NAME)}${cells
          .map(({ text, mark, worst }) => {
            const shown = plain(`${text}${worst ? '*' : ''}`).padStart(CELL);
            return mark === 'no' || mark === 'open' ? toned(TONES[mark], shown) : shown;
          })
          .join('')}`,
    ),
    ...(rows.length === 0
      ? []
      : [toned('dim', plain('λ_min by its infinite-width value, over steps; * the least'))]),
  ];
}
