import { quoted } from '@widthwise/core';
import { readFileOf } from '../files/read-file.ts';
import { InputError } from '../input/input-error.ts';
import { type AskedRecord, readRecord } from './probe-record.ts';
import { PROBE, type Probed, probed, threadsFor } from './run-probe.ts';

const ENDED = { why: 'the script ended before it was measured' };

/** Where the probe keeps what it is asked. */
const SLOT = 'REQUEST = None';

/** A run of one is a few hundred kB, and a plan has a hundred. */
const MOST_BYTES = 256_000_000;

/** A coordinate check as one Python file of standard library and torch, which writes what it measures as JSON lines. */
export async function probeScript(asked: Omit<AskedRecord, 'event'>): Promise<string> {
  const read = await readFileOf(PROBE, { bytes: MOST_BYTES, of: 'a script' });
  const text = 'bytes' in read ? read.bytes.toString('utf8') : '';
  if (!text.includes(SLOT)) throw new Error(`probe.py: expected ${SLOT}`);
  // A string of JSON is a string of Python.
  const request = JSON.stringify(
    JSON.stringify({ asks: 'coordinates', ...asked, threads: threadsFor(asked.widths) }),
  );
  return text.replace(SLOT, () => `REQUEST = json.loads(${request})`);
}

/**
 * What such a script wrote.
 *
 * @throws InputError for what is none of its files
 */
export async function readScriptLines(
  path: string,
  shown: string,
): Promise<{ readonly asked: AskedRecord; readonly probed: Probed }> {
  const read = await readFileOf(path, { bytes: MOST_BYTES, of: 'what a script wrote' });
  if (!('bytes' in read)) throw new InputError('from-jsonl', `${quoted(shown)} ${read.why}`);
  const records = read.bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line) => readRecord(line) ?? []);
  const asked = records.find((record) => record.event === 'asked');
  if (asked === undefined) {
    throw new InputError('from-jsonl', `${quoted(shown)} is not what a script of coord-check --script wrote`);
  }
  const { widths, seeds, steps } = asked;
  const question = { asks: 'coordinates', seeds, steps } as const;
  return { asked, probed: probed(records, { widths, question }, ENDED) };
}
