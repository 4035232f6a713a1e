import type { Finding, Fix, FixSafety } from '@widthwise/analysis';
import { mendedInRounds } from '../../sources/fixes/mended-in-rounds.ts';
import {
  applicableFixes,
  IDENTICAL,
  type Proving,
  provenFixes,
  provenTogether,
} from '../../sources/fixes/proven-fixes.ts';
import type { WholeText } from './whole-text.ts';

/** What can be pressed to mend findings. */
export interface FixAction {
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly edits: Fix['edits'];
  readonly isPreferred: boolean;
}

/** What becomes of the numbers, in the words of a title. */
const SAFETY: Readonly<Record<FixSafety, string>> = {
  'identical-at-base': 'same numbers at the base width',
  'changes-numbers': 'changes the numbers',
  'needs-decision': 'needs a number of yours',
};

/** What mends each of these findings, and what mends all of their kind in the text without changing the base width. */
export async function fixActions(
  findings: readonly Finding[],
  { called, ...proving }: Proving & Pick<WholeText, 'called'>,
): Promise<readonly FixAction[]> {
  const actions: FixAction[] = [];
  const waiting: Finding[] = [];
  for (const finding of findings) {
    const own = await provenFixes(finding, proving);
    if (own.length === 0) waiting.push(finding);
    for (const fix of own) {
      const { safety, edits } = fix;
      const title = `${titleOf(fix)} (${SAFETY[safety]})`;
      actions.push({ title, findings: [finding], edits, isPreferred: safety === 'identical-at-base' });
    }
  }
  for (const code of new Set(findings.map((finding) => finding.code))) {
    const alike = applicableFixes(
      proving.analysis.findings.filter((finding) => finding.code === code),
      IDENTICAL,
    );
    if (alike.length < 2) continue;
    const joint = await provenTogether(alike, proving);
    if (joint.findings.length < 2) continue;
    const title = `Fix all ${joint.findings.length} of ${code} in this ${called} (${SAFETY['identical-at-base']})`;
    actions.push({ ...joint, title, isPreferred: false });
  }
  const whole = waiting.length === 0 ? undefined : await fixWithOthers(waiting, { called, ...proving });
  return whole === undefined ? actions : [whole, ...actions];
}

/** All of a text at once, where that mends what nothing mends by itself: a rate that is only as wrong as starts let it be. */
async function fixWithOthers(
  waiting: readonly Finding[],
  { called, ...proving }: Proving & Pick<WholeText, 'called'>,
): Promise<FixAction | undefined> {
  const whole = await mendedInRounds(proving, IDENTICAL);
  // Places move as lines are written: of one rule at one model and for the same weights there is one finding.
  const mended = waiting.filter(({ code, model, weights }) =>
    whole.findings.some(
      (one) => one.code === code && one.model === model && one.weights.join() === weights.join(),
    ),
  );
  if (mended.length === 0 || whole.findings.length < 2) return undefined;
  const title = `Fix all ${whole.findings.length} of this ${called}, which wait for one another (${SAFETY['identical-at-base']})`;
  return { findings: mended, edits: whole.edits, title, isPreferred: false };
}

/** All that can be mended in a file without changing the model at its base width; undefined where that is nothing. */
export async function fixAll(proving: Proving): Promise<FixAction | undefined> {
  const joint = await mendedInRounds(proving, IDENTICAL);
  if (joint.findings.length === 0) return undefined;
  return { ...joint, title: `Fix all (${SAFETY['identical-at-base']})`, isPreferred: false };
}

/** The sentence as far as it says what is done. */
function titleOf({ text }: Fix): string {
  return text.split(/: |\.(?: |$)/, 1)[0]!.replaceAll('`', '');
}
