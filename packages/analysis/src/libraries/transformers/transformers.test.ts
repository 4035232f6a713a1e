import { describe, expect, test } from 'vitest';
import { matricesOf } from '../../../test/check-findings.ts';
import { placeIn } from '../../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** A language model of one linear layer, whose configuration and body are given. */
function languageModel(config: string, init = ''): string {
  return `import torch
from torch import nn
from transformers import PreTrainedModel, PretrainedConfig

class Config(PretrainedConfig):
${config}

class Model(PreTrainedModel):
    config_class = Config
    base_model_prefix = 'model'
    def __init__(self, config: Config):
        super().__init__(config)
        self.embed_tokens = nn.Embedding(config.vocab_size, config.hidden_size)
        self.mid = nn.Linear(config.hidden_size, config.hidden_size)
        self.post_init()
    def forward(self, ids):
        return self.mid(self.embed_tokens(ids))

class ForCausalLM(PreTrainedModel):
    base_model_prefix = 'model'
    def __init__(self, config: Config):
        super().__init__(config)
        self.model = Model(config)
        self.lm_head = nn.Linear(config.hidden_size, config.vocab_size, bias=False)
        self.post_init()
${init}
    def forward(self, ids):
        return self.lm_head(self.model(ids))
`;
}

const FIELDS = `    vocab_size: int = 100
    hidden_size: int = 64
    initializer_range: float = 0.02
`;

const rowsOf = (text: string) =>
  analyser.analyse(text).models.map((model) => ({
    name: model.name,
    weights: matricesOf(model).map((row) => `${row.name} ${row.shape} ${row.b}`),
  }));

describe('a model of transformers', () => {
  test('is initialized by its base with one standard deviation, at the end of its constructor', () => {
    expect(rowsOf(languageModel(FIELDS))).toEqual([
      {
        name: 'ForCausalLM',
        weights: [
          'model.embed_tokens.weight hidden_size × vocab_size 0',
          'model.mid.weight hidden_size × hidden_size 0',
          'lm_head.weight vocab_size × hidden_size 0',
        ],
      },
    ]);
  });

  test('is initialized by its own _init_weights where it has one', () => {
    const init = `    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.weight)
`;
    const [model] = rowsOf(languageModel(FIELDS, init));
    expect(model?.weights).toContain('lm_head.weight vocab_size × hidden_size zero');
  });

  test('has one tensor for input and output where its configuration says so', () => {
    const sharedIn = (config: string) =>
      analyser.analyse(languageModel(config)).models[0]?.weights.flatMap(({ aliases }) => aliases);
    expect(sharedIn(`${FIELDS}    tie_word_embeddings: bool = True\n`)).toEqual(['lm_head.weight']);
    expect(sharedIn(`${FIELDS}    tie_word_embeddings: bool = False\n`)).toEqual([]);
    expect(sharedIn(FIELDS)).toEqual([]);
  });

  test('knows a size by the name that its configuration gives it', () => {
    const renamed = `    attribute_map = {'hidden_size': 'n_embd'}
    vocab_size: int = 100
    n_embd: int = 64
    initializer_range: float = 0.02
`;
    expect(rowsOf(languageModel(renamed))[0]?.weights[1]).toBe('model.mid.weight n_embd × n_embd 0');
  });

  test('is the same in a package of its own, where its base is three files away', () => {
    const base = 'class PreTrainedModel:\n    something_long()\n';
    const files = {
      'transformers/__init__.py': '',
      'transformers/modeling_utils.py': base,
      'transformers/models/__init__.py': '',
      'transformers/models/m/__init__.py': '',
      'transformers/models/m/configuration_m.py': `from ...configuration_utils import PreTrainedConfig
class Config(PreTrainedConfig):
${FIELDS}`,
      'transformers/models/m/modeling_m.py': languageModel(FIELDS).replace(
        /from transformers.*?(?=class Model)/s,
        'from ...modeling_utils import PreTrainedModel\nfrom .configuration_m import Config\n\n',
      ),
    };
    const path = 'transformers/models/m/modeling_m.py';
    const { models, imported } = analyser.analyse(files[path], undefined, placeIn(files, path));
    expect(models.map(({ name, weights }) => [name, weights.length])).toEqual([['ForCausalLM', 4]]);
    expect(imported).toEqual(['/w/transformers/models/m/configuration_m.py']);
  });
});
