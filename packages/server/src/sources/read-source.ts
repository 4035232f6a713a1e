import { readFile, stat } from 'node:fs/promises';
import { UsageError } from '../cli/command.ts';

/** No model that people write is longer; what is, was generated. */
const MAX_BYTES = 4_000_000;

/**
 * The text of a source file; empty for a file that is binary or too long to have been written by hand.
 *
 * @throws UsageError for a file that cannot be read
 */
export async function readSource(file: string, shown: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) return '';
    const text = (await readFile(file)).toString('utf8');
    return text.includes('\0') ? '' : text;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${shown} cannot be read (${code})`);
  }
}
