import { comparisonSetting, comparisonTable } from '@widthwise/figures';
import { beforeAll, expect, test } from 'vitest';
import { smallComparison } from '../../report/small-comparison.fixture.ts';
import { type Terminal, toAscii } from '../terminal/terminal.ts';
import { terminalHeader } from './terminal-header.ts';
import { terminalReport } from './terminal-report.ts';
import { terminalTable } from './terminal-table.ts';

let small: Awaited<ReturnType<typeof smallComparison>>;
beforeAll(async () => {
  small = await smallComparison({ steps: 10, learningRate: 4 });
});

function terminal(columns: number | null, plain = (text: string): string => text): Terminal {
  return { columns, plain, toned: (_, text) => text };
}

function header(): Parameters<typeof terminalHeader>[0] {
  const { dataTitle, dataReading, request } = small.context;
  return { subject: dataTitle, training: '10 steps, η = 4', dataReading, twin: null, foreseen: [], request };
}

function lines(columns: number | null, plain?: (text: string) => string): string[] {
  return terminalTable(
    comparisonTable(small.report, comparisonSetting(small.context)),
    terminal(columns, plain),
  );
}

test.each([60, 80, 100, 120, 160])('at %d columns no line is longer', (columns) => {
  // The verdicts and one slope of each kind stay, and take 78.
  const longest = Math.max(...lines(columns).map((line) => line.length));
  expect(longest).toBeLessThanOrEqual(Math.max(columns, 78));
});

test('at 80 columns verdicts and the deepest layer stay, in a pipe all columns do', () => {
  expect(lines(80)[1]?.trim().split(/ {2,}/)).toEqual(['layer 3', 'layer 3']);
  expect(lines(null)[1]).toMatch(/layer 2 .*layer 3 .*layer 2 .*loss at 64$/);
});

test('columns stand below one another', () => {
  const [, ...table] = lines(null);
  const marks = table.filter((line) => / [✓✗?] (moves|frozen|undecided|diverges) /.test(line));
  expect(marks.length).toBeGreaterThan(1);
  expect(new Set(marks.map((line) => line.search(/ [✓✗?] /))).size).toBe(1);
});

test('a parametrization that diverges everywhere says so instead of numbers', () => {
  const line = lines(null).find((candidate) => candidate.startsWith('SP, constant η'));
  expect(line).toMatch(/^SP, constant η +✗ diverges at steps? \d.* at every width$/);
});

test('ASCII columns are aligned by what is printed', () => {
  const table = lines(null, toAscii);
  const starts = table
    .filter((line) => /^(SP, eta\/n|NTP|IP|muP)/.test(line))
    .map((line) => line.search(/ [+x?] /));
  expect(new Set(starts).size).toBe(1);
});

test('the header says what is compared', () => {
  expect(terminalHeader(header(), 'work', terminal(null))).toBe(
    'digits, 64 samples · tanh, 3 hidden layers · 10 steps, η = 4 · widths 16 32 64 · 3 seeds\nwork\n',
  );
  const foreseen = ['richness will not be measured: it takes 3 seeds'];
  expect(terminalHeader({ ...header(), foreseen }, 'work', terminal(null))).toMatch(
    /\nrichness will not be measured: it takes 3 seeds\nwork\n$/,
  );
});

test('nothing around the table is longer than the terminal is wide, nor breaks inside a percentage', () => {
  const outcome = { results: new Map(), failures: [], complete: true, computed: 45, stored: 0, unkept: 0 };
  const report = terminalReport(small.report, {
    context: small.context,
    ran: { outcome, seconds: 3, written: [], isCut: false },
    terminal: terminal(80),
    again: () => 'widthwise compare',
  });
  const text = terminalHeader(header(), 'work', terminal(80)) + report;
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).not.toMatch(/95\s*\n/);
});

test('an interrupted comparison shows slopes, no verdict, and how to go on', () => {
  const report = { ...small.report, complete: false, verdicts: null };
  const outcome = { results: new Map(), failures: [], complete: false, computed: 7, stored: 2, unkept: 0 };
  const text = terminalReport(report, {
    context: small.context,
    ran: { outcome, seconds: 3, written: [], isCut: false },
    terminal: terminal(null),
    again: () => 'widthwise compare',
  });
  expect(text).toContain(
    '7 runs computed in 3 s, 2 runs from the store; the same command again computes the rest',
  );
  expect(text).not.toMatch(/[✓✗]/);
});

test('the next command keeps what was asked for, and changes the data', () => {
  const outcome = { results: new Map(), failures: [], complete: true, computed: 45, stored: 0, unkept: 0 };
  const text = terminalReport(small.report, {
    context: small.context,
    ran: { outcome, seconds: 3, written: [], isCut: false },
    terminal: terminal(null),
    again: (changes) => `widthwise compare --seeds 3 ${JSON.stringify(changes)}`,
  });
  expect(text).toContain('again with your data  widthwise compare --seeds 3 {"data":"csv:FILE"}');
});
