import { type JudgedExponent, judgeRow, MARKS, powerText, rateText, regimeText } from '@widthwise/analysis';
import { cutText, type InitExponent, nameText, widthPower } from '@widthwise/core';
import type { StaticReading } from '../../built/against-static.ts';
import type { BuiltModel } from '../../built/built-model.ts';
import type { BuiltParameter } from '../../built/built-parameter.ts';
import { BREAKS_TRANSFER, type BuiltFinding, isRightUpdate } from '../../built/built-problems.ts';
import type { FittedPower } from '../../built/fit-power.ts';
import { starred } from '../../built/starred.ts';
import { namesText } from '../../report/built-check/names-text.ts';
import { columnsOf, padToColumns } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import { type BuiltReport, numberAt } from './built-json.ts';
import { type NamedCells, rowsAlike } from './rows-alike.ts';

/** A terminal that says it is narrower is not believed. */
const NARROWEST = 40;
/** A longer name is cut, or the table would be as wide as it. */
const LONGEST_NAME = 100;

/** A built model for a terminal: what is wrong, how each parameter goes with the width, and its groups in numbers. */
export function builtText(report: BuiltReport, terminal: Terminal): string {
  const { model, findings, readings, failures } = report;
  const edge = Math.max(terminal.columns ?? Number.POSITIVE_INFINITY, NARROWEST);
  const wrapped = (text: string, indent: number): string => wrapText(terminal.plain(text), edge, indent);
  const section = (title: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : [`\n  ${title}`, ...items.map((item) => wrapped(item, 4))];
  const failed = failures.map(
    ({ width, why }) => `${width === undefined ? 'the factory' : `width ${width}`}: ${why}`,
  );
  return [
    terminal.toned('strong', wrapped(headline(report), 0)),
    ...section(
      'breaks transfer',
      problemLines(findings.filter(({ kind }) => BREAKS_TRANSFER.includes(kind))),
    ),
    ...section('wrong', problemLines(findings.filter(({ kind }) => !BREAKS_TRANSFER.includes(kind)))),
    ...section('not built', failed),
    '',
    ...tableOf(
      ['weight', 'role', 'shape', 'optimizer', 'init std', 'rate', 'decay', 'update', 'μP wants'],
      rowsOf(report),
      { terminal, edge },
    ),
    ...groupLines(report, { terminal, edge }),
    ...section('read off the code and built otherwise', disagreementLines(readings)),
    ...section('not known', unknownLines(model)),
    ...section('notes', [...model.notes, readText(report)]),
    '',
    terminal.toned('dim', wrapped(LEGEND, 0)),
    '',
  ].join('\n');
}

function problemLines(findings: readonly BuiltFinding[]): readonly string[] {
  return findings.map(({ problem, parameters }) => `${namesText(parameters)}: ${problem}`);
}

const LEGEND =
  'init std, rate and decay as powers of the width n. update: ‖ΔW‖₂ / √(fan_out / fan_in) of one step on a gradient of ' +
  'rank one; constant is right for a weight that nothing multiplies in the forward pass, and marked where the code shows that. μP wants: ' +
  'what is right for each weight, the others as they were built, where the calculus follows the whole code.';

function headline({ model, versions, findings, verdict }: BuiltReport): string {
  const by = versions === null ? '' : ` with ${versions.libraries} on Python ${versions.python}`;
  const wrong = findings.length;
  const problems = wrong === 0 ? '' : `; ${wrong === 1 ? 'one problem' : `${wrong} problems`}`;
  const judged = verdict === 'unknown' ? '' : `: ${regimeText(verdict)}`;
  return `${nameText(model.name)}${judged}, built at widths ${model.widths.join(', ')}${by}${problems}`;
}

function rowsOf({
  model: { parameters, groups, widths },
  readings,
  judged,
  findings,
}: BuiltReport): readonly NamedCells[] {
  const markOf = (parameter: BuiltParameter): string => {
    if (wrong.has(parameter.name)) return ' ✗';
    return isRightUpdate(parameter, readings.get(parameter.name)) === true ? ' ✓' : '';
  };
  const wrong = new Set(findings.flatMap((one) => (one.kind === 'update' ? one.parameters : [])));
  return parameters.map((parameter) => {
    const row = judged.get(parameter.name);
    const each = row === undefined ? [] : judgeRow(row);
    const marked = (quantity: JudgedExponent['quantity'], text: string): string =>
      each.some((one) => one.quantity === quantity && one.state === 'wrong')
        ? `${text} ${MARKS.wrong}`
        : text;
    return {
      name: [parameter.name, ...parameter.aliases].join(' = '),
      cells: [
        parameter.role ?? '?',
        shapeText(parameter, widths[0]!),
        parameter.groups.map((place) => groups[place]?.optimizer ?? '?').join(' + ') || '–',
        marked('init std', powerText(parameter.b.exponent)),
        marked('learning rate', rateText(numberOf(parameter.c))),
        growthOf(parameter.decay.exponent),
        `${growthOf(parameter.update.exponent)}${markOf(parameter)}`,
        parameter.role === 'finite' ? '' : wantsText(each),
      ],
    };
  });
}

/** What is right where something else stands, or where nothing is known of what stands. */
function wantsText(each: readonly JudgedExponent[]): string {
  const others = each.filter(({ state, wants }) => state !== 'right' && wants !== '');
  return others.map(({ quantity, wants }) => `${quantity.replace('learning ', '')} ${wants}`).join(', ');
}

/** n^e as people write it. */
function growthOf(exponent: InitExponent | null): string {
  return powerText(typeof exponent === 'number' ? -exponent + 0 : exponent);
}

function numberOf({ exponent }: FittedPower): number | null {
  return exponent === 'zero' ? null : exponent;
}

/** `4n × n`: its sizes in parts of the width, where they grow. */
function shapeText({ shape, speeds }: BuiltParameter, narrowest: number): string {
  if (shape.length === 0) return '1';
  return shape.map((size, axis) => sizeText(size, speeds[axis] ?? null, narrowest)).join(' × ');
}

function sizeText(size: number, speed: number | null, narrowest: number): string {
  if (speed === 0) return String(size);
  if (speed === null) return `${size}?`;
  const times = Number((size / widthPower(narrowest, speed)).toPrecision(3));
  return `${times === 1 ? '' : times}${powerText(-speed)}`;
}

function groupLines(
  { model, at }: BuiltReport,
  { terminal, edge }: { readonly terminal: Terminal; readonly edge: number },
): readonly string[] {
  if (model.groups.length === 0) return [];
  const [first, last] = [at[0]!, at.at(-1)!];
  const rows = model.groups.flatMap(({ optimizer, settings, parameters }) => {
    const own = model.parameters.filter(({ name }) => parameters.includes(name));
    return [...new Set(own.map(({ role }) => role))].map((role) => {
      const alike = own.filter((one) => one.role === role);
      const spanOf = (width: number, kind: 'update' | 'decayed'): string =>
        rangeText(alike.map((one) => numberAt(width, one, { kind, widths: model.widths })));
      return [
        optimizer,
        arrowText(settings.map(({ learningRate }) => learningRate)),
        arrowText(settings.map(({ weightDecay }) => weightDecay)),
        role ?? '?',
        ...[first, last].map((width) => spanOf(width, 'update')),
        ...[first, last].map((width) => spanOf(width, 'decayed')),
        namesText(alike.map(({ name }) => name)),
      ];
    });
  });
  const [narrow, wide] = [model.widths[0]!, model.widths.at(-1)!];
  const head = [
    'group',
    `rate, ${narrow} → ${wide}`,
    'weight decay',
    'role',
    `update at ${first}`,
    `at ${last}`,
    `decay a step at ${first}`,
    `at ${last}`,
    'weights',
  ];
  return ['', ...linesOf([head, ...rows], { terminal, edge })];
}

function arrowText(values: readonly (number | null)[]): string {
  const [from, to] = [values[0] ?? null, values.at(-1) ?? null];
  if (from === null || to === null) return '?';
  return from === to ? valueText(from) : `${valueText(from)} → ${valueText(to)}`;
}

function valueText(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function rangeText(values: readonly (number | null)[]): string {
  const known = values.flatMap((value) => (value === null ? [] : [value]));
  if (known.length === 0) return '?';
  const [least, most] = [Math.min(...known), Math.max(...known)].map(valueText);
  return least === most ? `${least}` : `${least} … ${most}`;
}

/** How much of it the analyser reads. */
function readText({ model: { parameters }, readings }: BuiltReport): string {
  if (readings.size === 0) return 'nothing is read off its code to hold this to';
  const differ = [...readings.values()].reduce((count, { disagreements }) => count + disagreements.length, 0);
  const rest = differ === 0 ? 'and all that is known both ways is the same' : `and ${differ} values differ`;
  return `${readings.size} of ${parameters.length} parameters are read off the code as well, ${rest}`;
}

function disagreementLines(readings: ReadonlyMap<string, StaticReading>): readonly string[] {
  const lines = [...readings].flatMap(([name, { disagreements }]) =>
    disagreements.map(({ quantity, read, built }) => {
      const say = (value: string | number): string =>
        quantity === 'role' ? String(value) : exponentIn(quantity, value as InitExponent);
      return { name, text: `${quantity} is read as ${say(read)}, and is ${say(built)} as built` };
    }),
  );
  return gatheredLines(lines);
}

function exponentIn(quantity: 'init std' | 'learning rate', exponent: InitExponent): string {
  return quantity === 'learning rate' && exponent !== 'zero' ? rateText(exponent) : powerText(exponent);
}

function unknownLines({ parameters, isOptimized }: BuiltModel): readonly string[] {
  return gatheredLines(
    parameters.flatMap(({ name, b, c, decay, update, isTrained, role, groups }) => {
      if (role === 'finite') return [];
      const rates =
        !isOptimized || !isTrained || groups.length !== 1
          ? []
          : ([
              ['rate', c],
              ['decay', decay],
              ['update', update],
            ] as const);
      return [['init std', b] as const, ...rates].flatMap(([quantity, { why }]) =>
        why === null ? [] : [{ name, text: `${quantity}: ${why}` }],
      );
    }),
  );
}

/** What is said alike of several parameters, once, with all their names. */
function gatheredLines(
  lines: readonly { readonly name: string; readonly text: string }[],
): readonly string[] {
  const gathered = new Map<string, string[]>();
  for (const { name, text } of lines) gathered.set(text, [...(gathered.get(text) ?? []), name]);
  return [...gathered].map(([text, names]) => `${namesText(names)}: ${text}`);
}

function tableOf(
  head: readonly string[],
  rows: readonly NamedCells[],
  place: { readonly terminal: Terminal; readonly edge: number },
): readonly string[] {
  const body = rowsAlike(rows, starred).map(({ name, cells }) => [cutText(name, LONGEST_NAME), ...cells]);
  return linesOf([head, ...body], place);
}

/** A table where it fits, else each row as its cells behind their heads. */
function linesOf(
  table: readonly (readonly string[])[],
  { terminal, edge }: { readonly terminal: Terminal; readonly edge: number },
): readonly string[] {
  const cells = table.map((row) => row.map(terminal.plain));
  const [head = [], ...body] = cells;
  const widths = head.map((_, column) => Math.max(...cells.map((row) => columnsOf(row[column] ?? ''))));
  const lines = cells.map((row) =>
    `  ${row.map((cell, column) => padToColumns(cell, widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  if (lines.every((line) => columnsOf(line) <= edge)) return lines;
  return body.map((row) => {
    const rest = row.slice(1).map((cell, column) => `${head[column + 1]} ${cell}`);
    return [`  ${row[0]}`, wrapText(rest.join(' · '), edge, 6)].join('\n');
  });
}
