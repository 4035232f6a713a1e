/** Masks add nothing to what is not masked. */
export const MASKING_UTILS = `
def create_causal_mask(*args, **kwargs):
    return None

create_bidirectional_mask = create_sliding_window_causal_mask = create_causal_mask
create_bidirectional_sliding_window_mask = create_chunked_causal_mask = create_causal_mask
`;

const OUTPUTS = `BaseModelOutput BaseModelOutputWithNoAttention BaseModelOutputWithPooling
BaseModelOutputWithPoolingAndNoAttention BaseModelOutputWithPast BaseModelOutputWithCrossAttentions
BaseModelOutputWithPoolingAndCrossAttentions BaseModelOutputWithPastAndCrossAttentions MoEModelOutput
MoeModelOutputWithPast MoeCausalLMOutputWithPast MoEModelOutputWithPastAndCrossAttentions Seq2SeqModelOutput
CausalLMOutput CausalLMOutputWithPast CausalLMOutputWithCrossAttentions SequenceClassifierOutputWithPast
MaskedLMOutput Seq2SeqLMOutput NextSentencePredictorOutput SequenceClassifierOutput
Seq2SeqSequenceClassifierOutput MultipleChoiceModelOutput TokenClassifierOutput QuestionAnsweringModelOutput
Seq2SeqQuestionAnsweringModelOutput SemanticSegmenterOutput ImageClassifierOutput
ImageClassifierOutputWithNoAttention DepthEstimatorOutput ImageSuperResolutionOutput XVectorOutput BackboneOutput
MaskedImageModelingOutput`.split(/\s+/);

/**
 * What forward passes return: fields by name. The features of each layer, which hooks collect that the forward pass does
 * not show, stand for those of the last.
 */
export const MODELING_OUTPUTS: string = `
import layers

class ModelOutput:
    def __init__(self, last_hidden_state=None, logits=None, loss=None, pooler_output=None, past_key_values=None,
                 cache=None, hidden_states=None, attentions=None, cross_attentions=None, encoder_last_hidden_state=None,
                 **others):
        self.last_hidden_state = last_hidden_state
        self.logits = logits
        self.loss = loss
        self.pooler_output = pooler_output
        self.past_key_values = past_key_values
        self.cache = cache
        self.hidden_states = hidden_states
        if hidden_states is None and last_hidden_state is not None:
            self.hidden_states = [last_hidden_state for _ in layers.all()]
        self.attentions = attentions
        self.cross_attentions = cross_attentions
        self.encoder_last_hidden_state = encoder_last_hidden_state

    def to_tuple(self):
        fields = [self.loss, self.logits, self.last_hidden_state, self.pooler_output, self.past_key_values, self.cache,
                  self.hidden_states, self.attentions, self.cross_attentions, self.encoder_last_hidden_state]
        return tuple(field for field in fields if field is not None)

    def __getitem__(self, key):
        return getattr(self, key) if isinstance(key, str) else self.to_tuple()[key]

    def __getslice__(self, start, stop, step):
        return self.to_tuple()[start:stop:step]

${OUTPUTS.map((name) => `class ${name}(ModelOutput):\n    pass\n`).join('\n')}`;
