import { pythonProgram } from '../generators/python-program.ts';
import type { Kind } from '../harness/kind.ts';

/** Code that nobody wrote and everybody may. */
export const programs: Kind = {
  name: 'programs',
  summary: 'random grammatical Python',
  judge: 'text',
  counts: { short: 150, usual: 1000, long: 5000 },
  together: 20,
  timeoutMs: 20_000,
  inputs: () => ({ named: [], drawn: pythonProgram }),
};
