/** The colors of a report page on paper, which {@link FIGURE_STYLE} names. */
export const PAPER_COLORS: Readonly<Record<string, string>> = {
  paper: '#fff',
  ink: '#1b1f24',
  soft: '#59636e',
  line: '#d1d9e0',
  faint: '#edf0f3',
};

/** The look of a figure, which goes with it when it is saved on its own; its colors are the page's. */
export const FIGURE_STYLE: string = `
svg { font: 13px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
svg text { fill: var(--ink); } svg .tick, svg .axis-title { fill: var(--soft); font-size: 12px; }
svg .title { font-size: 15px; font-weight: 600; }
svg .axis { stroke: var(--soft); fill: none; } svg .grid { stroke: var(--line); } svg .minor { stroke: var(--faint); }
svg .reference { stroke: var(--ink); stroke-width: 1.25; stroke-dasharray: 5 4; }
svg .leader { fill: none; } svg path.leader:not([stroke]) { stroke: var(--ink); }
svg .marker:hover circle:first-child { r: 5px; }
`;
