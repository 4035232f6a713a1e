import type { Budget } from '../budget.ts';
import type { ObservedModel } from '../observe/observed-model.ts';
import type { AnalysisOptions } from '../options.ts';
import { KeptClassifications } from './kept-classifications.ts';
import type { Model } from './model.ts';
import { judgeModel } from './weight-table.ts';
import type { WidthDeclarations } from './widths/declarations.ts';

interface Kept {
  readonly manner: string;
  readonly model: Model | undefined;
  readonly units: number;
}

/** What was found of observed models, as long as they are kept. */
export class KeptJudgements {
  readonly classifications: KeptClassifications = new KeptClassifications();
  private readonly kept = new WeakMap<ObservedModel, Kept>();

  /** What a model is judged to be, for the work that it takes. */
  judge(
    observed: ObservedModel,
    options: AnalysisOptions & Pick<WidthDeclarations, 'inWhole'>,
    budget: Budget,
  ): Model | undefined {
    const manner = JSON.stringify([options, budget.hasPlenty]);
    const known = this.kept.get(observed);
    if (known?.manner === manner) {
      budget.spend(known.units);
      return known.model;
    }
    const before = budget.spent;
    const model = judgeModel(observed, options, { budget, classifications: this.classifications });
    this.kept.set(observed, { manner, model, units: budget.spent - before });
    return model;
  }
}
