import type { Finding, Fix, FixSafety, RuleCode } from '@widthwise/analysis';
import {
  type FurtherEdits,
  fixesElsewhere,
  type Neighbours,
  withFurther,
} from '../../sources/fixes/further-edits.ts';
import { mendedInRounds } from '../../sources/fixes/mended-in-rounds.ts';
import {
  applicableFixes,
  IDENTICAL,
  type JointFix,
  type Proving,
  provenFixes,
  provenTogether,
  UNPROVEN,
} from '../../sources/fixes/proven-fixes.ts';
import type { WholeText } from './whole-text.ts';

/** What can be pressed to mend findings. */
export interface FixAction extends FurtherEdits {
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly isPreferred: boolean;
}

/** What would mend findings and cannot be pressed. */
export interface RefusedFix {
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly reason: string;
}

/** A text with what is around it. */
export interface Mending extends Proving, Pick<WholeText, 'called'> {
  readonly neighbours: Neighbours;
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
  mending: Mending,
): Promise<readonly FixAction[]> {
  const each: FixAction[] = [];
  const waiting: Finding[] = [];
  for (const finding of findings) {
    const own = await actionsOf(finding, mending);
    if (own.length === 0) waiting.push(finding);
    each.push(...own);
  }
  const actions = [...toldApart(each)];
  for (const code of new Set(findings.map((finding) => finding.code))) {
    const alike = await fixOfKind(code, mending);
    if (alike !== undefined) actions.push(alike);
  }
  const whole = waiting.length === 0 ? undefined : await fixWithOthers(waiting, mending);
  return whole === undefined ? actions : [whole, ...actions];
}

/** Actions of the same title that do other things say what for: the weights, and where these have the same names, the model. */
function toldApart(actions: readonly FixAction[]): readonly FixAction[] {
  return [weightsOf, modelOf].reduce(
    (titled, behind) =>
      titled.map((one) =>
        titled.some((other) => isOtherOfTitle(one, other))
          ? { ...one, title: `${one.title}${behind(one)}` }
          : one,
      ),
    actions,
  );
}

function isOtherOfTitle(one: FixAction, other: FixAction): boolean {
  return other.title === one.title && JSON.stringify(other.edits) !== JSON.stringify(one.edits);
}

function weightsOf({ findings: [finding] }: FixAction): string {
  const [first = '', ...others] = finding?.weights ?? [];
  return ` of ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

function modelOf({ findings: [finding] }: FixAction): string {
  return `, ${finding?.model ?? ''}`;
}

/** The fixes of findings that no action offers, of each that there might have been an edit of, with why there is none. */
export async function refusedFixes(
  findings: readonly Finding[],
  offered: readonly FixAction[],
  mending: Mending,
): Promise<readonly RefusedFix[]> {
  const refused: RefusedFix[] = [];
  for (const finding of findings) {
    const isMended = offered.some((one) => one.findings.includes(finding));
    const proven = await provenFixes(finding, mending);
    for (const fix of finding.fixes) {
      const reason = fix.edits.length > 0 ? UNPROVEN : fix.why;
      const isWaiting = isMended && proven.length === 0;
      if (reason !== undefined && !proven.includes(fix) && !isWaiting)
        refused.push({ title: titleOf(fix), findings: [finding], reason });
    }
  }
  return refused;
}

/** Each fix of a finding that does what it says, in this text or where the cause stands. */
async function actionsOf(finding: Finding, mending: Mending): Promise<readonly FixAction[]> {
  const said = (fix: Fix, edits: FurtherEdits): FixAction => {
    const { safety } = fix;
    const title = `${titleOf(fix)} (${SAFETY[safety]})`;
    return { ...edits, title, findings: [finding], isPreferred: safety === 'identical-at-base' };
  };
  const actions: FixAction[] = [];
  for (const fix of await provenFixes(finding, mending)) {
    const leaves = leavesOf([fix]);
    const edits = await withFurther(
      { findings: [finding], edits: fix.edits, leaves },
      mending,
      mending.neighbours,
    );
    actions.push(said(fix, edits));
  }
  if (actions.length > 0) return actions;
  const elsewhere = await fixesElsewhere(finding, mending, mending.neighbours);
  return elsewhere.map(({ fix, there }) => said(fix, { edits: [], others: [there], left: [] }));
}

/** What mends all of a rule in a text; undefined where that is no more than one. */
async function fixOfKind(code: RuleCode, mending: Mending): Promise<FixAction | undefined> {
  const alike = applicableFixes(
    mending.analysis.findings.filter((finding) => finding.code === code),
    IDENTICAL,
  );
  if (alike.length < 2) return undefined;
  const joint = await provenTogether(alike, mending);
  if (joint.findings.length < 2) return undefined;
  return jointAction(joint, mending, `Fix all ${joint.findings.length} of ${code} in this ${mending.called}`);
}

/** All of a text at once, where that mends what nothing mends by itself: a rate that is only as wrong as starts let it be. */
async function fixWithOthers(waiting: readonly Finding[], mending: Mending): Promise<FixAction | undefined> {
  const whole = await mendedInRounds(mending, IDENTICAL);
  // Places move as lines are written: of one rule at one model and for the same weights there is one finding.
  const mended = waiting.filter(({ code, model, weights }) =>
    whole.findings.some(
      (one) => one.code === code && one.model === model && one.weights.join() === weights.join(),
    ),
  );
  if (mended.length === 0 || whole.findings.length < 2) return undefined;
  const title = `Fix all ${whole.findings.length} of this ${mending.called}, which wait for one another`;
  return { ...(await jointAction(whole, mending, title)), findings: mended };
}

/** All that can be mended in a file without changing the model at its base width; undefined where that is nothing. */
export async function fixAll(mending: Mending): Promise<FixAction | undefined> {
  const joint = await mendedInRounds(mending, IDENTICAL);
  return joint.findings.length === 0 ? undefined : jointAction(joint, mending, 'Fix all');
}

async function jointAction(joint: JointFix, mending: Mending, title: string): Promise<FixAction> {
  const leaves = leavesOf(joint.findings.flatMap(({ fixes }) => fixes));
  const edits = await withFurther({ ...joint, leaves }, mending, mending.neighbours);
  return {
    ...edits,
    findings: joint.findings,
    title: `${title} (${SAFETY['identical-at-base']})`,
    isPreferred: false,
  };
}

function leavesOf(fixes: readonly Fix[]): ReadonlySet<RuleCode> {
  return new Set(fixes.flatMap(({ leaves }) => leaves ?? []));
}

/** The sentence as far as it says what is done. */
function titleOf({ text }: Fix): string {
  return text.split(/: |\.(?: |$)/, 1)[0]!.replaceAll('`', '');
}
