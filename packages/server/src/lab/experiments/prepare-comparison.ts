import {
  ACTIVATION_NAMES,
  type ComparisonRequest,
  costEstimate,
  displayLabel,
  limitLambdaMin,
  matrix,
  planComparison,
  probeSteps,
} from '@widthwise/core';
import { UsageError } from '../../cli/command.ts';
import { requireName, requirePositive, requireWhole, requireWidths } from '../../input/check-values.ts';
import { loadData } from '../data/load-data.ts';
import { requireEngine } from '../engines/engines.ts';
import { requireMemory } from '../runs/memory.ts';
import { COMPARE_DEFAULTS, defaultProbe, mostProbed } from './compare-defaults.ts';
import type { CompareParams } from './compare-params.ts';
import type { PreparedComparison } from './prepared-comparison.ts';
import { resolveParametrizations } from './resolve-parametrizations.ts';

const MOST_STEPS = 1_000_000;
const MOST_RUNS = 100_000;

/**
 * Checks a comparison, reads its data and plans its runs; what is left out takes the demo's numbers.
 *
 * @param cwd where relative files start
 * @throws UsageError for the first thing that cannot be trained, in a sentence that names the flag and the value
 */
export async function prepareComparison(params: CompareParams, cwd: string): Promise<PreparedComparison> {
  const asked = { ...COMPARE_DEFAULTS, ...params };
  const settings = checkSettings(asked);
  const parametrizations = await resolveParametrizations(asked.parametrizations, cwd);
  requireRuns(parametrizations.length * settings.widths.length * settings.seeds);
  const data = await loadData(asked.data, { cwd, dataSeed: asked.dataSeed });
  const probe = checkProbe(params.probe, data.dataset.samples, settings.widths[0]!);
  const request: ComparisonRequest = {
    ...settings,
    parametrizations,
    initStd: 1,
    probe: { samples: probe, steps: probeSteps(settings.steps) },
    data: data.identity,
    dataset: data.dataset,
  };
  const plan = planComparison(request);
  const cost = costEstimate(plan, data.dataset.samples);
  requireMemory(settings.widths.at(-1)!, cost.peakBytes);
  return {
    name: data.name,
    dataTitle: data.title,
    dataReading: data.reading,
    request,
    plan,
    labels: Object.fromEntries(parametrizations.map((each) => [each.name, displayLabel(each)])),
    limits: limitsOf(request),
    cost,
  };
}

type Settings = Omit<ComparisonRequest, 'parametrizations' | 'initStd' | 'probe' | 'data' | 'dataset'>;

function checkSettings(asked: Required<Omit<CompareParams, 'probe'>>): Settings {
  const engine = requireEngine(asked.engine);
  requireWhole('--data-seed', asked.dataSeed, 0, 2 ** 32 - 1);
  return {
    widths: requireWidths(asked.widths),
    depth: requireWhole('--depth', asked.depth, 1, 1000),
    activation: requireName('--activation', asked.activation, ACTIVATION_NAMES),
    steps: requireWhole('--steps', asked.steps, 1, MOST_STEPS),
    learningRate: requirePositive('--lr', asked.learningRate),
    seeds: requireWhole('--seeds', asked.seeds, 1, MOST_RUNS),
    baseWidth: requireWhole('--base-width', asked.baseWidth, 1, 2 ** 24),
    loss: {
      kind: requireName('--loss', asked.loss, ['half-square', 'square']),
      reduction: requireName('--reduction', asked.reduction, ['mean', 'sum']),
    },
    engine: { name: engine.name, numerics: engine.numerics },
  };
}

function requireRuns(runs: number): void {
  if (runs <= MOST_RUNS) return;
  throw new UsageError(
    `--seeds: parametrizations × widths × seeds would be ${runs} runs; at most ${MOST_RUNS} fit one comparison`,
  );
}

function checkProbe(asked: number | undefined, samples: number, smallestWidth: number): number {
  if (asked === undefined) return defaultProbe(samples, smallestWidth);
  requireWhole('--probe', asked, 1, samples);
  const most = mostProbed(smallestWidth);
  if (asked <= most) return asked;
  throw new UsageError(
    `--probe: at most ${most} samples at smallest width ${smallestWidth} (λ_min is biased above width/16), got ${asked}`,
  );
}

function limitsOf(request: ComparisonRequest): PreparedComparison['limits'] {
  const { dataset, probe, initStd, activation, depth } = request;
  const { inputDim } = dataset;
  const probeInputs = matrix(probe.samples, inputDim, dataset.inputs.slice(0, probe.samples * inputDim));
  return Object.fromEntries(
    request.parametrizations.map((exponents) => [
      exponents.name,
      limitLambdaMin({ exponents, initStd, activation, depth, probeInputs }),
    ]),
  );
}
