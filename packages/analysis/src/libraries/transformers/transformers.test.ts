import { describe, expect, test } from 'vitest';
import { analyse, matricesOf } from '../../../test/check-findings.ts';
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

test('a Conv1D is a layer from wherever releases have had it', () => {
  const weights = (from: string) =>
    rowsOf(
      languageModel(FIELDS)
        .replace('from torch import nn', `from torch import nn\nfrom ${from} import Conv1D`)
        .replace(
          'nn.Linear(config.hidden_size, config.hidden_size)',
          'Conv1D(config.hidden_size, config.hidden_size)',
        ),
    ).flatMap((model) => model.weights);
  const moved = weights('transformers.modeling_utils');
  expect(moved).toContain('model.mid.weight hidden_size × hidden_size 0');
  expect(moved).toEqual(weights('transformers.pytorch_utils'));
});

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

  test('may have one where its readout is named and its configuration does not say', () => {
    const ofReadout = (more: string, config: string, isKnown = true) => {
      const text = isKnown
        ? languageModel(config, more)
        : languageModel(config, more)
            .replaceAll('config: Config', 'config')
            .replace('config_class = Config', 'config_class = Elsewhere');
      return analyse(text)
        .findings.filter(({ code }) => code === 'MUP104' || code === 'MUP206')
        .map(({ code, assumptions }) =>
          [code, ...assumptions.filter((one) => one.includes('tied'))].join(' '),
        );
    };
    const named = '    def get_output_embeddings(self):\n        return self.lm_head\n';
    const either = [
      'MUP104 Assumes it is not tied to the embedding, as a condition decides.',
      'MUP206 Assumes they are tied, as a condition decides.',
    ];
    expect(ofReadout('', FIELDS, false)).toEqual(['MUP104']);
    expect(ofReadout(named, FIELDS, false)).toEqual(either);
    expect(ofReadout(named, FIELDS)).toEqual(['MUP104']);
    const constructed = (
      more: string,
    ) => `    def __init__(self, vocab_size=100, hidden_size=64${more}, **others):
        super().__init__(**others)
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.initializer_range = 0.02
`;
    expect(ofReadout(named, constructed(''))).toEqual(either);
    expect(ofReadout(named, constructed(', tie_word_embeddings=True'))).toEqual(['MUP206']);
    expect(ofReadout(named, constructed(', tie_word_embeddings=False'))).toEqual(['MUP104']);
    expect(ofReadout('', constructed(''))).toEqual(['MUP104']);
  });

  test('knows a size by the name that its configuration gives it', () => {
    const renamed = `    attribute_map = {'hidden_size': 'n_embd'}
    vocab_size: int = 100
    n_embd: int = 64
    initializer_range: float = 0.02
`;
    expect(rowsOf(languageModel(renamed))[0]?.weights[1]).toBe('model.mid.weight n_embd × n_embd 0');
  });

  test('shares its input embedding by whatever name its body has it', () => {
    const config = `${FIELDS}    tie_word_embeddings: bool = True\n`;
    const named = languageModel(config)
      .replaceAll('self.embed_tokens', 'self.wte')
      .replace(
        '    def forward(self, ids):\n        return self.mid',
        '    def get_input_embeddings(self):\n        return self.wte\n    def forward(self, ids):\n        return self.mid',
      );
    expect(analyser.analyse(named).models[0]?.weights[0]?.aliases).toEqual(['lm_head.weight']);
  });

  test('has what its code computes for a setting that is None, unless that is computed by its class', () => {
    const inner = (more: string) =>
      languageModel(`${FIELDS}    inner: int | None = None\n${more}`).replace(
        'self.mid = nn.Linear(config.hidden_size, config.hidden_size)',
        'self.mid = nn.Linear(config.hidden_size, config.inner if config.inner is not None else 4 * config.hidden_size)',
      );
    const after = `    def __post_init__(self):
        if self.inner is None:
            self.inner = 2 * self.hidden_size
`;
    expect(rowsOf(inner(''))[0]?.weights[1]).toBe('model.mid.weight 4·hidden_size × hidden_size 0');
    expect(rowsOf(inner(after))[0]?.weights[1]).toBe('model.mid.weight 2·hidden_size × hidden_size 0');
  });

  test('has a size that is None unless it is given where the code uses it as one', () => {
    const [model] = analyser.analyse(
      languageModel(FIELDS.replace('hidden_size: int = 64', 'hidden_size: int = None')),
    ).models;
    expect(model?.widths).toEqual(['hidden_size']);
  });

  test('is made with the activation that its configuration names, which is said', () => {
    const source = languageModel(`${FIELDS}    hidden_act: str = 'gelu'\n`)
      .replace('import PreTrainedModel', 'import ACT2FN, PreTrainedModel')
      .replace('self.post_init()', 'self.act = ACT2FN[config.hidden_act]\n        self.post_init()')
      .replace('return self.mid(', 'return self.act(');
    const [model] = analyser.analyse(source).models;
    expect(model?.assumptions).toContain("Assumes it is made with `hidden_act = 'gelu'`.");
  });

  test('hands on what it gives under its place or its name', () => {
    for (const given of ['[0]', "['last_hidden_state']", '.last_hidden_state']) {
      const source = languageModel(FIELDS)
        .replace(
          'from transformers import',
          'from transformers.modeling_outputs import BaseModelOutput\nfrom transformers import',
        )
        .replace('return self.mid(', 'return BaseModelOutput(last_hidden_state=self.mid(')
        .replace('self.embed_tokens(ids))', 'self.embed_tokens(ids)))')
        .replace('self.model(ids))', `self.model(ids)${given})`);
      expect(analyser.analyse(source).models[0]?.widths, given).toEqual(['hidden_size']);
    }
  });

  test.each([
    'self.model(ids)[:2]',
    '(self.model(ids).hidden_states[-1],)',
    '[h for at, h in enumerate(self.model(ids).hidden_states) if at in self.wanted]',
  ])('gives what is taken apart, and the features of its layers: %s', (given) => {
    const text = languageModel('    pass')
      .replace(
        'from transformers import',
        'from transformers.modeling_outputs import BaseModelOutputWithPooling\nfrom transformers import',
      )
      .replace(
        'return self.mid(self.embed_tokens(ids))',
        'return BaseModelOutputWithPooling(last_hidden_state=self.mid(self.embed_tokens(ids)), pooler_output=None)',
      )
      .replace(
        'return self.lm_head(self.model(ids))',
        `first = ${given}\n        return self.lm_head(first[0])`,
      );
    const model = analyser.analyse(text).models.find(({ name }) => name === 'ForCausalLM');
    expect(matricesOf(model!).map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
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

  test('is the same in a file copied out of the package, whose relative imports lead nowhere', () => {
    const copied = (from: string, more: Readonly<Record<string, string>> = {}) => {
      const path = 'own/models/m/modeling_m.py';
      const text = languageModel(FIELDS)
        .replace(
          'from transformers import PreTrainedModel,',
          `from ${from} import PreTrainedModel\nfrom ...utils import docstring\nfrom transformers import`,
        )
        .replace('    def forward', "    @docstring('what it gives')\n    def forward");
      const files = { [path]: text, ...more };
      const { models } = analyser.analyse(text, undefined, placeIn(files, path));
      return models.flatMap((model) => matricesOf(model).map((row) => `${row.name} ${row.b}`));
    };
    expect(copied('...modeling_utils')).toEqual([
      'model.embed_tokens.weight 0',
      'model.mid.weight 0',
      'lm_head.weight 0',
    ]);
    expect(copied('...own_utils')).toEqual([]);
    expect(copied('..modeling_utils')).toEqual([]);
    const own = { 'own/modeling_utils.py': 'class PreTrainedModel:\n    something()\n' };
    expect(copied('...modeling_utils', own)).toEqual([]);
  });
});

describe('a head of the library', () => {
  const family = `import torch
from torch import nn
from transformers import PreTrainedModel, PretrainedConfig
from transformers.modeling_layers import GenericForTokenClassification
from transformers.modeling_outputs import BaseModelOutput

class Config(PretrainedConfig):
${FIELDS}    num_labels: int = 2

class FamilyPreTrainedModel(PreTrainedModel):
    config_class = Config

class FamilyModel(FamilyPreTrainedModel):
    def __init__(self, config: Config):
        super().__init__(config)
        self.embed_tokens = nn.Embedding(config.vocab_size, config.hidden_size)
        self.mid = nn.Linear(config.hidden_size, config.hidden_size)
        self.post_init()

    def forward(self, input_ids, attention_mask=None, position_ids=None, past_key_values=None, inputs_embeds=None):
        return BaseModelOutput(last_hidden_state=self.mid(self.embed_tokens(input_ids)))

class FamilyForTokenClassification(GenericForTokenClassification, FamilyPreTrainedModel):
    pass
`;

  test('stands on the model of its family', () => {
    const { models } = analyser.analyse(family);
    const head = models.find(({ name }) => name === 'FamilyForTokenClassification');
    expect(head?.verdict?.regime).toBe('unstable');
    expect(matricesOf(head!).map(({ name, role, b }) => `${name} ${role} ${b}`)).toEqual([
      'model.embed_tokens.weight input 0',
      'model.mid.weight hidden 0',
      'score.weight output 0',
    ]);
  });

  test('stands on nothing that is known where the family has no such model', () => {
    const { models } = analyser.analyse(
      family.replace('class FamilyModel(FamilyPreTrainedModel)', 'class FamilyModel(PreTrainedModel)'),
    );
    const head = models.find(({ name }) => name === 'FamilyForTokenClassification');
    expect(head?.verdict ?? null).toBeNull();
  });

  /** Of a configuration by which the layer in the middle has a bias or not. */
  const biased = (preset: string) =>
    family
      .replace('    num_labels', `    mid_bias: bool = ${preset}\n    num_labels`)
      .replace(
        'config.hidden_size)\n        self.post_init',
        'config.hidden_size, bias=config.mid_bias)\n        self.post_init',
      );

  const headOf = (text: string) => {
    const { models } = analyser.analyse(text);
    const head = models.find(({ name }) => name === 'FamilyForTokenClassification')!;
    return { names: head.weights.map(({ name }) => name), assumptions: head.assumptions };
  };

  test.each([
    ['as its base class assigns it', (text: string) => text.replace('config: Config', 'config')],
    [
      'as its base class annotates it',
      (text: string) =>
        text.replace('config: Config', 'config').replace('config_class = Config', 'config: Config'),
    ],
    ['as the model under it takes it', (text: string) => text.replace('config_class = Config', 'pass')],
  ])('is made of the configuration of its family, %s', (_, written) => {
    const left = headOf(written(biased('False')));
    expect(left.names).not.toContain('model.mid.bias');
    expect(left.assumptions).toContain('Assumes it is made with `mid_bias = False`.');
    expect(headOf(written(biased('True'))).names).toContain('model.mid.bias');
  });

  test('is made of the configuration that is declared nearest to it', () => {
    const other = biased('False')
      .replace('class FamilyPre', 'class Wider(Config):\n    mid_bias: bool = True\n\nclass FamilyPre')
      .replace(
        'Classification, FamilyPreTrainedModel):\n    pass',
        'Classification, FamilyPreTrainedModel):\n    config_class = Wider',
      );
    expect(headOf(other).names).toContain('model.mid.bias');
  });

  test('is made of one that is not known where its family declares none', () => {
    const open = biased('False').replace('config_class = Config', 'pass').replace('config: Config', 'config');
    expect(headOf(open).assumptions.join()).not.toContain('mid_bias = False');
  });
});

describe('a configuration of the package, for a model of the code', () => {
  const shapes = (given: string) => {
    const text = `import torch
import transformers
from torch import nn

class Trunk(nn.Module):
    def __init__(self, config):
        super().__init__()
        inner = config.n_inner if config.n_inner is not None else 4 * config.hidden_size
        self.up = nn.Linear(config.n_embd, inner)
        self.down = nn.Linear(inner, config.hidden_size)
    def forward(self, h):
        return h + self.down(self.up(h).relu())

class Policy(nn.Module):
    def __init__(self, observed, hidden, actions, **settings):
        super().__init__()
        self.embed = nn.Linear(observed, hidden)
        self.trunk = Trunk(transformers.GPT2Config(${given}))
        self.act = nn.Linear(hidden, actions)
    def forward(self, x):
        return self.act(self.trunk(self.embed(x)))
`;
    const { models } = analyser.analyse(text);
    return models.flatMap((model) => [model.widths.join(), ...matricesOf(model).map(({ shape }) => shape)]);
  };

  test('has its fields under both names, by its defaults and by what it is given', () => {
    expect(shapes('n_embd=hidden')).toEqual([
      'hidden',
      'hidden × observed',
      '4·hidden × hidden',
      'hidden × 4·hidden',
      'actions × hidden',
    ]);
    expect(shapes('n_embd=hidden, n_inner=2 * hidden')).toContain('2·hidden × hidden');
  });

  test('has no more fields than these where it is given what is not read', () => {
    expect(shapes('n_embd=hidden, **settings')).not.toContain('4·hidden × hidden');
    expect(shapes('**settings')).not.toContain('hidden × hidden');
  });
});

describe('a model that does not call post_init', () => {
  const starts = (source: string) =>
    analyse(source).models.flatMap(({ assumptions }) =>
      assumptions.filter((one) => /called before/.test(one)),
    );
  const plain = languageModel(FIELDS).replaceAll('        self.post_init()\n', '');
  const constant = (source: string) =>
    analyse(source).findings.filter(({ code }) => code === 'MUP101' || code === 'MUP104');

  test('starts as its layers do: nobody calls what its base has to start it', () => {
    expect(starts(plain)).toEqual([]);
    expect(constant(plain).some(({ message }) => message.includes('initializer_range'))).toBe(false);
    expect(constant(languageModel(FIELDS)).some(({ message }) => message.includes('initializer_range'))).toBe(
      true,
    );
  });

  test('starts as its own method says that the base would call', () => {
    const own = `    def _init_weights(self, part):
        if isinstance(part, nn.Linear):
            part.weight.data.normal_(std=0.03)
`;
    const source = plain.replaceAll('    def forward', `${own}    def forward`);
    expect(constant(source).some(({ message }) => message.includes('0.03'))).toBe(true);
  });
});
