import { createHash } from 'node:crypto';
import { entryAt } from '../../files/entry-at.ts';
import { readFileOf } from '../../files/read-file.ts';

/** What the JSON of a report says of itself. */
export interface ReportIdentity {
  /** Everything that was asked, as JSON; not which `numerics` of an engine the machine and its Node have. */
  readonly request: string;
  /** False for what an interrupted run has left. */
  readonly complete: boolean;
}

/** What its files are called, and what stands under the name that they would have had. */
export interface ReportName {
  /** Without the ending. */
  readonly stem: string;
  /** Why it is another name than the first, one clause; null for the first. */
  readonly because: string | null;
}

const MOST_BYTES = 256_000_000;

/** The identity of a document; null for what is no report. */
export function identityOf(document: string): ReportIdentity | null {
  try {
    const { request, complete } = JSON.parse(document) ?? {};
    if (typeof request !== 'object' || request === null || typeof complete !== 'boolean') return null;
    return { request: JSON.stringify(request, asked), complete };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Of an engine, its name. */
function asked(key: string, value: unknown): unknown {
  if (key !== 'engine' || typeof value !== 'object' || value === null) return value;
  return { ...value, numerics: undefined };
}

/**
 * A name under which a report costs no other: the first for the first report and for all of the same request, the name of
 * the request beside it for another, and `-partial` for what an interrupted run has found beside what a whole one has.
 *
 * @param stem where the report would go, absolute and without an ending
 * @param endings of its files
 */
export async function reportName(
  stem: string,
  endings: readonly string[],
  report: ReportIdentity,
): Promise<ReportName> {
  const first = await standingAt(stem, endings);
  if (first === 'nothing') return { stem, because: null };
  if (first !== 'other' && first.request === report.request) return besideWhole(stem, first, report);
  const own = `${stem}-${shortName(report)}`;
  const because = 'is of other settings';
  const second = await standingAt(own, endings);
  const { stem: name } = typeof second === 'string' ? { stem: own } : besideWhole(own, second, report);
  return { stem: name, because };
}

/** Whether a report that an interrupted run has left would take the place of a whole one. */
export async function wouldTruncate(path: string, report: ReportIdentity): Promise<boolean> {
  return !report.complete && (await identityAt(path))?.complete === true;
}

function besideWhole(stem: string, standing: ReportIdentity, { complete }: ReportIdentity): ReportName {
  if (complete || !standing.complete) return { stem, because: null };
  return { stem: `${stem}-partial`, because: 'is complete' };
}

function shortName({ request }: ReportIdentity): string {
  return createHash('sha256').update(request).digest('hex').slice(0, 8);
}

async function standingAt(
  stem: string,
  endings: readonly string[],
): Promise<ReportIdentity | 'nothing' | 'other'> {
  const identity = await identityAt(`${stem}.json`);
  if (identity !== null) return identity;
  const there = await Promise.all(endings.map((ending) => entryAt(`${stem}.${ending}`)));
  return there.some((entry) => entry !== null) ? 'other' : 'nothing';
}

async function identityAt(path: string): Promise<ReportIdentity | null> {
  const file = await readFileOf(path, { bytes: MOST_BYTES, of: 'a report' });
  return 'bytes' in file ? identityOf(file.bytes.toString('utf8')) : null;
}
