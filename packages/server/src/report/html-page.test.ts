import { beforeAll, expect, test } from 'vitest';
import { renderHtml } from './html-page.ts';
import { renderMarkdown } from './markdown.ts';
import { htmlPage, paragraph } from './page.ts';
import { PAGE_STYLE } from './page-style.ts';
import type { ReportContext } from './report-context.ts';
import { smallComparison } from './small-comparison.fixture.ts';

let small: Awaited<ReturnType<typeof smallComparison>>;
beforeAll(async () => {
  small = await smallComparison();
});

function html(context: Partial<ReportContext> = {}): string {
  return renderHtml(small.report, { ...small.context, ...context });
}

test('every tag that opens closes', () => {
  const open: string[] = [];
  const voids = new Set(['meta', '!doctype', 'path', 'circle', 'rect', 'stop']);
  for (const [, slash, name] of html().matchAll(/<(\/?)([a-z!][a-zA-Z0-9]*)\b[^>]*>/g)) {
    if (voids.has(name!)) continue;
    if (slash === '') open.push(name!);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
});

test("names and files are other people's: none becomes markup", () => {
  const evil = '</script><img src=x onerror=alert(1)>"&\'';
  const labels = { ...small.context.labels, mup: evil };
  const page = html({ labels, dataTitle: evil, command: evil, machine: evil });
  expect(page).not.toContain('<img');
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  expect(renderMarkdown(small.report, { ...small.context, dataTitle: evil })).not.toMatch(/(^|[^\\])</m);
});

test('there is a figure for each quantity of each judged layer, and of loss and movement at each width', () => {
  const ids = [...html().matchAll(/<figure id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual([
    ...['movement-layer-2', 'movement-layer-3', 'lambdaMin-layer-2', 'lambdaMin-layer-3'],
    ...['lambdaMinJoint-layer-2', 'lambdaMinJoint-layer-3'],
    ...['loss-width-16', 'loss-width-32', 'loss-width-64'],
    ...['movement-width-16', 'movement-width-32', 'movement-width-64'],
    ...['loss-infinite', 'lambda-min-infinite'],
    ...['spectrum-0', 'spectrum-1', 'spectrum-2', 'spectrum-3', 'spectrum-4'],
  ]);
});

test('labels at the ends of curves do not overlap, and stay in the figure', () => {
  for (const [svg] of html().matchAll(/<svg.*?<\/svg>/gs)) {
    const labels = [...svg.matchAll(/class="label" x="([\d.]+)" y="([\d.]+)" dy="[^"]+">([^<]*)/g)];
    const heights = labels.map(([, , y]) => Number(y)).sort((left, right) => left - right);
    for (let i = 1; i < heights.length; i++) expect(heights[i]! - heights[i - 1]!).toBeGreaterThanOrEqual(13);
    // 7.3 units a character is what DejaVu Sans, a wide one among system fonts, takes at 13 units.
    for (const [, x, , text] of labels) expect(Number(x) + 7.3 * text!.length).toBeLessThanOrEqual(456);
  }
});

test('points stand where their values say, and the pointer finds these', () => {
  const [svg] = /<figure id="movement-layer-2".*?<\/svg>/s.exec(html())!;
  const points = small.context.request.widths.map((width) => {
    const rows = small.report.rows.filter((row) => row.parametrization === 'mup' && row.width === width);
    const logs = rows.map((row) => Math.log(row.layers[1]!.movement!));
    const log = logs.reduce((sum, each) => sum + each, 0) / logs.length;
    const marker = new RegExp(`cy="([\\d.]+)" r="9"[^>]*><title>μP[^<]*, width ${width}: ([\\d.]+)`).exec(
      svg,
    )!;
    expect(Number(marker[2])).toBeCloseTo(Math.exp(log), 2);
    return { log, cy: Number(marker[1]) };
  });
  const decades = [...svg.matchAll(/y="([\d.]+)" dy=".32em" text-anchor="end">([\d.]+)</g)];
  const [first, last] = [decades[0]!, decades.at(-1)!].map(([, y, text]) => ({
    y: Number(y),
    log: Math.log(Number(text)),
  }));
  const pixelsPerLog = (last!.y - first!.y) / (last!.log - first!.log);
  // Pixels are written to a tenth.
  const expected = points.map(({ log }) => first!.y + pixelsPerLog * (log - first!.log));
  expect(points.map(({ cy }) => cy)).toBeCloseToAll(expected, { atol: 0.2, rtol: 0 });
});

test('the page says which hypotheses of the theorem hold', async () => {
  expect(html()).toContain('holds: tanh is in the class GOOD');
  const { report, context } = await smallComparison({ activation: 'relu', parametrizations: ['mup'] });
  expect(renderHtml(report, context)).toContain('does not hold: relu is not in the class GOOD');
});

test('tables and figures show one mean over seeds, and the page says which', () => {
  const page = html();
  expect(page).toContain('the geometric mean over seeds');
  const [, loss] = /<th scope="row">μP<\/th>.*<td>[^<]* → ([^<]*)<\/td><\/tr>/.exec(page)!;
  const figure = page.slice(page.indexOf('<figure id="loss-width-64">'));
  expect(figure).toMatch(new RegExp(`<title>μP, step 4: ${loss}, `));
});

test('Markdown has one row a parametrization and as many cells in each', () => {
  const rows = renderMarkdown(small.report, small.context)
    .split('## As n → ∞')[0]!
    .split('\n')
    .filter((line) => line.startsWith('|'));
  expect(rows).toHaveLength(2 + 5);
  expect(new Set(rows.map((row) => row.replaceAll(String.raw`\|`, '').split('|').length)).size).toBe(1);
});

test('an interrupted comparison shows what it has and says what is missing', () => {
  const rows = small.report.rows.filter(
    ({ parametrization, width }) => parametrization !== 'mup' && width < 64,
  );
  const page = renderHtml({ ...small.report, complete: false, verdicts: null, rows }, small.context);
  expect(page).toContain('μP: no run finished.');
  expect(page).toContain('<figure id="loss-width-64">');
});

test('code among words stands as code, and what is in it stays text', () => {
  expect(paragraph('a factor `(64 / <n>)` of it')).toBe(
    '<p class="soft">a factor <code>(64 / &lt;n&gt;)</code> of it</p>',
  );
});

test('on paper nothing scrolls, so cells and the command break into lines', () => {
  const print = PAGE_STYLE.slice(PAGE_STYLE.indexOf('@media print'));
  expect(print).toMatch(/th, td \{[^}]*white-space: normal/);
  expect(print).toMatch(/\.command code \{[^}]*white-space: pre-wrap/);
});

test('what stands between backticks is code in the verdict, too, and nothing of it is markup', () => {
  const verdict = '`attention logits` of `` a`<b> `` grow.';
  expect(htmlPage({ title: '', verdict, body: [] }, small.context)).toContain(
    '<p class="verdict"><code>attention logits</code> of <code>a`&lt;b&gt;</code> grow.</p>',
  );
});
