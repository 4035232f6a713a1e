import { literal, pair } from '../../growth/quantity.ts';
import { plainObject } from '../../interpret/language/instantiate.ts';
import { positional } from '../../interpret/machine/given-arguments.ts';
import type { Frame } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import { number, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { ParameterValue } from '../../network/layer.ts';
import { measureShapes, multipliersOf, setBaseShapes } from './base-shapes.ts';
import { initialized } from './initializers.ts';
import { INFSHAPE, LAYERS } from './layers.ts';
import { buildMuOptimizer, isMuOptimizer, MU_OPTIMIZERS } from './optimizers.ts';

const MODULES: ReadonlyMap<string, string> = new Map([
  [
    'mup',
    `from mup.layer import MuReadout, MuSharedReadout
from torch.optim import SGD, Adam, AdamW
`,
  ],
  ['mup.layer', LAYERS],
  ['mup.infshape', INFSHAPE],
  ['mup.optim', 'from torch.optim import SGD, Adam, AdamW\n'],
]);

/** mup: layers, initializers and optimizers that know how much wider than its base a model is. */
export const mup: Library = {
  roots: ['mup'],
  described: MODULES,
  optimizers: MU_OPTIMIZERS,
  scalesByWidth: true,
  // What it means is known here, also where its own code is at hand.
  covers: (qualified) => {
    const name = lastOf(qualified);
    return (
      name === 'set_base_shapes' ||
      READS.has(name) ||
      CHECKS.has(name) ||
      /[a-z]_$/.test(name) ||
      isMuOptimizer(name)
    );
  },
  call(qualified, site) {
    const name = lastOf(qualified);
    if (name === 'set_base_shapes') return setBaseShapes(site);
    if (READS.has(name)) return measureShapes(site);
    if (CHECKS.has(name)) return UNKNOWN;
    if (name.endsWith('_')) return initialized(name, site);
    return buildMuOptimizer(qualified, site);
  },
  attribute: (owner, name, frame) =>
    owner.kind === 'parameter' && name === 'infshape' ? shapeOf(owner, frame) : undefined,
};

function lastOf(qualified: string): string {
  return qualified.slice(qualified.lastIndexOf('.') + 1);
}

/** What reads and writes down shapes, and leaves models as they are. */
const READS: ReadonlySet<string> = new Set([
  'get_shapes',
  'get_infshapes',
  'make_base_shapes',
  'save_base_shapes',
  'load_base_shapes',
  'zip_infshapes',
  'assert_hidden_size_inf',
]);

/** What trains models that it makes for itself, and looks at them. */
const CHECKS: ReadonlySet<string> = new Set([
  'get_coord_data',
  'plot_coord_data',
  'example_plot_coord_check',
]);

/** What a parameter's base shape says of it. */
function shapeOf(parameter: ParameterValue, frame: Frame): Value {
  const multipliers = multipliersOf(parameter, frame);
  const shape = frame.interpreter.imports?.resolved('mup.infshape.InfShape', frame.module);
  if (multipliers === null || shape?.kind !== 'class') return UNKNOWN;
  const { width, matrix, descent } = multipliers;
  // Of a matrix MuSGD multiplies by fan-out over fan-in; of others the ratio is not asked for.
  const ratio = pair('divide', literal(1), pair('ifGrows', matrix, descent));
  const args = positional(number(width), number(ratio));
  return plainObject(shape.definition, { args, frame, span: parameter.layer.span });
}
