import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { emptyFolder } from './widthwise-process.ts';

/** A folder with a factory, and an interpreter that is a script of Node's: no test of these needs Python. */
export async function fakePython(script: string): Promise<string> {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'model.py'), 'def make(width): ...\n');
  await writeFile(join(folder, 'python.mjs'), script);
  await writeFile(
    join(folder, 'python'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'python.mjs')}' "$@"\n`,
  );
  await chmod(join(folder, 'python'), 0o755);
  return folder;
}

/** What prints records as lines. */
export function saying(...records: readonly object[]): string {
  return records.map((one) => `console.log(${JSON.stringify(JSON.stringify(one))});`).join('\n');
}
