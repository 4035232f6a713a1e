import {
  type AnyFields,
  checkAsked,
  type Experiment,
  type LimitsByName,
  LONE_ENGINE_NAMES,
  type RunSetting,
  type TwinParams,
  type UnprobedParams,
} from '@widthwise/core';
import type { ExperimentName, ExperimentPlan, Judgements } from '@widthwise/protocol';
import { InputError } from '../../input/input-error.ts';
import { commandArguments } from '../../lab/experiments/command-arguments.ts';
import { inputErrors } from '../../lab/experiments/input-errors.ts';
import { prepareExperiment } from '../../lab/experiments/prepare.ts';
import type { Ended, PreparedExperiment } from '../../lab/experiments/prepared.ts';
import { readTwin } from '../../twin/read-twin.ts';
import type { ExperimentOrder } from './thread-messages.ts';

/** An experiment that can start, and how it stands on the wire. */
export interface WiredRun {
  readonly experiment: ExperimentName;
  readonly prepared: PreparedExperiment;
  readonly plan: ExperimentPlan;
  judge(ended: Ended): Judgements[ExperimentName];
}

/** An experiment that an editor may start. */
export interface WiredExperiment {
  readonly name: ExperimentName;
  readonly title: string;
  readonly fields: AnyFields;
  /** What was asked for, from anywhere. @throws InputError */
  check(asked: unknown): object;
  /** @throws InputError for what cannot be trained */
  prepare(asked: object, place: Pick<ExperimentOrder, 'cwd' | 'store'>): Promise<WiredRun>;
}

/** How the report of an experiment stands on the wire. */
export interface WireForm<Name extends ExperimentName, Request, Report> {
  readonly name: Name;
  judgement(report: Report, labels: PreparedExperiment['labels'], request: Request): Judgements[Name];
  /** Infinite-width λ_min, of an experiment that watches it. */
  limits?(request: Request): LimitsByName;
}

/** Puts an experiment on the wire: everything but the form of its report is the same for all. */
export function wired<
  Name extends ExperimentName,
  Params extends UnprobedParams,
  Request extends RunSetting,
  Report,
>(experiment: Experiment<Params, Request, Report>, form: WireForm<Name, Request, Report>): WiredExperiment {
  return {
    name: form.name,
    title: experiment.title,
    // SAFETY: a table of fields is one of fields of whatever experiment.
    fields: experiment.fields as AnyFields,
    check: (asked) => requireSharedEngine(inputErrors(() => checkAsked(experiment.fields, asked))),
    async prepare(asked, { cwd, store }) {
      const fields = experiment.fields as AnyFields;
      const own = withoutDefaults(asked, fields);
      const { from } = own as Partial<TwinParams>;
      const twin = typeof from === 'string' ? await readTwin(from, cwd) : null;
      // The settings of a twin are its model's: those that nobody has changed are not asked for.
      const prepared = await prepareExperiment(experiment, twin === null ? asked : own, { cwd, twin });
      return {
        experiment: form.name,
        prepared,
        plan: {
          ...planOnWire(prepared),
          arguments: commandArguments(experiment.name, fields, own),
          kept: store !== '',
          limits: form.limits?.(prepared.request) ?? {},
        },
        judge: (ended) => form.judgement(prepared.reduce(ended), prepared.labels, prepared.request),
      };
    },
  };
}

/** The runs of an editor go side by side in one process. @throws InputError for an engine of which there is one a process */
function requireSharedEngine<Asked extends object>(asked: Asked): Asked {
  const { engine } = asked as { readonly engine?: unknown };
  if (typeof engine === 'string' && LONE_ENGINE_NAMES.includes(engine))
    throw new InputError(
      'engine',
      `${engine} computes for one run at a time, and so for the command line alone`,
    );
  return asked;
}

/** An editor asks for everything: what it has from nobody need not be said. */
function withoutDefaults(asked: object, fields: AnyFields): object {
  const own = Object.entries(asked).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(fields[name]?.default),
  );
  return Object.fromEntries(own);
}

function planOnWire({
  dataTitle,
  labels,
  twin,
  foreseen,
  request,
}: PreparedExperiment<RunSetting>): Omit<ExperimentPlan, 'arguments' | 'kept' | 'limits'> {
  return {
    data: dataTitle,
    twin,
    foreseen,
    parametrizations: Object.entries(labels).map(([name, label]) => ({ name, label })),
    widths: request.widths,
    seeds: request.seeds,
    depth: request.depth,
    activation: request.activation,
    steps: request.steps,
    batch: request.batch,
    learningRate: request.learningRate,
    baseWidth: request.baseWidth,
    readout: request.readout,
    optimizer: request.optimizer.kind,
    loss: request.loss.kind,
    engine: request.engine.name,
  };
}
