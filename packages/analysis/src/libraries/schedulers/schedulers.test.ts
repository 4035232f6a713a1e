import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

/** c of each weight under a schedule that a package makes of the rate. */
function rates(imports: string, call: string): readonly (number | null)[] {
  const source = chainModel({ optimizer: `torch.optim.Adam(model.parameters(), lr=lr)\n    ${call}` });
  return onlyModel(`${imports}\n${source}`).weights.map(({ c }) => c);
}

const SAME = [0, 0, 0];

test('schedules of Hugging Face, timm, diffusers and Lightning leave c as it is', () => {
  const cosine = 'get_cosine_schedule_with_warmup(optimizer, 10, 100)';
  expect(rates('from transformers import get_cosine_schedule_with_warmup', cosine)).toEqual(SAME);
  expect(rates('import transformers', "transformers.get_scheduler('linear', optimizer=optimizer)")).toEqual(
    SAME,
  );
  expect(
    rates('from diffusers.optimization import get_scheduler', "get_scheduler('cosine', optimizer, 10)"),
  ).toEqual(SAME);
  const ofTimm = 's = CosineLRScheduler(optimizer, 9, lr_min=1e-6, warmup_lr_init=lr * 0.1)\n    s.step(1)';
  expect(rates('from timm.scheduler import CosineLRScheduler', ofTimm)).toEqual(SAME);
  expect(
    rates('from timm.scheduler import create_scheduler', 's, _ = create_scheduler(args, optimizer)'),
  ).toEqual(SAME);
  const gradual =
    'after = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 9)\n    s = GradualWarmupScheduler(optimizer, 1.0, 5, after)';
  expect(rates('from warmup_scheduler import GradualWarmupScheduler', gradual)).toEqual(SAME);
  expect(
    rates(
      'from pl_bolts.optimizers.lr_scheduler import LinearWarmupCosineAnnealingLR',
      'LinearWarmupCosineAnnealingLR(optimizer, 5, 9)',
    ),
  ).toEqual(SAME);
});

test('one that is given rates of its own gives groups these', () => {
  const restarts = (rate: string) =>
    rates(
      'from cosine_annealing_warmup import CosineAnnealingWarmupRestarts',
      `CosineAnnealingWarmupRestarts(optimizer, 9, max_lr=${rate}, min_lr=${rate})`,
    );
  expect(restarts('lr')).toEqual(SAME);
  expect(restarts('lr / n')).toEqual([1, 1, 1]);
  const doubled = (by: string) =>
    rates(
      'from warmup_scheduler import GradualWarmupScheduler',
      `GradualWarmupScheduler(optimizer, ${by}, 5)`,
    );
  expect(doubled('8.0')).toEqual(SAME);
  expect(doubled('1 / n')).not.toEqual(SAME);
});

test('one that is not known leaves c open', () => {
  expect(rates('from timm.scheduler import mine', 'mine(optimizer)')).toEqual([null, null, null]);
});
