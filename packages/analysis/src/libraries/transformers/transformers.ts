import { attributeOf } from '../../interpret/language/attributes.ts';
import { findMethod, moduleFrame } from '../../interpret/machine/classes.ts';
import { positional } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame, Interpreter } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import { idOf, namedModules } from '../../interpret/modules/modules.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { NONE, type ObjectValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { ClassStatement } from '../../syntax/ast.ts';
import { SCHEDULES } from '../schedulers/schedulers.ts';
import { ACTIVATIONS } from './activations.ts';
import {
  CACHE_UTILS,
  CONFIGURATION_UTILS,
  GENERATION,
  MODELING_LAYERS,
  MODELING_ROPE_UTILS,
  MODELING_UTILS,
  PYTORCH_UTILS,
} from './base.ts';
import { CONFIGURATIONS } from './configurations.ts';
import { configurationOf, modelUnder } from './heads.ts';
import { MASKING_UTILS, MODELING_OUTPUTS } from './outputs.ts';
import { TRAINER } from './trainer.ts';

const INITIALIZERS = 'uniform_ normal_ constant_ ones_ zeros_ eye_ dirac_ xavier_uniform_ xavier_normal_ '
  .concat('kaiming_uniform_ kaiming_normal_ trunc_normal_ orthogonal_ sparse_')
  .split(' ');

/** All that the description of `optimization` has. */
const SCHEDULE_NAMES = [...SCHEDULES.matchAll(/^def (get_\w+)/gm)].map(([, name]) => name).join(', ');

const MODULES: ReadonlyMap<string, string> = new Map([
  ['transformers.modeling_utils', MODELING_UTILS],
  ['transformers.configuration_utils', CONFIGURATION_UTILS],
  ['transformers.configurations', CONFIGURATIONS],
  ['transformers.generation', GENERATION],
  ['transformers.generation.utils', GENERATION],
  ['transformers.modeling_layers', MODELING_LAYERS],
  ['transformers.pytorch_utils', PYTORCH_UTILS],
  ['transformers.cache_utils', CACHE_UTILS],
  ['transformers.modeling_rope_utils', MODELING_ROPE_UTILS],
  ['transformers.activations', ACTIVATIONS],
  ['transformers.masking_utils', MASKING_UTILS],
  ['transformers.modeling_outputs', MODELING_OUTPUTS],
  ['transformers.trainer', TRAINER],
  ['transformers.optimization', SCHEDULES],
  ['transformers.initialization', `from torch.nn.init import ${INITIALIZERS.join(', ')}\n`],
  [
    'transformers',
    `from transformers.modeling_utils import PreTrainedModel
from transformers.configuration_utils import PreTrainedConfig, PretrainedConfig
from transformers.configurations import GPT2Config
from transformers.generation import GenerationMixin
from transformers.cache_utils import Cache, DynamicCache, StaticCache
from transformers.activations import ACT2FN
from transformers.pytorch_utils import Conv1D
from transformers.optimization import ${SCHEDULE_NAMES}
from transformers.trainer import Seq2SeqTrainer, Seq2SeqTrainingArguments, Trainer, TrainingArguments
`,
  ],
]);

/** How the files of models name the modules of the package, two folders further up, and copies of them still do. */
const FROM_A_MODEL = /^\.\.\.(\w+(?:\.\w+)*)$/;

/** What checks, logs, loads and compiles: no model is made of it. */
const NO_MODELS =
  /^transformers\.(?:utils|file_utils|integrations|dynamic_module_utils|quantizers|pipelines|processing_utils|models\.auto|tokenization\w*)\b/;

/** Hugging Face's models, as far as other models are made of it. */
export const transformers: Library = {
  roots: ['transformers'],
  described: MODULES,
  copied(relative) {
    const [, name] = FROM_A_MODEL.exec(relative) ?? [];
    const module = `transformers.${name}`;
    return name !== undefined && (MODULES.has(module) || NO_MODELS.test(module)) ? module : undefined;
  },
  covers: (qualified) => NO_MODELS.test(qualified),
  attribute: renamedField,
  classOfSetting: configurationOf,
  method(receiver, name, site) {
    if (receiver.kind !== 'object') return undefined;
    if (name === '_initialize_parts') return initialized(receiver, site);
    if (name === '_model_of_configuration') return modelOfConfiguration(receiver, site);
    return name === 'tie_weights' ? tied(receiver, site) : undefined;
  },
};

/** `AutoModel.from_config(config)` of `XForTokenClassification`. */
function modelOfConfiguration({ definition }: ObjectValue, { args, frame, span }: CallSite): Value {
  const model = modelUnder(definition, frame.interpreter);
  return model === undefined ? UNKNOWN : frame.call({ kind: 'class', definition: model }, args, span);
}

/** The modules that have been initialized: those of a model in the model are its own affair. */
const DONE = new WeakMap<Interpreter, Set<number>>();

/** Hands every part that no model in this one has initialized to `_init_weights`, the innermost first. */
function initialized(model: ObjectValue, { frame, span }: CallSite): Value {
  const { interpreter } = frame;
  const done = DONE.get(interpreter) ?? new Set();
  DONE.set(interpreter, done);
  for (const { value } of namedModules(model, frame).toReversed()) {
    if (done.has(idOf(value))) continue;
    done.add(idOf(value));
    interpreter.callMethod(model, '_init_weights', { args: positional(value), frame, span });
  }
  return NONE;
}

/**
 * Ties input and output embeddings where the configuration's class says so. Where it does not, releases before 5 do
 * of each model that names its readout, unless a setting says otherwise.
 */
function tied(model: ObjectValue, site: CallSite): Value | undefined {
  const { frame } = site;
  const config = frame.heap.attributes(model.id).get('config')?.value;
  const isNamed = namesReadout(model, frame);
  const isTied = config && (isNamed ? constructedTie(config, frame) : preset(config, TIE, frame));
  if (isTied === undefined && !isNamed) return undefined;
  const truth = isTied && truthOf(isTied);
  if (truth === true) frame.interpreter.callMethod(model, '_tie_embeddings', site);
  else if (isTied === undefined) frame.interpreter.callMethod(model, '_tie_embeddings_where_set', site);
  return truth === null ? undefined : NONE;
}

const TIE = 'tie_word_embeddings';

/** Whether the code itself says which layer gives the logits, and not the base. */
function namesReadout({ definition }: ObjectValue, { interpreter }: Frame): boolean {
  const [named, base] = ['get_output_embeddings', '_tie_embeddings'].map((name) =>
    findMethod(interpreter, definition, name),
  );
  return named?.owner !== base?.owner;
}

/** What the class of a configuration says of tying; one with a constructor, as before release 5, by its default. */
function constructedTie(config: Value, frame: Frame): Value | undefined {
  const own = preset(config, TIE, frame);
  const definition = own?.kind === 'none' ? classOf(config, frame) : undefined;
  const init = definition && findMethod(frame.interpreter, definition, '__init__');
  if (init === undefined) return own;
  const fallback = init.method.parameters.find(({ name }) => name === TIE)?.fallback;
  const { interpreter } = frame;
  return fallback ? moduleFrame(interpreter, interpreter.moduleOf(init.owner)).evaluate(fallback) : undefined;
}

const RENAMED = 'attribute_map';

/** `config.hidden_size` where the class of the configuration says that this is its `n_embd`. */
function renamedField(config: Value, name: string, frame: Frame): Value | undefined {
  if (config.kind !== 'opaque' || name === RENAMED) return undefined;
  const names = preset(config, RENAMED, frame);
  const own = names?.kind === 'dict' ? names.entries.get(name) : undefined;
  return own?.kind === 'text' && own.text !== name ? attributeOf(config, own.text, frame) : undefined;
}

/** What the class of a configuration has under a name; undefined for a configuration of which no class is known. */
function preset(config: Value, name: string, frame: Frame): Value | undefined {
  const definition = classOf(config, frame);
  if (definition === undefined) return undefined;
  const value = attributeOf({ kind: 'class', definition }, name, frame);
  return value.kind === 'unknown' ? { kind: 'none' } : value;
}

function classOf(config: Value, { interpreter }: Frame): ClassStatement | undefined {
  return config.kind === 'opaque' ? interpreter.annotated.get(config.symbol) : undefined;
}
