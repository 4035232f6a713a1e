import { PAPER_COLORS } from '@widthwise/figures';

const PAPER = Object.entries(PAPER_COLORS)
  .map(([name, color]) => `--${name}: ${color};`)
  .join(' ');

/** The look of a report page: system fonts, light and dark, a phone's width and A4. */
export const PAGE_STYLE: string = `
:root { color-scheme: light dark; ${PAPER}
  --good: #dafbe1; --bad: #ffe2e0; --open: #fff3c4; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171c; --ink: #e6e9ed; --soft: #9aa5b1; --line: #3a424c;
  --faint: #22272e; --good: #123d22; --bad: #4d1f1f; --open: #45380d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 1440px; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
p, dd, li { max-width: 75ch; }
h1, h2, .verdict, .soft { overflow-wrap: anywhere; }
.verdict { font-size: 1.25rem; line-height: 1.4; margin: 0 0 .5rem; }
.soft { color: var(--soft); margin: .25rem 0; }
.command { display: flex; gap: .5rem; align-items: stretch; margin: 1rem 0; max-width: 75ch; }
.command code { flex: 1; overflow-x: auto; white-space: pre; background: var(--faint); border-radius: 6px;
  padding: .5rem .75rem; font: .875rem/1.5 ui-monospace, monospace; }
button { font: inherit; font-size: .8125rem; color: inherit; background: none; border: 1px solid var(--line);
  border-radius: 6px; padding: .2rem .6rem; cursor: pointer; }
button:hover { background: var(--faint); }
:focus-visible { outline: 2px solid #56b4e9; outline-offset: 2px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; }
th, td { padding: .35rem .5rem; text-align: right; white-space: nowrap; vertical-align: baseline; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--soft); vertical-align: bottom; }
thead tr:not(:last-child) th { text-align: left; border-bottom: 0; }
tbody th, td.verdict-cell, td.statement, td.text { text-align: left; color: var(--ink); }
tbody th { vertical-align: baseline; }
th.words { text-align: left; }
td.text { white-space: normal; min-width: 22ch; max-width: 75ch; } td.worst { outline: 2px solid var(--ink); outline-offset: -2px; }
.yes { background: var(--good); } .no { background: var(--bad); } .open { background: var(--open); }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr)); gap: 1.5rem;
  margin-bottom: 1.75rem; }
figure { margin: 0; min-width: 0; max-width: 34rem; }
figure svg { display: block; width: 100%; height: auto; }
.under { display: flex; align-items: start; gap: 1rem; } .under details { flex: 1; min-width: 0; }
figure p { font-size: .8125rem; margin: .125rem 0; }
details { font-size: .8125rem; } details table { font-size: inherit; }
summary { cursor: pointer; color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .4rem 1.25rem; margin: 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 1120px) { table { font-size: .8125rem; } th, td { padding: .35rem; } td.verdict-cell { white-space: normal; min-width: 11ch; } }
@media (max-width: 640px) { th, td { padding: .3rem .35rem; } thead th { white-space: normal; min-width: 8ch; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .75rem; }
  tbody th { position: sticky; left: 0; background: var(--paper); } }
@media print { @page { size: A4; margin: 14mm; } main { padding: 0; } button, details { display: none; }
  h2 { break-after: avoid; }
  body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; } table { font-size: 8pt; } th, td { padding: .2rem .4rem; white-space: normal; }
  .wide { overflow: visible; } .command code { white-space: pre-wrap; overflow-wrap: anywhere; }
  .figures { grid-template-columns: 1fr 1fr; } figure, tr, dd { break-inside: avoid; } }
`;
