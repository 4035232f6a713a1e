import { FAILING_SLOPE, nameText, PASSING_SLOPE, type Slope } from '@widthwise/core';
import { checkCell, counted, judgedSlopeText, slopeText, type VerdictCell } from '@widthwise/figures';
import type { BuiltLayerCheck } from '../../built/coordinates/layer-checks.ts';
import { layerOfWeight } from '../../built/layer-weight.ts';
import { starred } from '../../built/starred.ts';
import type { BuiltCheckReport, SuspectInCode } from './built-check-report.ts';
import { axisOf, reasonText } from './check-reasons.ts';
import { namesText } from './names-text.ts';

/** Beside every table of a check. */
export function howToReadBuilt({ request }: BuiltCheckReport): string {
  return request.at === null ? OF_WIDTHS : OF_DEPTHS;
}

const OF_DEPTHS: string = `Slopes against depth of mean |y|, y what the last block of each network hands on (\`last\`) or what is made before and behind them, and of mean |y − y₀|, y₀ the same at step 0, with 95\u00a0% intervals over depths and seeds: within ±${PASSING_SLOPE} passes, beyond ±${FAILING_SLOPE} fails; where a slope levels off, the upper half of the depths is judged (→).`;

const OF_WIDTHS: string = `Slopes against width of mean |y|, y what a module makes, and of mean |y − y₀|, y₀ the same at step 0, with 95\u00a0% intervals over widths and seeds: within ±${PASSING_SLOPE} passes, beyond ±${FAILING_SLOPE} fails; where a slope levels off, the upper half of the widths is judged (→). What the model returns may start small; logits of attention, routers and gates may not grow. Size and update are those of the step that stands beside them, the one at which a place is worst; figures show the last. ‖ΔW‖₂: slope of the change of the weight up to the last step, as it is used, what multiplies its layer's result included, times √(fan-in/fan-out). In brackets: the slope that the calculus foretells by the exponents of the code, at initialization and of the last update. One line stands for modules alike, with the worst of them.`;

/** The verdict first: `GPT fails: …`. */
export function builtCheckSentence({ request, model, check }: BuiltCheckReport): string {
  const { verdict, widths, seeds, steps, layers, reasons } = check;
  // Places alike are one row of the table, and counted as one.
  const all = new Set(layers.map(alikeKey)).size;
  const off = new Set(layers.filter(({ verdict: own }) => own === verdict).map(alikeKey)).size;
  const axis = axisOf(request);
  const at = [
    `${axis.many} ${widths.join(', ')}`,
    ...(request.at === null ? [] : [`width ${request.at}`]),
    counted(seeds, 'seed'),
    counted(steps, 'step'),
  ].join('; ');
  const name = nameText(model);
  const because =
    reasons.length === 0
      ? ''
      : `. ${reasons.map((reason) => asSentence(reasonText(reason, axis))).join('. ')}`;
  switch (verdict) {
    case 'pass':
      return `${name} passes: all ${all} places keep their size as ${axis.one} grows, and move (${at})`;
    case 'warn':
      return `${name} is close: a size or an update of ${off} of ${all} places depends on the ${axis.one} a little (${at})${because}`;
    case 'fail':
      if (reasons.some(({ kind }) => kind === 'unstable')) return `${name} is unstable (${at})${because}`;
      // What diverges has no slope: whatever else is off is not known.
      if (layers.every(({ size }) => size.value === null)) return `${name} fails (${at})${because}`;
      return `${name} fails: a size or an update of ${off} of ${all} places depends on the ${axis.one} (${at})${because}`;
    case 'undecided':
      return `${name} is undecided (${at})${because}`;
  }
}

function asSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`;
}

const CAUSES: Readonly<
  Record<SuspectInCode['cause'], readonly [one: string, several: string, how: readonly [string, string]]>
> = {
  start: ['starts', 'start', ['too large', 'too small']],
  rate: ['moves', 'move', ['too far', 'too little']],
  scale: ['are scaled', 'are scaled', ['too large', 'too small']],
};

/** `` `head.weight` starts too large for wide networks (what it makes of its input goes like n^+0.50 ± 0.03): … ``. */
export function builtSuspectSentence(suspect: SuspectInCode): string {
  const { cause, parameters, layers, gain, stands, problems } = suspect;
  const [one, several, how] = CAUSES[cause];
  const named = parameters.length > 0 ? parameters : layers;
  const does = `${namesText(named)} ${named.length === 1 ? one : several} ${how[(gain.value ?? 0) > 0 ? 0 : 1]} for wide networks`;
  const measured = `${MEASURES[cause]}, slope ${slopeText(gain)}`;
  return [`${does} (${measured})${stands === null ? '' : `; ${stands}`}`, ...problems].join('; ');
}

/** What was measured where theory has something else, a sentence for places alike. */
export function unforetoldSentences({ unforetold }: BuiltCheckReport): readonly string[] {
  const alike = Map.groupBy(unforetold, ({ layer, what, foretold }) =>
    [starred(layer), what, foretold].join(' '),
  );
  return [...alike.values()].map((all) => {
    const [{ what, foretold, slope }] = all as [(typeof all)[number]];
    const of = what === 'start' ? 'size at start' : 'update';
    return `the calculus foretells slope ${foretold} for the ${of} of ${namesText(all.map(({ layer }) => layer))}, by the exponents of the code, and ${slopeText(slope)} is measured: the code does something that is not read off it, or these widths do not show what becomes of wide networks`;
  });
}

const MEASURES: Readonly<Record<SuspectInCode['cause'], string>> = {
  start: '|W y| by |y|',
  rate: '|ΔW x| by |x|',
  scale: '|logits| by |q||k|, or their changes',
};

/** `model.py:163`. */
export function placeInCode({ line }: SuspectInCode): string {
  return line === null ? '' : `${line.file}:${line.line}`;
}

/** One place, or places alike, in cells. */
export interface BuiltCheckRow {
  /** The path of the place whose numbers stand for all. */
  readonly path: string;
  readonly layer: string;
  readonly kind: string;
  /** At which it is worst, and of which size and update are. */
  readonly step: string;
  readonly start: string;
  readonly size: string;
  readonly update: string;
  readonly weight: string;
  readonly verdict: VerdictCell;
}

const BADNESS = ['pass', 'warn', 'undecided', 'fail'] as const;

/** A row a place, places alike in one: the worst of them, at the worst of its steps. */
export function builtCheckRows({ check, foretold }: BuiltCheckReport): readonly BuiltCheckRow[] {
  const alike = Map.groupBy(check.layers, alikeKey);
  return [...alike.values()].map((checks) => {
    const worst = checks.reduce((one, other) => (isWorse(other, one) ? other : one));
    const { layer, kind } = worst;
    const own = checks.filter((one) => one.layer === layer);
    const [start, last] = [own[0]!, own.at(-1)!];
    const shown = worst.step === 0 ? last : worst;
    const theory = foretold.find((one) => one.layer === layer);
    const matrix = check.weights.find(({ parameter }) => layerOfWeight(parameter) === layer);
    return {
      path: layer,
      layer: layer === '' ? '(output)' : starred(layer),
      kind,
      step: shown.step === 0 ? '–' : String(shown.step),
      start: judgedText(start, 'size', theory?.start),
      size: shown.step === 0 ? '–' : judgedText(shown, 'size'),
      update:
        shown.update === null
          ? '–'
          : judgedText(shown, 'update', shown.step === check.steps ? theory?.update : null),
      weight: matrix?.spectralUpdate == null ? '–' : slopeText(matrix.spectralUpdate),
      verdict: checkCell(worst.verdict),
    };
  });
}

/** What places that a loop makes alike have in common. */
function alikeKey({ layer, kind }: BuiltLayerCheck): string {
  return `${starred(layer)}\n${kind}`;
}

function isWorse(one: BuiltLayerCheck, other: BuiltLayerCheck): boolean {
  const by = BADNESS.indexOf(one.verdict) - BADNESS.indexOf(other.verdict);
  return by === 0 ? furthest(one) > furthest(other) : by > 0;
}

/** How far what is judged is from 0. */
function furthest({ size, update, upper }: BuiltLayerCheck): number {
  const of = (slope: Slope | null): number => Math.abs(slope?.value ?? 0);
  return Math.max(of(upper.size ?? size), of(upper.update ?? update));
}

function judgedText(
  check: BuiltLayerCheck,
  what: 'size' | 'update',
  predicted: number | null = null,
): string {
  const [whole, upper] = [check[what], check.upper[what]];
  if (whole === null) return '–';
  const judged = judgedSlopeText({ ...(upper ?? whole), predicted, agreement: null });
  return upper === null ? judged : `${slopeText(whole)} → ${judged}`;
}
