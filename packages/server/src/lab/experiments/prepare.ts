import {
  type AnyFields,
  type Asked,
  askedOfTwin,
  checkAsked,
  costEstimate,
  displayLabel,
  type Experiment,
  exponentsOf,
  type Fields,
  type PlannedRun,
  parametrizationsFor,
  requireTwin,
  type Twin,
  twinNotes,
  type UnprobedParams,
  withDefaults,
  withZeroReadout,
} from '@widthwise/core';
import { type LoadedDataset, loadData } from '../data/load-data.ts';
import { requireEngine } from '../engines/engines.ts';
import { requireMemory } from '../runs/memory.ts';
import { autoEngine } from './auto-engine.ts';
import { inputErrors } from './input-errors.ts';
import type { PreparedExperiment } from './prepared.ts';
import { type NamedParametrizations, resolveParametrizations } from './resolve-parametrizations.ts';

/**
 * Checks what an experiment is asked with, reads what that names and plans its runs.
 *
 * @param asked parameters by the names of the experiment's fields; what is left out takes its default
 * @param context where relative files start, and the twin that its parameters name
 * @throws InputError for the first thing that cannot be trained
 */
export async function prepareExperiment<Params extends UnprobedParams, Request, Report>(
  experiment: Experiment<Params, Request, Report>,
  asked: object,
  { cwd, twin = null }: { readonly cwd: string; readonly twin?: Twin | null },
): Promise<PreparedExperiment<Request, Report>> {
  const { fields } = experiment;
  const params = inputErrors(() => paramsOf(fields, checkAsked(fields, asked), twin));
  if (twin !== null) inputErrors(() => requireTwin(twin, params));
  const named = { ...parametrizationsIn(fields, params), twin: twin?.parametrization ?? null };
  const resolved = await resolveParametrizations(named, cwd);
  const parametrizations = params.readout === 'zero' ? resolved.map(withZeroReadout) : resolved;
  const loaded = await loadData(params.data, { cwd, dataSeed: params.dataSeed });
  const { dataset } = loaded;
  const planOn = (name: string) => {
    const { name: engine, numerics } = requireEngine(name);
    const inputs = { dataset, data: loaded.identity, parametrizations, engine: { name: engine, numerics } };
    const request = inputErrors(() => experiment.request(params, inputs));
    return { request, plan: experiment.plan(request) };
  };
  const usual = planOn(params.engine);
  const auto = params.engine === 'auto' ? autoEngine(usual.plan, dataset.samples) : null;
  const { request, plan } = auto === null || isOn(usual.plan, auto.name) ? usual : planOn(auto.name);
  const costOf = (runs: readonly PlannedRun[]) => costEstimate(runs, dataset.samples);
  const cost = costOf(plan);
  requireMemory(params.widths.at(-1)!, cost);
  return {
    experiment: experiment.name,
    ...titles(loaded),
    dataset,
    request,
    plan,
    twin: twin && twinNotes(twin, params),
    foreseen: experiment.foreseen?.(request) ?? [],
    engineReason: auto?.reason ?? null,
    labels: Object.fromEntries(resolved.map((each) => [each.name, displayLabel(each)])),
    cost,
    costOf,
    refine: experiment.refine
      ? (planned, results) => experiment.refine!(request, { plan: planned, results, complete: true })
      : null,
    reduce: (ended) => experiment.reduce(request, { plan, ...ended }),
  };
}

/** What was asked for, with the twin's own and then the experiment's defaults. */
function paramsOf<Params extends UnprobedParams>(
  fields: Fields<Params>,
  asked: Asked<Params>,
  twin: Twin | null,
): Params {
  if (twin === null) return withDefaults(fields, asked);
  const { widths } = withDefaults(fields, asked);
  const own = Object.entries(askedOfTwin(twin, asked as object, widths[0]!)).filter(([name]) =>
    Object.hasOwn(fields, name),
  );
  return withDefaults(fields, checkAsked(fields, Object.fromEntries(own)));
}

function titles({
  name,
  title,
  reading,
}: LoadedDataset): Pick<PreparedExperiment, 'name' | 'dataTitle' | 'dataReading'> {
  return { name, dataTitle: title, dataReading: reading };
}

function isOn(plan: readonly PlannedRun[], engine: string): boolean {
  return plan.every(({ spec }) => spec.engine.name === engine);
}

/** The field that names parametrizations, one or several, and what it says; of its default what the optimizer has. */
function parametrizationsIn(fields: object, params: UnprobedParams): Omit<NamedParametrizations, 'twin'> {
  const [field, declared] = Object.entries(fields as AnyFields).find(
    ([, { names }]) => names === 'parametrization',
  )!;
  // SAFETY: such a field holds a text or texts.
  const asked = (params as object as Readonly<Record<string, string | readonly string[]>>)[field]!;
  const optimizer = exponentsOf({ kind: params.optimizer });
  const ids = [asked].flat();
  const isDefault = JSON.stringify(asked) === JSON.stringify(declared.default);
  const known = parametrizationsFor(optimizer);
  return { field, ids: isDefault ? ids.filter((id) => known.has(id)) : ids, optimizer };
}
