import { readFile } from 'node:fs/promises';

/** The parts of the probe, each after what it uses. */
const PARTS = [
  'process',
  'postponed',
  'factory',
  'fans',
  'draws',
  'optimizing',
  'lines',
  'explain',
  'parts',
  'recorder',
  'functions',
  'training',
  'coordinates',
  'rates',
  'libraries',
  'layouts',
  'steps',
  'trees',
  'multipliers',
  'programs',
  'flax_trees',
  'keras_trees',
  'tree_runs',
  'near',
  'subject',
  'sizes',
  'batches',
  'scripts',
  'trainers',
  'writing',
  'main',
];

/** The probe as one Python file: it is shipped as such, and sent as such to machines where nothing else is. */
export async function joinProbe(folder) {
  const parts = await Promise.all(PARTS.map((name) => readFile(`${folder}/${name}.py`, 'utf8')));
  // Parts name each other for who reads them.
  const whole = parts.map((text) => text.replaceAll(/^from \.\w+ import .*\n/gm, '').trim());
  return `${whole.join('\n\n\n')}\n`;
}
