/** What the bases of models do to their parts, of `transformers.modeling_utils` and what it is imported with. */
export const MODELING_UTILS = `
from torch import nn
import torch.nn.functional as F
from transformers.pytorch_utils import Conv1D, apply_chunking_to_forward

class PreTrainedModel(nn.Module):
    def __init__(self, config, *inputs, **kwargs):
        super().__init__()
        self.config = config

    def post_init(self):
        self._initialize_parts()
        self.tie_weights()

    def init_weights(self):
        self.post_init()

    def _init_weights(self, module):
        std = self.config.initializer_range
        if isinstance(module, (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose1d, nn.ConvTranspose2d)):
            nn.init.normal_(module.weight, mean=0.0, std=std)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.LSTM):
            for name, parameter in module.named_parameters():
                if 'weight' in name:
                    nn.init.xavier_uniform_(parameter)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, mean=0.0, std=std)

    def get_input_embeddings(self):
        return self.embed_tokens

    def get_output_embeddings(self):
        return self.lm_head

    def _tie_embeddings(self):
        base = getattr(self, self.base_model_prefix)
        self.get_output_embeddings().weight = base.get_input_embeddings().weight

    def _tie_embeddings_where_set(self):
        if self.config.tie_word_embeddings:
            self._tie_embeddings()

    def loss_function(self, logits, labels, vocab_size=None, **kwargs):
        return F.cross_entropy(logits.view(-1, vocab_size), labels.view(-1))

    def warn_if_padding_and_no_attention_mask(self, input_ids, attention_mask):
        pass

class AttentionInterface:
    def __init__(self):
        pass

    def get_interface(self, name, default):
        return default

ALL_ATTENTION_FUNCTIONS = AttentionInterface()

def slice_logits_to_keep(hidden_states, logits_to_keep=0, **kwargs):
    return hidden_states
`;

export const CONFIGURATION_UTILS = `
class PreTrainedConfig:
    pass

PretrainedConfig = PreTrainedConfig
`;

export const GENERATION = `
class GenerationMixin:
    pass
`;

/** Heads on the model that its configuration stands for, by the name that the code gives both. */
export const MODELING_LAYERS = `
from torch import nn

class GradientCheckpointingLayer(nn.Module):
    gradient_checkpointing = False

class GenericForSequenceClassification:
    base_model_prefix = 'model'

    def __init__(self, config):
        super().__init__(config)
        self.num_labels = config.num_labels
        setattr(self, self.base_model_prefix, self._model_of_configuration(config))
        self.score = nn.Linear(config.hidden_size, self.num_labels, bias=False)
        self.post_init()

    def forward(self, input_ids=None, attention_mask=None, position_ids=None, past_key_values=None, inputs_embeds=None):
        base = getattr(self, self.base_model_prefix)
        outputs = base(input_ids, attention_mask=attention_mask, position_ids=position_ids, past_key_values=past_key_values, inputs_embeds=inputs_embeds)
        return self.score(outputs.last_hidden_state)

class GenericForQuestionAnswering:
    base_model_prefix = 'model'

    def __init__(self, config):
        super().__init__(config)
        setattr(self, self.base_model_prefix, self._model_of_configuration(config))
        self.qa_outputs = nn.Linear(config.hidden_size, 2)
        self.post_init()

    def forward(self, input_ids=None, attention_mask=None, position_ids=None, past_key_values=None, inputs_embeds=None):
        base = getattr(self, self.base_model_prefix)
        outputs = base(input_ids, attention_mask=attention_mask, position_ids=position_ids, past_key_values=past_key_values, inputs_embeds=inputs_embeds)
        return self.qa_outputs(outputs.last_hidden_state)

class GenericForTokenClassification:
    base_model_prefix = 'model'

    def __init__(self, config):
        super().__init__(config)
        self.num_labels = config.num_labels
        setattr(self, self.base_model_prefix, self._model_of_configuration(config))
        self.score = nn.Linear(config.hidden_size, config.num_labels)
        self.post_init()

    def forward(self, input_ids=None, attention_mask=None, position_ids=None, past_key_values=None, inputs_embeds=None):
        base = getattr(self, self.base_model_prefix)
        outputs = base(input_ids, attention_mask=attention_mask, position_ids=position_ids, past_key_values=past_key_values, inputs_embeds=inputs_embeds)
        return self.score(outputs.last_hidden_state)
`;

export const PYTORCH_UTILS = `
import torch
from torch import nn

class Conv1D(nn.Module):
    def __init__(self, nf, nx):
        super().__init__()
        self.nf = nf
        self.nx = nx
        self.weight = nn.Parameter(torch.empty(nx, nf))
        self.bias = nn.Parameter(torch.zeros(nf))
        nn.init.normal_(self.weight, std=0.02)

    def forward(self, x):
        return x @ self.weight + self.bias

def apply_chunking_to_forward(forward_fn, chunk_size, chunk_dim, *input_tensors):
    return forward_fn(*input_tensors)
`;

/** Keys and values go through a cache as they are. */
export const CACHE_UTILS = `
class Cache:
    def __init__(self, *args, **kwargs):
        pass

    def update(self, key_states, value_states, layer_idx, *args, **kwargs):
        return key_states, value_states

    def get_seq_length(self, layer_idx=0):
        return 0

class DynamicCache(Cache):
    pass

class StaticCache(Cache):
    pass

class HybridCache(Cache):
    pass

class EncoderDecoderCache(Cache):
    pass
`;

/** The frequencies of rotary embeddings, and a factor that no size of the model changes. */
export const MODELING_ROPE_UTILS = `
import torch

def frequencies(config, device=None, seq_len=None, **kwargs):
    return torch.ones(config.how_many_frequencies), 1.0

ROPE_INIT_FUNCTIONS = {'default': frequencies, 'linear': frequencies, 'dynamic': frequencies,
                       'yarn': frequencies, 'longrope': frequencies, 'llama3': frequencies}
`;
