import { fileURLToPath } from 'node:url';
import { PARAMETRIZATIONS, type ParametrizationId } from '@widthwise/core';
import { slopeText, svgChart, svgFile, valueText } from '@widthwise/figures';
import { reproductionFigure } from './figures.ts';
import { DEPTH, PAPERS, type Reproduction } from './measured.ts';
import { type Line, lineOf, type Quantity } from './summary.ts';
import { foretold } from './theory.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../docs/${path}`, import.meta.url));

export const FOLDER: string = at('reproduction/');
export const MEASURED: string = at('reproduction/measured.json');
const PAGE = at('reproduction.md');

/** The layer of the figures: "Layer 1" counted from 0, since the first of all starts alike under IP and μP. */
const SHOWN = 2;

const WHAT: Readonly<Record<Quantity, { readonly title: string; readonly formula: string }>> = {
  change: { title: 'feature change', formula: 'mean over images of ‖h − h₀‖ / ‖h₀‖' },
  lambdaMin: { title: 'feature diversity, as the paper has it', formula: 'λ_min of ⟨h(x_i), h(x_j)⟩' },
  lambdaMinJoint: {
    title: 'joint diversity, as the paper has it',
    formula: 'λ_min of the Gram of h₀ and h together',
  },
  richness: { title: 'feature diversity, as Widthwise has it', formula: 'λ_min of xᵀx/n' },
  richnessJoint: {
    title: 'joint diversity, as Widthwise has it',
    formula: 'λ_min of xᵀx/n of x₀ and x together',
  },
};
const QUANTITIES = Object.keys(WHAT) as readonly Quantity[];

/** What the command writes: the page, and a figure a quantity, by path. */
export function documentsOf(found: Reproduction): readonly (readonly [path: string, text: string])[] {
  const figures = QUANTITIES.map((quantity) => {
    const lines = PAPERS.map((id) => lineOf(found, id, { quantity, layer: SHOWN }));
    const named = { id: quantity, ...WHAT[quantity], title: `${WHAT[quantity].title}, layer ${SHOWN}` };
    return [
      at(`reproduction/${quantity}.svg`),
      svgFile(svgChart(reproductionFigure(lines, found.widths, named))),
    ] as const;
  });
  return [[PAGE, pageOf(found)], ...figures];
}

function pageOf(found: Reproduction): string {
  const { images, dataHash, steps, learningRate, activation, engine, widths, seeds } = found;
  return `# The paper's experiment, run again

Written by \`npm run reproduce -- FILE\`, FILE being images of CIFAR-10 in the binary layout of its authors, from [measured.json](reproduction/measured.json), what each run measured; a test holds every number here to it.

**What was run.** ${DEPTH} hidden layers without biases, ${activation}, the poster's table of parametrizations (base width 1) at η = ${learningRate}; ${images} images, classes in turn, pixels standardized over the file and divided by √d; half-square loss, averaged, on one-hot targets − 1/10; ${steps} steps of gradient descent on all images; widths ${widths.join(', ')}; ${seeds} seeds; engine ${engine}. Data SHA-256 \`${dataHash.slice(0, 16)}…\`.

**What the paper does not state** where it could be read: widths, activation, η, steps, batch size, loss, number of images, seeds, and any number. So only the direction of its curves can be compared. Its figures show "Layer 1"; under IP the first of all layers starts as under μP and cannot collapse, so the figures here show layer ${SHOWN}, "Layer 1" counted from 0; the tables have all.

## The poster's table, measured

| | feature change as n grows | poster | λ_min as n grows | poster | loss at ${widths.at(-1)} |
|---|---|---|---|---|---|
${PAPERS.map((id) => posterRow(found, id)).join('\n')}

Words are those of layers 2 and 3 together, by the rule of \`compare\` on slopes over these widths: *keeps* where the interval lies within ±¼ of 0 (λ_min/n may rise: with few units for so many images it is biased down, and less so at larger widths), *falls* or *grows* beyond, *undecided* where layers or intervals leave it open.

${QUANTITIES.map((quantity) => section(found, quantity)).join('\n\n')}

## How it compares

${comparison(found)}
`;
}

const POSTER: Readonly<Partial<Record<ParametrizationId, readonly [string, string]>>> = {
  sp: ['✗', 'rich'],
  ntp: ['✗', 'rich'],
  ip: ['✓', 'low'],
  mup: ['✓', 'rich'],
};

function posterRow(found: Reproduction, id: ParametrizationId): string {
  const words = (quantity: Quantity) => {
    const classes = [2, 3].map((layer) => lineOf(found, id, { quantity, layer }).class);
    const [first] = classes;
    const alike = classes.every((one) => one === first);
    return alike ? (first === 'constant' ? 'keeps' : first) : 'undecided';
  };
  const losses = found.runs
    .filter((run) => run.parametrization === id && run.width === found.widths.at(-1))
    .map(({ loss }) => loss);
  const mean = (end: 0 | 1) => losses.reduce((sum, loss) => sum + loss[end], 0) / losses.length;
  const [moves, rich] = POSTER[id] ?? ['', ''];
  const cells = [
    words('change'),
    moves,
    words('richness'),
    rich,
    `${valueText(mean(0))} → ${valueText(mean(1))}`,
  ];
  return `| ${PARAMETRIZATIONS[id].label} | ${cells.join(' | ')} |`;
}

function section(found: Reproduction, quantity: Quantity): string {
  const { title, formula } = WHAT[quantity];
  const rows = PAPERS.flatMap((id) =>
    Array.from({ length: DEPTH }, (_, index) => {
      const line = lineOf(found, id, { quantity, layer: index + 1 });
      return `| ${PARAMETRIZATIONS[id].label} | ${index + 1} | ${valuesOf(line)} | ${slopeText(line.slope)} | ${theoryText(foretold(id, quantity, index + 1))} |`;
    }),
  );
  return `## ${title[0]!.toUpperCase()}${title.slice(1)}

${formula}; geometric means over seeds.

![${title} against width, layer ${SHOWN}](reproduction/${quantity}.svg)

| | layer | ${found.widths.map((width) => `n = ${width}`).join(' | ')} | slope | theory |
|---|---|${found.widths.map(() => '---').join('|')}|---|---|
${rows.join('\n')}`;
}

function valuesOf({ points }: Line): string {
  return points.map(({ value }) => valueText(value)).join(' | ');
}

function theoryText(slope: number | null): string {
  if (slope === null) return '–';
  return slope === 0 ? '0' : `${slope < 0 ? '−' : '+'}${Math.abs(slope)}`;
}

/** What the paper says of each curve, beside the slopes of the layer that is shown. */
function comparison(found: Reproduction): string {
  const slope = (id: ParametrizationId, quantity: Quantity) =>
    slopeText(lineOf(found, id, { quantity, layer: SHOWN }).slope);
  return [
    `* **Feature change.** The paper: falls to 0 under SP and NTP, is large under IP, keeps its size under μP. Here, slopes of layer ${SHOWN}: SP ${slope('sp', 'change')}, NTP ${slope('ntp', 'change')}, IP ${slope('ip', 'change')}, μP ${slope('mup', 'change')}.`,
    `* **Feature diversity.** The paper: rich but under IP. Here, divided by n: SP ${slope('sp', 'richness')}, NTP ${slope('ntp', 'richness')}, IP ${slope('ip', 'richness')}, μP ${slope('mup', 'richness')}. Of a Gram that is not divided, healthy features have slope 1.`,
    `* **Joint diversity.** The paper: falls with n under all but μP. Here, of the Gram that is not divided: SP ${slope('sp', 'lambdaMinJoint')}, NTP ${slope('ntp', 'lambdaMinJoint')}, IP ${slope('ip', 'lambdaMinJoint')}, μP ${slope('mup', 'lambdaMinJoint')}; divided by n: SP ${slope('sp', 'richnessJoint')}, NTP ${slope('ntp', 'richnessJoint')}, IP ${slope('ip', 'richnessJoint')}, μP ${slope('mup', 'richnessJoint')}. Theory: what training adds under SP and NTP has size n^−½ beside features of size 1, so that n·λ_min neither falls nor grows in the end, and λ_min/n falls like 1/n. (Those of SP's first layer lie below 4·n·ε·λ_max, the floor that \`compare\` prints, which is a bound on the error and many times its size.) At widths that are no large multiple of the ${2 * found.images} columns both are biased down, and less so at larger widths, which adds a rise. That SP's and NTP's curves fall in the paper's own normalization is not seen here.`,
  ].join('\n');
}
