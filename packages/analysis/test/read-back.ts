import {
  classify,
  classifyGraph,
  type Exponent,
  type InitExponent,
  type WeightJudgement,
} from '@widthwise/core';
import type { Analysis } from '../src/analysis.ts';
import type { ModelOutline } from '../src/model-outline.ts';
import type { RandomMlp } from './random-mlp.ts';
import type { RandomTransformer } from './random-transformer/random-transformer.ts';

/** The analysis of a text, under the profile `mup`. */
type Analyse = (source: string) => Pick<Analysis, 'findings' | 'models'>;

/** Something that a random model was written from, beside what is read of its code. */
export interface ReadBack {
  /** `fc1 c`, `verdict`. */
  readonly what: string;
  readonly written: string | number | null;
  /** Null where nothing is said. */
  readonly read: string | number | null;
}

/** What is read otherwise than it was written. */
export function differing(all: readonly ReadBack[]): readonly ReadBack[] {
  return all.filter(({ written, read }) => written !== read);
}

/** Each row's role, exponents and optimizer, the verdict, and where MUP101 speaks. */
export function mlpReadBack(
  { source, weights, optimizer, phi0 }: RandomMlp,
  analyse: Analyse,
): readonly ReadBack[] {
  const { findings, models } = analyse(source);
  const rows = models.flatMap((model) => model.weights.filter(({ shape }) => shape.includes('×')));
  const last = weights.length - 1;
  const roleOf = (index: number) => (index === 0 ? 'input' : index === last ? 'output' : 'hidden');
  const B = weights.map(({ a, b }): InitExponent => (b === 'zero' ? b : a + b));
  const C = weights.map(({ a, c }) => (optimizer === 'sgd' ? 2 * a : a) + c);
  // Where two weights start at 0, no gradient is other than 0, whatever the rate.
  const still = B.filter((b) => b === 'zero').length > 1 && !phi0;
  const { regime } = classify({ B, C, optimizer, phi0 });
  const sizes = initialSizes(B, { phi0, saturates: !/relu|gelu/i.test(source) });
  const stays = sizes.some(({ preactivation }) => preactivation < 0) ? 'unstable' : 'trivial';
  const tooLarge = weights.filter((_, index) => roleOf(index) === 'hidden' && sizes[index]?.grows);
  const blamed = findings.filter(({ code }) => code === 'MUP101').flatMap((finding) => finding.weights);
  return [
    ...weights.flatMap(({ name, a, b, c }, index): readonly ReadBack[] => {
      const row = rows.find((one) => one.name === `${name}.weight`);
      const said = (what: 'role' | 'a' | 'b' | 'c' | 'optimizer', written: ReadBack['written']) => ({
        what: `${name} ${what}`,
        written,
        read: row?.[what] ?? null,
      });
      return [
        said('role', roleOf(index)),
        said('a', a),
        said('b', b),
        said('c', c),
        said('optimizer', optimizer),
      ];
    }),
    { what: 'rows', written: weights.length, read: rows.length },
    { what: 'verdict', written: still ? stays : regime, read: models[0]?.verdict?.regime ?? null },
    {
      what: 'MUP101',
      written: tooLarge
        .map(({ name }) => `${name}.weight`)
        .sort()
        .join(),
      read: [...new Set(blamed)].sort().join(),
    },
  ];
}

/** How large preactivations are at initialization, and whether a layer alone makes them grow: Wˡx = Θ(n^(½ − B − max(0, e))) for x = Θ(n^−e). */
function initialSizes(
  B: readonly InitExponent[],
  { phi0, saturates }: { readonly phi0: boolean; readonly saturates: boolean },
): readonly { readonly preactivation: number; readonly grows: boolean }[] {
  let x = 0;
  return B.map((b, index) => {
    const gain = index === 0 ? 0 : 1 / 2;
    const grows = b !== 'zero' && b + Math.max(0, x) < gain;
    const preactivation = b === 'zero' ? Number.POSITIVE_INFINITY : b + x - gain;
    x = preactivation > 0 ? (phi0 ? 0 : preactivation) : saturates ? 0 : preactivation;
    return { preactivation, grows };
  });
}

/** What each row does at the start and in training, the verdict, and whether a row stands for each weight. */
export function transformerReadBack(
  { source, graph }: RandomTransformer,
  analyse: Analyse,
): readonly ReadBack[] {
  const truth = classifyGraph(graph);
  const { models } = analyse(source);
  const [outline] = models;
  if (outline === undefined) return [{ what: 'models', written: 1, read: 0 }];
  const decided = truth.regime !== 'unstable' && truth.regime !== 'unknown';
  const open = decided ? outline.missing.filter(isOpen).map(({ kind }) => kind) : [];
  const lacking = [...truth.weights.keys()].filter(
    (id) => !outline.weights.some(({ name }) => shows(name, id)),
  );
  return [
    ...outline.weights.flatMap(({ name, effects }) => {
      const own = [...truth.weights].filter(([id]) => shows(name, id));
      return (['init', 'rate'] as const).map(
        (key): ReadBack => ({ what: `${name} ${key}`, written: effectOf(own, key), read: effects[key] }),
      );
    }),
    {
      what: 'verdict',
      written: truth.regime === 'unknown' ? null : truth.regime,
      read: outline.verdict?.regime ?? null,
    },
    { what: 'what is missing', written: '', read: open.join() },
    { what: 'weights without a row', written: '', read: lacking.join() },
  ];
}

/** Whether it keeps a verdict away: that a tied weight has a multiplier for each use does not. */
function isOpen(missing: ModelOutline['missing'][number]): boolean {
  return missing.kind !== 'weights' || missing.why.kind !== 'multiplier';
}

/** Whether a row of the table shows the weight of the graph; that of `qkv` shows three of them. */
function shows(row: string, id: string): boolean {
  const [own, theirs] = [row.split('.'), id.split('.')];
  const isSame = (name: string, at: number) =>
    name === '*' || name === theirs[at] || (name === 'qkv' && /^[qkv]$/.test(theirs[at] ?? ''));
  return own.length === theirs.length && own.every(isSame);
}

type Judged = readonly [id: string, judged: WeightJudgement];

/** What the worst part of a matrix does in its block; null where the blocks differ. */
function effectOf(own: readonly Judged[], key: 'init' | 'rate'): Exponent {
  const blocks = [...Map.groupBy(own, ([id]) => id.split('.')[1]).values()];
  const each = new Set(blocks.map((parts) => least(parts.map(([, judged]) => judged[key]))));
  const [effect = null] = each;
  return each.size === 1 ? effect : null;
}

function least(exponents: readonly Exponent[]): Exponent {
  const known = exponents.filter((one) => one !== null);
  return known.length < exponents.length ? null : Math.min(...known);
}
