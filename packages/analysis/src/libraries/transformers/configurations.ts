/**
 * Configurations of the package that models of other code are made with, by their defaults. What else a call gives is a
 * field, too.
 */
export const CONFIGURATIONS = `
from transformers.configuration_utils import PreTrainedConfig

class GPT2Config(PreTrainedConfig):
    def __init__(self, vocab_size=50257, n_positions=1024, n_embd=768, n_layer=12, n_head=12, n_inner=None, activation_function='gelu_new', resid_pdrop=0.1, embd_pdrop=0.1, attn_pdrop=0.1, layer_norm_epsilon=1e-5, initializer_range=0.02, scale_attn_weights=True, use_cache=True, scale_attn_by_inverse_layer_idx=False, reorder_and_upcast_attn=False, add_cross_attention=False, tie_word_embeddings=True, **others):
        self.vocab_size = vocab_size
        self.n_positions = self.max_position_embeddings = n_positions
        self.n_embd = self.hidden_size = n_embd
        self.n_layer = self.num_hidden_layers = n_layer
        self.n_head = self.num_attention_heads = n_head
        self.n_inner = n_inner
        self.activation_function = activation_function
        self.resid_pdrop = resid_pdrop
        self.embd_pdrop = embd_pdrop
        self.attn_pdrop = attn_pdrop
        self.layer_norm_epsilon = layer_norm_epsilon
        self.initializer_range = initializer_range
        self.scale_attn_weights = scale_attn_weights
        self.use_cache = use_cache
        self.scale_attn_by_inverse_layer_idx = scale_attn_by_inverse_layer_idx
        self.reorder_and_upcast_attn = reorder_and_upcast_attn
        self.add_cross_attention = add_cross_attention
        self.tie_word_embeddings = tie_word_embeddings
        self.output_attentions = self.output_hidden_states = False
        self.use_return_dict = self.return_dict = True
        for name, value in others.items():
            setattr(self, name, value)
`;
