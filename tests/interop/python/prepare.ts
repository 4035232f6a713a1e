/**
 * Makes the Python of `npm run test:torch`, in time for it.
 *
 * Ends with 3, and says why in one line, where it cannot be had here: no Python, or a registry that does not answer.
 */

import { spawnSync } from 'node:child_process';
import process from 'node:process';

const MAKE =
  "(await import('./tests/interop/python/interpreter.ts')).shortPython(process.env.INTEROP_PYTHON)";
/** What pip and venv say of a machine and not of us. */
const NOT_HERE: readonly (readonly [said: RegExp, why: string])[] = [
  [/no Python 3 is on the path/, 'no Python 3 is on the path'],
  [/ensurepip is not available/, 'its Python makes no virtual environments'],
  [
    /connection broken by|ReadTimeoutError|Could not fetch URL/,
    "the registry of Python's packages does not answer",
  ],
];

const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', MAKE], {
  encoding: 'utf8',
  stdio: ['ignore', 'ignore', 'pipe'],
});
const why = NOT_HERE.find(([said]) => said.test(stderr))?.[1];
if (status !== 0) console.log(why ?? stderr);
process.exitCode = status === 0 ? 0 : why === undefined ? 1 : 3;
